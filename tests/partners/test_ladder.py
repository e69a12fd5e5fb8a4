"""What to ask a partner next: the rule itself, without a database."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from partners.ladder import Ask, Facts, Offered, passed_over, resting, rungs, suggest
from wbl.continuum.types import DEFAULT_LEVEL

TODAY = dt.date(2026, 11, 21)
LEVELS = {type: str(level) for type, level in DEFAULT_LEVEL.items()}


def days_ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def facts(**known: Any) -> Facts:
    return Facts(today=TODAY, level_of=LEVELS, **known)


def asked_for(given: Facts) -> list[str]:
    return [s.type for s in suggest(given)]


def why(given: Facts, type: str) -> str:
    return next(s.why for s in suggest(given) if s.type == type)


def test_who_did_nothing_yet_is_asked_for_a_first_small_step() -> None:
    assert asked_for(facts()) == ["speaker"]
    assert why(facts(), "speaker") == "A first step: it asks little of them."


def test_the_next_ask_is_one_rung_up_never_two() -> None:
    given = facts(done=[("tour", days_ago(200))])
    assert asked_for(given) == ["job_shadow", "tour"] or asked_for(given) == ["tour", "job_shadow"]
    assert "One step up from awareness" in why(given, "job_shadow")
    assert not {"internship", "mock_interview"} & set(asked_for(given))


def test_what_they_offer_themselves_may_skip_a_rung_and_comes_first() -> None:
    given = facts(offers=[Offered("internship", 1)])
    assert asked_for(given)[0] == "internship"
    assert "1 left this school year" in why(given, "internship")


def test_what_is_used_up_this_year_is_not_asked_again() -> None:
    assert "internship" not in asked_for(facts(offers=[Offered("internship", 0)]))


def test_a_pathway_without_a_seat_speaks_for_its_level() -> None:
    plain = facts(done=[("job_shadow", days_ago(90))])
    short = replace(plain, short={"preparation": ["Precision Manufacturing"]})
    assert "Precision Manufacturing has no preparation seat." in why(short, "mock_interview")
    score = {given: s.score for given in (0, 1) for s in suggest((plain, short)[given]) if s.level == "preparation"}
    assert score[1] > score[0]


def test_a_yes_that_is_not_carried_out_yet_is_not_asked_for_again() -> None:
    agreed = facts(offers=[Offered("tour", 2)], asks=[Ask("tour", "yes", days_ago(40))])
    assert "tour" not in asked_for(agreed)
    assert "tour" in asked_for(replace(agreed, done=[("tour", days_ago(20))]))


def test_the_season_they_named_counts() -> None:
    near, far = facts(offers=[Offered("tour", 2, [12, 1])]), facts(offers=[Offered("tour", 2, [5])])
    assert "Its season is near." in why(near, "tour")
    assert "tour" not in asked_for(far) or suggest(far)[0].score < suggest(near)[0].score


def test_a_no_a_later_and_an_open_ask_hold_it_back() -> None:
    for answer in ("no", "later", ""):
        given = facts(asks=[Ask("speaker", answer, days_ago(40))])
        assert "speaker" not in asked_for(given), answer
    assert "speaker" in asked_for(facts(asks=[Ask("speaker", "no", days_ago(400))]))


def test_who_was_asked_lately_waits_and_it_says_by_whom() -> None:
    offers = [Offered("tour", 1)]
    before = suggest(facts(offers=offers, done=[("tour", days_ago(99))]))[0]
    asks = [Ask("career_fair", "yes", days_ago(9), "Ben Oakes")]
    after = suggest(facts(offers=offers, done=[("tour", days_ago(99))], asks=asks))[0]
    assert "Ben Oakes asked them lately: career fair, Nov 12." in after.reasons
    assert after.score < before.score


def test_not_now_lasts_until_its_day() -> None:
    assert asked_for(facts(put_off={"speaker": TODAY + dt.timedelta(1)})) != ["speaker"]
    assert "speaker" in asked_for(facts(put_off={"speaker": TODAY}))


def test_after_a_bad_experience_nothing_is_suggested_and_it_says_why_and_until_when() -> None:
    given = facts(offers=[Offered("tour", 2)], bad=(days_ago(18), "Nobody opened the gate"))
    assert suggest(given) == []
    assert resting(given) == (
        "It did not go well on Nov 3: “Nobody opened the gate”. Nothing is suggested before Feb 1, 2027."
    )
    assert suggest(replace(given, cooldown_days=18))


@pytest.mark.parametrize("rests", ["Their stage is paused."])
def test_a_stage_may_speak_against_asking(rests: str) -> None:
    assert suggest(facts(rests=rests)) == []


def test_the_rungs_tell_what_was_done_and_not_what_is_planned() -> None:
    given = facts(done=[("tour", days_ago(30)), ("tour", days_ago(3)), ("tour", TODAY + dt.timedelta(9))])
    assert rungs(given)[0].did == (("Workplace tour", 2, days_ago(3)),)


@pytest.mark.parametrize(
    "known, said",
    [
        ({"asks": [Ask("job_shadow", "", days_ago(3))]}, "asked for on Nov 18, and not answered yet"),
        ({"asks": [Ask("job_shadow", "yes", days_ago(3))]}, "they said yes: it is to be planned, not asked for again"),
        ({"put_off": {"job_shadow": dt.date(2026, 12, 24)}}, "put off until Dec 24"),
        ({"offers": [Offered("job_shadow", 0)]}, "used up this school year"),
        ({"asks": [Ask("job_shadow", "no", days_ago(60))]}, "They said no on Sep 22"),
    ],
)
def test_what_is_offered_and_not_suggested_says_why(known: dict[str, Any], said: str) -> None:
    given = facts(**{"offers": [Offered("job_shadow", 2)], **known})
    assert passed_over(given) == [("Job shadow", said)]
    assert passed_over(facts(offers=[Offered("job_shadow", 2)])) == []
    assert passed_over(replace(given, rests="Paused.")) == []
