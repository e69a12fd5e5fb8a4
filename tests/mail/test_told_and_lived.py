"""What the simulation tells is what happens; nights of the clock change too."""

import datetime as dt
import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partners.models import Contact, Organization
from wbl.mail import deliver, planner
from wbl.mail.models import Message, OptOut, Rule, Suppression
from wbl.mail.tasks import plan_if_stale
from wbl.tenancy.models import District, NonSchoolDay
from wbl.tenancy.scope import district
from wbl.todo.models import Todo

pytestmark = pytest.mark.django_db
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


def told(days: int = 14) -> list[dict[str, str]]:
    out = StringIO()
    call_command("simulate_mail", "--district", "cedar", "--days", str(days), "--json", stdout=out)
    return json.loads(out.getvalue())


def beat(clock, until: dt.datetime, step: dt.timedelta) -> Iterator[dt.datetime]:
    """Time goes by; at each step what a worker does is done."""
    now = dt.datetime.now(dt.UTC)
    while now < until:
        now += step
        clock.move_to(now)
        plan_if_stale()
        deliver.deliver()
        yield now


@pytest.fixture
def many(rule, follow_up, acme, people) -> None:
    """Twenty follow-ups over three weeks, with everybody whom mail does not reach among them."""
    NonSchoolDay.objects.create(name="Fall break", first_day=dt.date(2026, 10, 15), last_day=dt.date(2026, 10, 16))
    kinds = [
        {},
        {"prefers": "phone"},
        {"email": ""},
        {"do_not_contact": True},
        {"left_on": dt.date(2026, 10, 1)},
    ]
    for n in range(20):
        partner = Organization.objects.create(name=f"Partner {n:02}", owner=people.coordinator)
        facts = {"email": f"p{n}@partner.example", **kinds[n % 5]} if n % 3 == 0 else {"email": f"p{n}@partner.example"}
        person = Contact.objects.create(organization=partner, name=f"Person {n:02}", **facts)
        follow_up(dt.date(2026, 10, 3) + dt.timedelta(n), about=partner, person=person)
    OptOut.stop(email="P5@partner.example", category="reminders")
    Suppression.add(email="p4@partner.example", detail="550 no such user")
    archived = Todo.objects.get(about_label="Partner 07").about
    archived.archive()


def test_fourteen_days_told_are_fourteen_days_lived(many, clock, smtp):
    before = told()
    assert not Message.objects.exists()
    for _now in beat(clock, dt.datetime.now(dt.UTC) + dt.timedelta(14), 4 * HOUR):
        pass
    lived = [
        {
            "recipient": m.to_email or m.to_name,
            "due": m.due_at.isoformat(),
            "decision": "send" if m.state == "sent" else m.state,
            "reason": m.reason.removesuffix(" The follow-up stays on Marisol’s list."),
        }
        for m in Message.objects.exclude(state="planned").order_by("due_at", "to_name")
    ]
    shown = [{key: line[key] for key in ("recipient", "due", "decision", "reason")} for line in before]
    assert [
        {**line, "due": dt.datetime.fromisoformat(line["due"]).astimezone(dt.UTC).isoformat()} for line in shown
    ] == [{**line, "due": dt.datetime.fromisoformat(line["due"]).astimezone(dt.UTC).isoformat()} for line in lived]
    decisions = {line["decision"] for line in shown}
    assert decisions == {"send", "withheld"} and len(shown) >= 12
    reasons = {line["reason"] for line in shown}
    for words in ("Opted out of reminders", "The address bounced", "No email address", "prefers the phone"):
        assert any(words in reason for reason in reasons), (words, reasons)
    assert len(smtp.messages) == sum(line["decision"] == "send" for line in shown)


def test_simulating_an_unknown_district_says_so():
    with pytest.raises(CommandError, match="There is no district “nowhere”"):
        call_command("simulate_mail", "--district", "nowhere")


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc"),
    [
        ("America/Chicago", dt.date(2026, 11, 1), dt.time(1, 30), "06:30"),  # the hour that comes twice: its first time
        ("America/Chicago", dt.date(2027, 3, 14), dt.time(2, 30), "08:30"),  # the hour that never comes: one later
        ("America/Phoenix", dt.date(2026, 11, 1), dt.time(1, 30), "08:30"),
        ("America/Phoenix", dt.date(2027, 3, 14), dt.time(2, 30), "09:30"),
    ],
)
def test_minute_by_minute_through_the_night_of_a_clock_change_a_mail_goes_out_once_at_its_local_time(
    clock, cedar, people, acme, smtp, zone, day, hour, utc
):
    District.objects.filter(pk=cedar.pk).update(time_zone=zone)
    there = District.objects.get(pk=cedar.pk)
    begin = there.at(day - dt.timedelta(1), dt.time(23, 0)).astimezone(dt.UTC)
    clock.move_to(begin)
    with district(there):
        rule = Rule.of("partners.follow_up_due")
        rule.hour, rule.quiet_hours, rule.school_days = hour, False, False
        rule.switch_on(by=people.coordinator)
        Todo.open(title="Follow up", due=day, owner=people.coordinator, about=acme)
        planner.plan()
        due = Message.objects.get().due_at
        assert due.astimezone(dt.UTC).strftime("%H:%M") == utc
        times = []
        clock.move_to(due.astimezone(dt.UTC) - 20 * MINUTE)
        for now in beat(clock, due.astimezone(dt.UTC) + HOUR + 10 * MINUTE, MINUTE):  # past the hour's second time
            if len(smtp.messages) > len(times):
                times.append(now)
        message = Message.objects.get()
    assert len(times) == 1
    assert dt.timedelta(0) <= times[0] - due < MINUTE
    assert message.state == "sent"
