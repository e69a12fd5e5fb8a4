"""Which rows of the two say the same: what only one of them may have, and people who are on both lists."""

from collections.abc import Iterator
from typing import Any

from django.db import models

from partners.merging.references import Reference
from partners.models import Contact, Organization
from partners.names import sort_key

_Keys = tuple[tuple[str, ...], models.Q | None, bool]


def colliding(reference: Reference, ids: list[int], survivor: int) -> Iterator[tuple[Any, Any]]:
    """Pairs (the survivor's row, the loser's) that a unique constraint would not let stand side by side."""
    model: Any = reference.model
    taken: set[int] = set()
    for names, condition, nulls_meet in _unique_keys(model):
        field = next((f for f in model._meta.concrete_fields if f.column == reference.column), None)
        if field is None or field.name not in names or not ids:
            continue
        rest = [model._meta.get_field(n).attname for n in names if n not in (field.name, "district")]
        rows = _all(model)
        if condition is not None:
            rows = rows.filter(condition)
        mine: dict[tuple[Any, ...], Any] = {}
        for row in rows.filter(**{field.attname: survivor}):
            mine.setdefault(tuple(getattr(row, name) for name in rest), row)
        for row in rows.filter(pk__in=[pk for pk in ids if pk not in taken]).order_by("pk"):
            key = tuple(getattr(row, name) for name in rest)
            twin = mine.get(key)
            if twin is not None and twin.pk != row.pk and (nulls_meet or None not in key):
                taken.add(row.pk)
                yield twin, row


def _all(model: Any) -> Any:
    from partners.models import PartnerAccess

    return PartnerAccess.objects.of_district() if model is PartnerAccess else model._default_manager.all()


def _unique_keys(model: type[models.Model]) -> Iterator[_Keys]:
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
            yield tuple(constraint.fields), constraint.condition, constraint.nulls_distinct is False
    for names in model._meta.unique_together:
        yield tuple(names), None, False
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield (field.name,), None, False


def same_people(organization: Organization) -> Iterator[tuple[Contact, Contact]]:
    """Contacts of one organization with one email address or one name, the older first."""
    kept: list[Contact] = []
    for contact in organization.contacts.order_by("pk"):
        twin = next((each for each in kept if _same_person(each, contact)), None)
        if twin is None:
            kept.append(contact)
        else:
            yield twin, contact
            twin.refresh_from_db()


def _same_person(one: Contact, other: Contact) -> bool:
    """One address, or one name with nothing that speaks against it: two Ann Lees with two addresses may be two."""
    if one.email and one.email.casefold() == other.email.casefold():
        return sort_key(one.name) == sort_key(other.name) or not _person_words(one, other)
    return sort_key(one.name) == sort_key(other.name)


def _person_words(one: Contact, other: Contact) -> bool:
    """Two names that share no word: a mailbox such as info@ that two people use."""
    return not set(sort_key(one.name).split()) & set(sort_key(other.name).split())
