"""What all councils decided in a school year stands on one page, and in a file."""

import csv
import datetime as dt
import io
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from councils.models import Council, Decision, Meeting
from partners.models import Contact
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

HERE = "/cedar/councils/decisions/"


@pytest.fixture
def decided(cedar: District, meeting: Meeting, people: SimpleNamespace) -> Decision:
    """Manufacturing decided this year, Health two years ago; a canceled meeting decided nothing."""
    with district(cedar):
        lou = Contact.objects.get(name="Lou Ferrante")
        made = Decision.objects.create(
            meeting=meeting, text="Pilot a blueprint unit", item=meeting.items.first(), moved_by=lou, votes_for=7,
            votes_against=0, abstained=1,
        )  # fmt: skip
        health = Council.objects.create(name="Health Council", letter="H")
        for days, text in ((-800, "Buy two mannequins"), (9, "Never said")):
            called = health.call_meeting(
                day=cedar.today() + dt.timedelta(days), starts=dt.time(8), ends=dt.time(9), place="", by=people.admin
            )
            Decision.objects.create(meeting=called, text=text)
        called.cancel(reason="Ice")
    return made


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_board_member_reads_this_years_decisions_with_votes_and_people(
    decided: Decision, people: SimpleNamespace, sign_in: Any
) -> None:
    vera = sign_in(people.viewer)
    assert f'href="{HERE}"' in words(vera.get("/cedar/councils/"))
    page = words(vera.get(HERE))
    for said in (
        "Pilot a blueprint unit",
        "Manufacturing Advisory Council",
        "Lou Ferrante",
        "Welcome",
        "Not yet approved",
    ):
        assert said in page
    assert f'href="/cedar/councils/meetings/{decided.meeting_id}/#decisions"' in page
    assert "Buy two mannequins" not in page
    assert "Never said" not in page


def test_other_years_councils_and_words_are_chosen(decided: Decision, people: SimpleNamespace, sign_in: Any) -> None:
    vera = sign_in(people.viewer)
    every = words(vera.get(f"{HERE}?year="))
    assert "Buy two mannequins" in every
    assert "Pilot a blueprint unit" in every
    assert "Never said" not in every
    assert "Pilot a blueprint unit" in words(vera.get(f"{HERE}?q=ferrante"))
    assert 'href="?year="' in words(vera.get(HERE)), "the token of this year takes it off"
    none = words(vera.get(f"{HERE}?q=mannequins"))
    assert "No decision fits" in none
    assert 'href="?year="' in none


def test_the_file_says_what_the_page_says(decided: Decision, people: SimpleNamespace, sign_in: Any) -> None:
    vera = sign_in(people.viewer)
    menu = words(vera.get(f"{HERE}?year=&q=blueprint"))
    assert f'href="{HERE}export.csv?year=&amp;q=blueprint"' in menu
    answer = vera.get(f"{HERE}export.csv")
    lines = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert [line["Decision"] for line in lines] == ["Pilot a blueprint unit"]
    assert (lines[0]["For"], lines[0]["Against"], lines[0]["Abstained"]) == ("7", "0", "1")
    assert (lines[0]["Moved by"], lines[0]["Council"]) == ("Lou Ferrante", "Manufacturing Advisory Council")
    assert vera.get(f"{HERE}export.doc").status_code == 404


def test_more_decisions_cost_no_more_queries(
    cedar: District, decided: Decision, meeting: Meeting, people: SimpleNamespace, sign_in: Any
) -> None:
    vera = sign_in(people.viewer)

    def asked() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert vera.get(HERE).status_code == 200
        return len(seen)

    asked()
    with_one = asked()
    with district(cedar):
        for text in ("Second", "Third"):
            Decision.objects.create(meeting=meeting, text=text, item=meeting.items.last())
    assert asked() == with_one


def test_another_districts_decisions_are_not_there(decided: Decision, people: SimpleNamespace, sign_in: Any) -> None:
    assert "Pilot" not in words(sign_in(people.rival_admin).get("/prairie/councils/decisions/?year="))
