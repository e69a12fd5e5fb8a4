"""All that one colleague looks after goes to another, in one step that can be undone."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from partners.models import BulkChange, Enrolment, Organization
from wbl.mail.models import Message
from wbl.todo.models import Todo

WORDS = {
    "partners": "partner",
    "todos": "open to-do",
    "sequences": "partner in a sequence",
    "mails": "mail to come",
}


def held_by(user: Any) -> dict[str, Any]:
    """What would go along: partners, open to-dos and follow-ups, running sequences, and mails whose answers they get."""
    return {
        "partners": Organization.objects.filter(owner=user),
        "todos": Todo.objects.open().owned_by(user),
        "sequences": Enrolment.objects.filter(owner=user, ended_at=None),
        "mails": Message.objects.waiting().filter(owner=user),
    }


@transaction.atomic
def hand_over(*, giver: Any, to: Any, by: Any) -> BulkChange:
    """Give it all to a colleague; the change remembers every record, so that undo finds them."""
    held = {kind: list(rows.values_list("pk", flat=True)) for kind, rows in held_by(giver).items()}
    for kind, rows in held_by(giver).items():
        rows.model.objects.filter(pk__in=held[kind]).update(owner=to, updated_at=timezone.now())
    return BulkChange.objects.create(
        field=BulkChange.Field.HANDOVER, value=str(to.pk), before={"giver": giver.pk, **held}, by=by
    )


@transaction.atomic
def take_back(change: BulkChange) -> int:
    """Whatever the colleague still has of it goes back; how many partners."""
    done = 0
    for kind, rows in held_by(int(change.value)).items():
        there = rows.model.objects.filter(pk__in=change.before[kind], owner=int(change.value))
        moved = there.update(owner=change.before["giver"], updated_at=timezone.now())
        done += moved if kind == "partners" else 0
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at", "updated_at"])
    return done
