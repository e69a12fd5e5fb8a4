"""Changes of one record and its children in words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.text import capfirst

from wbl.tenancy.models import Change
from wbl.tenancy.record import kind_of, noun, tenant_model
from wbl.web.dates import moment_in_words, plain_day, time_in_words
from wbl.web.numbers import phone_text

SHOWN, LONG = 60, 240
UNTOLD = frozenset("id district_id created_at updated_at sort_name name_key domain last_contact_at acts_on".split())
"""Columns that follow from others."""
_OPS = {"insert": "added", "update": "changed", "delete": "removed"}


@dataclass(frozen=True)
class Value:
    """One column, before and after in words. `stands`: the record still has what this change gave it."""

    label: str
    before: str
    after: str
    column: str = ""
    stands: bool = False


@dataclass
class Line:
    """One change: who did what to which record, when."""

    change: Change
    who: str
    thing: str
    name: str
    op: str
    values: list[Value] = field(default_factory=list)
    is_gone: bool = False  # a child that was removed and is not there now
    told: str = ""  # in a sentence instead of its values, with where it leads
    href: str = ""


@dataclass(frozen=True)
class Joined:
    """Another record became part of this one: which (`model`, `pk`), what it was called, and a sentence with its page."""

    at: dt.datetime
    who: str
    model: type[models.Model]
    pk: int
    name: str
    told: str
    href: str


class History:
    """The newest changes of a record and of its children, which are named by their reverse relations."""

    def __init__(
        self, record: models.Model, children: Iterable[str], *, before: int = 0, joined: Iterable[Joined] = ()
    ) -> None:
        self.record, self.joined, self._later = record, list(joined), bool(before)
        self.relations = [record._meta.get_field(name) for name in children]
        found = Change.objects.filter(self._about()).order_by("-id")
        self._changes = list((found.filter(pk__lt=before) if before else found)[: SHOWN + 1])

    @property
    def earlier(self) -> int:
        """From which change on to read further; 0 when these are all."""
        return self._changes[SHOWN - 1].pk if len(self._changes) > SHOWN else 0

    def _about(self) -> Q:
        about = Q(kind=kind_of(self.record), record_id=self.record.pk)
        for relation in self.relations:
            model: Any = relation.related_model
            there = model._default_manager.filter(**{relation.field.name: self.record}).values_list("pk", flat=True)  # type: ignore[union-attr]
            about |= Q(kind=kind_of(model), record_id__in=list(there))
            about |= Q(kind=kind_of(model), op="delete", **{f"before__{relation.field.attname}": self.record.pk})  # type: ignore[union-attr]
        return about

    def lines(self) -> list[Line]:
        """Each change in words; those in which people would see nothing are left out."""
        changes = self._changes[:SHOWN]
        rows = self._rows(changes)
        names = _Names(changes, {(each.model, each.pk): each.name for each in self.joined})
        made = [
            Line(Change(at=each.at), each.who, "", "", "", told=each.told, href=each.href)
            for each in self._joined_here()
        ]
        for change in changes:
            model = tenant_model(change.kind)
            row = rows.get((change.kind, change.record_id))
            line = Line(
                change=change,
                who=names.user(change.user_id),
                thing=noun(model),
                name=""
                if row is not None and row.pk == self.record.pk and change.kind == kind_of(self.record)
                else _name(row, change),
                op=_OPS[change.op],
                values=_values(model, change, row, names),
                is_gone=change.op == "delete" and row is None and not getattr(model, "history_omits", ()),
            )
            if line.values or change.op != "update":
                made.append(line)
        return sorted(made, key=lambda line: line.change.at, reverse=True)

    def _joined_here(self) -> list[Joined]:
        """Those that fall between the first change of this page and the first of the next."""
        newest = self._changes[0].at if self._later and self._changes else None
        oldest = self._changes[SHOWN].at if self.earlier else None
        return [j for j in self.joined if (not newest or j.at <= newest) and (not oldest or j.at > oldest)]

    @staticmethod
    def _rows(changes: list[Change]) -> dict[tuple[str, int], Any]:
        """The records as they are now: one query a kind."""
        ids: dict[str, set[int]] = defaultdict(set)
        for change in changes:
            ids[change.kind].add(change.record_id)
        return {
            (kind, pk): row
            for kind, wanted in ids.items()
            for pk, row in tenant_model(kind)._default_manager.in_bulk(list(wanted)).items()
        }


def _name(row: Any, change: Change) -> str:
    """What the record is called now, or was called when it was removed."""
    if row is not None:
        return str(row)
    kept = change.before or {}
    return next((str(kept[key]) for key in ("name", "title", "street", "text") if kept.get(key)), "")


class _Names:
    """Names of everybody and everything that the changes point at: one query a table."""

    def __init__(self, changes: list[Change], gone: dict[tuple[Any, int], str]) -> None:
        self._gone = gone
        wanted: dict[Any, set[Any]] = defaultdict(set)
        users = get_user_model()
        wanted[users] |= {c.user_id for c in changes if c.user_id}
        for change in changes:
            columns = _columns(tenant_model(change.kind))
            for half in (change.before, change.after):
                for column, value in (half or {}).items():
                    target = columns[column].related_model if column in columns else None
                    if target is not None and value is not None:
                        wanted[target].add(value)
        self._found = {model: model._default_manager.in_bulk(list(ids)) for model, ids in wanted.items()}
        self._users = self._found[users]

    def user(self, pk: int | None) -> str:
        if pk is None:
            return "The system"
        return str(self._users.get(pk, "Somebody who is gone"))

    def of(self, model: Any, pk: Any) -> str:
        found = self._found.get(model, {}).get(pk)
        return str(found) if found is not None else self._gone.get((model, pk), "one that is gone")

    def is_gone(self, model: Any, pk: Any) -> bool:
        return model is not None and pk is not None and pk not in self._found.get(model, {})


def _columns(model: type[models.Model]) -> dict[str, Any]:
    return {f.column: f for f in model._meta.concrete_fields}


def _values(model: type[models.Model], change: Change, row: Any, names: _Names) -> list[Value]:
    if change.op != "update":
        return []
    before, after = change.before or {}, change.after or {}
    columns = _columns(model)
    return [
        Value(
            label=capfirst(str(columns[column].verbose_name)),
            before=in_words(columns[column], before[column], names),
            after=in_words(columns[column], after.get(column), names),
            column=_restorable(columns[column], before[column], names),
            stands=row is not None and same(columns[column], row, after.get(column)),
        )
        for column in before
        if column in columns and column not in UNTOLD and not column.endswith("_since")
    ]


def _restorable(field_: Any, before: Any, names: _Names) -> str:
    """The column, unless what it named is gone: nothing could be set back to it."""
    return field_.column if field_.editable and not names.is_gone(field_.related_model, before) else ""


def same(field_: Any, row: Any, kept: Any) -> bool:
    """Does the record hold what the history kept?"""
    now = getattr(row, field_.attname)
    if field_.is_relation or now is None or kept is None:
        return bool(now == kept)
    return bool(field_.to_python(kept) == now)


def in_words(field_: Any, value: Any, names: _Names) -> str:
    """A kept value as people know it: labels of choices, names, local dates and times, yes and no."""
    if value in (None, "", []):
        return "–"
    if field_.related_model is not None:
        return names.of(field_.related_model, value)
    if field_.choices or hasattr(
        field_.model, f"get_{field_.name}_display"
    ):  # a district's own words, such as its stages
        return str(getattr(field_.model(**{field_.attname: value}), f"get_{field_.name}_display")())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return _moment(field_, phone_text(value) if isinstance(value, str) else str(value))


def _moment(field_: Any, text: str) -> str:
    if isinstance(field_, models.DateTimeField) and (at := parse_datetime(text)):
        return moment_in_words(at.replace(tzinfo=dt.UTC) if at.tzinfo is None else at)
    if isinstance(field_, models.DateField) and (on := parse_date(text)):
        return plain_day(on)
    if isinstance(field_, models.TimeField) and (hour := parse_time(text)):
        return time_in_words(hour)
    return text if len(text) <= LONG else f"{text[:LONG]}…"
