"""All that one colleague looks after, or the ticked partners alone, goes to another in one step that can be undone."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from partners.models import BulkChange, Enrolment, Organization
from wbl.mail.models import Message
from wbl.tenancy.record import kind_of
from wbl.todo.models import Todo

WORDS = {
    "partners": ("partner", "partners"),
    "todos": ("open to-do", "open to-dos"),
    "sequences": ("partner in a sequence", "partners in sequences"),
    "mails": ("mail to come", "mails to come"),
}


def held_by(user: Any) -> dict[str, models.QuerySet]:
    """What would go along: partners, open to-dos and follow-ups, running sequences, and mails whose answers they get."""
    return {kind: rows.filter(owner=user) for kind, rows in _all().items()}


def held_of(partners: Collection[int]) -> dict[str, models.QuerySet]:
    """The same of these partners (ids) alone, whoever looks after each; what is nobody's goes along too."""
    about = Q(about_kind=kind_of(Organization), about_id__in=partners)
    where = {
        "partners": Q(pk__in=partners),
        "todos": about,
        "sequences": Q(organization__in=partners),
        "mails": about,
    }
    return {kind: rows.filter(where[kind]) for kind, rows in _all().items()}


def _all() -> dict[str, models.QuerySet]:
    return {
        "partners": Organization.objects.all(),
        "todos": Todo.objects.open(),
        "sequences": Enrolment.objects.filter(ended_at=None),
        "mails": Message.objects.waiting(),
    }


def counted(held: dict[str, models.QuerySet]) -> dict[str, int]:
    """How many of each, as it is said before and after."""
    return {kind: rows.count() for kind, rows in held.items()}


@transaction.atomic
def hand_over(held: dict[str, models.QuerySet], *, to: Any, by: Any) -> BulkChange:
    """Give it all to a colleague; the change remembers whose every record was, so that undo finds them."""
    was = {}
    for kind, rows in held.items():
        owners = dict(rows.exclude(owner=to).values_list("pk", "owner"))
        rows.model._default_manager.filter(pk__in=owners).update(owner=to, updated_at=timezone.now())
        was[kind] = {str(pk): owner for pk, owner in owners.items()}
    return BulkChange.objects.create(field=BulkChange.Field.HANDOVER, value=str(to.pk), before=was, by=by)


@transaction.atomic
def take_back(change: BulkChange) -> int:
    """Whatever the colleague still has of it goes back to whose it was; how many partners."""
    done = 0
    for kind, rows in held_by(int(change.value)).items():
        for owner, ids in _whose(change.before, kind).items():
            back = rows.filter(pk__in=ids).update(owner=owner, updated_at=timezone.now())
            done += back if kind == "partners" else 0
    change.undone_at = timezone.now()
    change.save(update_fields=["undone_at", "updated_at"])
    return done


def _whose(before: dict[str, Any], kind: str) -> dict[int | None, list[int]]:
    """Ids by whose they were. A change of older days holds one giver and lists of ids."""
    if "giver" in before:
        return {before["giver"]: before[kind]}
    found: dict[int | None, list[int]] = defaultdict(list)
    for pk, owner in before[kind].items():
        found[owner].append(int(pk))
    return found
