"""Rules of a district's own: repeats, only to some, several over one date; the ready ones."""

import datetime as dt

import pytest

from partners.models import Contact, Offer, Organization
from wbl.mail import deliver, planner
from wbl.mail.models import Message, Rule
from wbl.mail.rule_forms import read_when
from wbl.mail.triggers import all_triggers

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiet(clock, in_cedar, acme, people):
    """The rule "no contact for long", on since October 5; Acme was last spoken to on August 10."""
    Organization.objects.update(stage="active")
    acme.record(kind="call", summary="Spoke", by=people.coordinator, at=dt.datetime(2026, 8, 10, 15, tzinfo=dt.UTC))
    rule = Rule.of("partners.no_contact")
    rule.offsets, rule.repeat_days, rule.repeat_most = [60], 5, 3
    rule.switch_on(by=people.coordinator)
    return rule


def days() -> list[str]:
    rows = Message.objects.filter(state="planned").order_by("due_at")
    return [f"{m.step}: {m.due_at:%b %d}" for m in rows]


@pytest.mark.parametrize(
    ("said", "offsets", "every", "most"),
    [
        ("7 days before", [-7], None, None),
        ("2 days after, then every 5 days, at most 3 times", [2], 5, 3),
        ("on the day, 1 day before, then every week, at most twice", [-1, 0], 7, 2),
    ],
)
def test_days_are_said_in_words(in_cedar, said, offsets, every, most):
    when = read_when(said)
    assert (when.offsets, when.every, when.most) == (offsets, every, most)
    rule = Rule(offsets=offsets, repeat_days=every, repeat_most=most)
    assert read_when(rule.when()) == when


@pytest.mark.parametrize(
    "said", ["then every 5 days", "on the day, at most 3 times", "soon", "on the day, then every day, at most 90"]
)
def test_days_that_make_no_sense_are_refused(said):
    from django.core.exceptions import ValidationError

    with pytest.raises(ValidationError):
        read_when(said)


def test_it_repeats_until_somebody_is_in_touch_and_its_own_mails_do_not_count(quiet, acme, people, smtp, clock):
    planner.plan(until=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))
    assert days() == ["60: Oct 09", "65: Oct 14", "70: Oct 19", "75: Oct 26"]
    clock.move_to(dt.datetime(2026, 10, 9, 14, tzinfo=dt.UTC))
    assert deliver.deliver().sent == 1
    planner.plan(until=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))
    assert len(days()) == 3, "the mail itself is no contact"
    acme.record(kind="call", summary="They are well", by=people.coordinator)
    planner.plan(until=dt.datetime(2026, 11, 30, tzinfo=dt.UTC))
    assert days() == []
    assert {m.reason for m in Message.objects.filter(state="cancelled")} == {"Somebody was in touch on Oct 9."}


def test_of_several_older_days_of_one_date_only_the_last_is_offered(quiet, acme, people, clock):
    quiet.offsets = [10, 30]
    quiet.repeat_days = quiet.repeat_most = None
    quiet.save()
    [line] = planner.older(quiet)
    assert line.message.step == "30"
    assert planner.add_older(quiet, [acme.pk], by=people.coordinator) == 1


def test_a_rule_may_write_only_to_some_and_who_leaves_them_is_canceled(quiet, acme):
    quiet.audience = {"stage": ["active"], "tag": ["machining"]}
    quiet.save()
    assert planner.simulate(14) == []
    Organization.objects.filter(pk=acme.pk).update(tags=["machining"])
    planner.plan()
    assert len(days()) == 3
    Organization.objects.filter(pk=acme.pk).update(tags=[])
    planner.plan()
    assert days() == []
    assert "writes only to some (Stages: Active; Tags: machining)" in Message.objects.first().reason


def test_a_second_rule_over_the_same_date_has_days_and_people_of_its_own(sign_in, people, quiet, acme):
    marisol = sign_in(people.coordinator)
    marisol.post("/cedar/mail/rules/partners.no_contact/another/")
    made = Rule.objects.exclude(pk=quiet.pk).get()
    assert not made.is_on
    form = {"name": "Late champions", "template_key": "partners.no_contact", "when": "62 days after", "hour": "09:00"}
    assert marisol.post(f"/cedar/mail/rules/{made.key}/", {**form, "to_stage": ["active"]}).status_code == 302
    marisol.post(f"/cedar/mail/rules/{made.key}/activation/")
    planner.plan()
    assert {(m.rule.name, m.step) for m in Message.objects.filter(rule=made.pk)} == {("Late champions", "62")}
    page = marisol.post(f"/cedar/mail/rules/{made.key}/removal/", follow=True).content.decode()
    assert "It stays" in page and Rule.objects.filter(pk=made.pk).exists()


def test_changing_the_days_plans_anew(sign_in, people, quiet, acme):
    planner.plan()
    form = {"template_key": "partners.no_contact", "when": "64 days after", "hour": "08:00"}
    sign_in(people.coordinator).post("/cedar/mail/rules/partners.no_contact/", form)
    planner.plan()
    assert days() == ["64: Oct 13"]


def test_prospects_and_renewals_have_their_dates(clock, in_cedar, acme, people):
    Offer.objects.create(organization=acme, type="internship")
    Offer.objects.update(updated_at=dt.datetime(2025, 10, 20, 15, tzinfo=dt.UTC))
    Organization.objects.update(stage="champion", created_at=dt.datetime(2026, 9, 25, 15, tzinfo=dt.UTC))
    [line] = planner.simulate(14, rule=Rule.of("partners.annual_renewal"))
    assert (line.message.reference_date, line.to.email) == (dt.date(2026, 10, 20), "ray@acme.example")
    Organization.objects.update(stage="prospect")
    [line] = planner.simulate(14, rule=Rule.of("partners.prospect_untouched"))
    assert line.message.reference_date == dt.date(2026, 9, 25), "nobody was ever in touch: the day it was added"
    Contact.objects.update(do_not_contact=True)
    [line] = planner.simulate(14, rule=Rule.of("partners.prospect_untouched"))
    assert line.decision == "withheld"


def test_a_partner_who_said_no_is_asked_again_on_the_day_that_was_set(clock, in_cedar, acme, people):
    acme.move_to(stage="declined", by=people.coordinator, reason="No time", revisit_on=dt.date(2026, 10, 12))
    Rule.of("partners.revisit_on").switch_on(by=people.coordinator)
    planner.plan()
    assert days() == ["0: Oct 12"]
    acme.move_to(stage="meeting", by=people.coordinator)
    planner.plan()
    assert days() == [] and Message.objects.get().state == "cancelled"


def test_every_ready_rule_simulates_and_is_off(clock, in_cedar, acme):
    for trigger in [t for t in all_triggers() if t.is_listed]:
        rule = Rule.of(trigger.key)
        assert not rule.is_on and rule.pk is None
        planner.simulate(14, rule=rule)
    assert not Message.objects.exists()


def test_an_event_is_thanked_for_the_day_after_unless_it_was_called_off(clock, in_cedar, acme, people):
    from placements.models import Event

    event = Event.objects.create(organization=acme, type="tour", day=dt.date(2026, 10, 7), begins=dt.time(9))
    rule = Rule.of("placements.thank_you")
    rule.switch_on(by=people.coordinator)
    planner.plan()
    assert days() == ["1: Oct 08"]
    event.cancel(reason="Ice", by=people.coordinator)
    planner.plan()
    assert (days(), Message.objects.get().reason) == ([], "It was called off on Oct 5.")
