"""What points at a record: every foreign key, every pair of kind and id, every plain id, found in the models themselves.

So a table that is added later is moved by a merge without anybody thinking of it; tests/partners/test_merge_references.py
fails for a column that looks like a reference and is none of these.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models

from partners.models import Contact, DuplicatePair, Merge, Organization, PartnerAccess
from wbl.tenancy.base import DistrictModel
from wbl.tenancy.models import Change
from wbl.tenancy.record import kind_of
from wbl.tenancy.scope import current_district_id

NEVER_MOVED: frozenset[type[models.Model]] = frozenset({Change, Merge, DuplicatePair})
"""The history tells what was; merges keep their own ids; pairs of look-alikes go with the partner they were about."""
PLAIN_IDS = {"organization_id": Organization, "contact_id": Contact}
"""Columns that hold an id without a key, as `PartnerAccess` does outside the walls."""


@dataclass(frozen=True)
class Reference:
    """A column of `model` that names a record; `kind_column` where the column beside it says of which kind."""

    model: type[models.Model]
    column: str
    kind_column: str = ""

    @property
    def table(self) -> str:
        return self.model._meta.db_table

    def where(self, target: type[models.Model]) -> tuple[str, list[Any]]:
        """SQL for "of the open district and, if a kind stands beside it, of this kind"."""
        sql, values = "district_id = %s", [current_district_id()]
        if self.kind_column:
            return f"{sql} and {self.kind_column} = %s", [*values, kind_of(target)]
        return sql, values


@cache
def references_to(target: type[models.Model]) -> tuple[Reference, ...]:
    """Every reference to rows of `target`, in a fixed order."""
    found = [*_foreign_keys(target), *_kinds_and_ids(), *_plain_ids(target)]
    return tuple(sorted(found, key=lambda ref: (ref.table, ref.column)))


def _foreign_keys(target: type[models.Model]) -> Iterator[Reference]:
    for relation in target._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel) or not relation.field.concrete:
            continue
        model = relation.related_model
        if isinstance(model, type) and issubclass(model, DistrictModel) and model not in NEVER_MOVED:
            yield Reference(model, relation.field.column)


def _kinds_and_ids() -> Iterator[Reference]:
    for model in apps.get_models(include_auto_created=True):
        if not issubclass(model, DistrictModel) or model in NEVER_MOVED:
            continue
        columns = {str(f.column) for f in model._meta.concrete_fields}
        for column in columns:
            if column.endswith("_kind") and (beside := column.removesuffix("_kind") + "_id") in columns:
                yield Reference(model, beside, column)


def _plain_ids(target: type[models.Model]) -> Iterator[Reference]:
    named = [column for column, model in PLAIN_IDS.items() if model is target]
    for model in apps.get_models(include_auto_created=True):
        if model is not PartnerAccess and (not issubclass(model, DistrictModel) or model in NEVER_MOVED):
            continue
        for field in model._meta.concrete_fields:
            if field.column in named and not field.is_relation:
                yield Reference(model, field.column)


def pointing_at(target: type[models.Model], pk: int) -> dict[Reference, list[int]]:
    """The ids of all rows that name this record, by reference: one query for all tables."""
    return _found(target, references_to(target), pk)


def _found(target: type[models.Model], references: Iterable[Reference], pk: int) -> dict[Reference, list[int]]:
    references = list(references)
    parts, values = [], []
    for number, reference in enumerate(references):
        where, given = reference.where(target)
        parts.append(f"select {number}, id from {reference.table} where {where} and {reference.column} = %s")
        values += [*given, pk]
    found: dict[Reference, list[int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(parts) + " order by 1, 2", values)
        for number, row in cursor.fetchall():
            found.setdefault(references[number], []).append(row)
    return found
