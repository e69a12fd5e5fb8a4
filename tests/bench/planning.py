"""Beat's tick over 1,000 districts with 100 mails each: when nothing is due, and when all of it is.

`python3 manage.py bench planning`. A tick asks once which districts have something due, sends a task for each, and each
district with a rule that was not looked at lately compares what its rules want with its ledger.
"""

import datetime as dt
import sys
from unittest import mock

from django.utils import timezone

from partners.models import Contact, Organization
from tests.bench.kit import Bars, most_memory, took
from wbl.accounts.models import User
from wbl.mail import tasks
from wbl.mail.models import Message, Rule
from wbl.mail.people import recipient_of
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

DISTRICTS, MAILS = int(sys.argv[1]) if len(sys.argv) > 1 else 1000, 100


def prepare() -> list[District]:
    owner, _ = User.objects.get_or_create(email="bench@bench.example", defaults={"name": "Bench Owner"})
    made = District.objects.bulk_create(
        District(
            name=f"Bench {n}", slug=f"bench{n}", state="OR", time_zone="America/Los_Angeles", postal_address="1 Way"
        )
        for n in range(DISTRICTS)
    )
    for one in made:
        with district(one):
            fill(owner)
    return made


def fill(owner: User) -> None:
    rule = Rule.from_trigger(Rule.of("partners.follow_up_due").trigger)
    rule.active_since = rule.planned_at = timezone.now()
    rule.save()
    partner = Organization.objects.create(name="Bench Partner", owner=owner)
    person = Contact.objects.create(organization=partner, name="Person", email="p@bench.example")
    to, rows = recipient_of(person), []
    for n in range(MAILS):
        message = Message.addressed(to, partner, owner)
        message.rule_key, message.step, message.by_hand, message.state = "partners.letter", str(n), True, "planned"
        message.subject, message.source, message.category = f"Letter {n}", "Hello", "requests"
        message.due_at = message.next_try_at = timezone.now() + dt.timedelta(1)
        rows.append(message)
    Message.objects.bulk_create(rows)


def all_due(made: list[District]) -> None:
    for one in made:
        with district(one):
            Message.objects.update(next_try_at=timezone.now())
            Rule.objects.update(planned_at=None)


def plan_all(made: list[District]) -> int:
    """As the workers do it, one district after the other; nothing is sent."""
    planned = 0
    tasks.sweep()
    for one in made:
        with district(one):
            planned += tasks.plan_if_stale()
    return planned


def main() -> None:
    made = prepare()
    idle = took(tasks.sweep, times=5)
    all_due(made)
    with mock.patch.object(tasks.deliver, "apply_async", side_effect=tasks.deliver.apply_async) as sent:
        busy = took(lambda: plan_all(made))
    assert busy.result == len(made)
    bars = Bars(f"Planning: {DISTRICTS * MAILS:,} mails in {DISTRICTS:,} districts")
    bars.at_most("a tick when nothing is due", idle.wall, 2, " s")
    bars.at_most("a tick when all is due, planned one after the other", busy.wall, 60, " s")
    bars.at_most("memory of the process that planned", most_memory(), 200, " MB")
    bars.note("its processor time", f"{busy.cpu:.1f} s")
    bars.note("tasks that it sent", str(sent.call_count))
    bars.finish()


main()
