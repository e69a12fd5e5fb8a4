"""Taking an import back: what it made goes, what it filled is emptied, what people touched since stays and is listed."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from partners.models import Contact, Import, ImportRow, ImportState, Organization, Site, TimelineEntry
from wbl.tenancy.base import DistrictModel
from wbl.tenancy.record import kind_of
from wbl.tenancy.scope import acting
from wbl.todo.models import Todo

MODELS: dict[str, type[DistrictModel]] = {"organization": Organization, "site": Site, "contact": Contact}
EMPTY: dict[str, Any] = {
    "employees": None,
    "owner_id": None,
    "parent_id": None,
    "referred_by_id": None,
    "referred_by_contact_id": None,
    "tags": [],
    "alumni_year": None,
    "do_not_contact": False,
}


def undo(job: Import, *, by: Any) -> bool:
    """Undo an applied import in one transaction; False when it is not applied (any more).

    `job.kept_on_undo` lists what stays, as `[row number, name, why]`.
    """
    with acting(by.pk if by else None), transaction.atomic():
        locked = Import.objects.select_for_update(of=("self",)).filter(pk=job.pk, state=ImportState.APPLIED).first()
        if locked is None:
            return False
        rows = list(ImportRow.objects.written().filter(job=job).values_list("number", "name", "change"))
        kept = _Undo(job, rows).run()
        TimelineEntry.objects.filter(about_kind=kind_of(Import), about_id=job.pk).delete()
        Import.objects.filter(pk=job.pk).update(
            state=ImportState.UNDONE,
            undone_by=by,
            undone_at=timezone.now(),
            kept_on_undo=kept,
            updated_at=timezone.now(),
        )
    Organization.count_anew()
    job.refresh_from_db()
    return True


@dataclass(frozen=True)
class Foreseen:
    """What `undo` would do now: partners that go, those that stay with their reasons, and those that get values back."""

    goes: int
    stays: list[tuple[int, str, str]]  # row number, name, why
    restored: int


def foresee(job: Import) -> Foreseen:
    """Tell what taking an applied import back would do; nothing is written."""
    rows = list(ImportRow.objects.written().filter(job=job).values_list("number", "name", "change"))
    work = _Undo(job, rows)
    touched = work.stays()["organization"]
    stays = sorted((*work.made["organization"][pk], why) for pk, why in touched.items())
    return Foreseen(len(work.made["organization"]) - len(touched), stays, len(work.refilled()))


class _Undo:
    def __init__(self, job: Import, rows: list[tuple[int, str, dict[str, Any]]]) -> None:
        self.job = job
        self.rows = rows
        self.made: dict[str, dict[int, tuple[int, str]]] = {"organization": {}, "site": {}, "contact": {}}
        for number, name, change in rows:
            if pk := change.get("organization"):
                self.made["organization"][pk] = (number, name)
            for kind, key in (("site", "sites"), ("contact", "contacts")):
                for pk in change.get(key, ()):
                    self.made[kind][pk] = (number, name)
        self.kept: list[tuple[int, str, str]] = []

    def run(self) -> list[tuple[int, str, str]]:
        """Return what stays."""
        touched = self.stays()
        for kind, pks in touched.items():
            self.kept += [(*self.made[kind][pk], why) for pk, why in pks.items()]
        self._empty_fills()
        for kind in ("contact", "site", "organization"):
            self._delete(kind, set(self.made[kind]) - set(touched[kind]))
        return sorted(set(self.kept))

    def stays(self) -> dict[str, dict[int, str]]:
        """Ids of what was made and stays, by kind, each with its reason."""
        touched = {kind: self._touched(kind) for kind in MODELS}
        self._owners_stay(touched)
        return touched

    def refilled(self) -> set[int]:
        """Organizations that were there before and had values filled or replaced."""
        changes = (
            each for _n, _name, change in self.rows for key in ("filled", "replaced") for each in change.get(key, ())
        )
        return {pk for kind, pk, _values in changes if kind == "organization" and pk not in self.made["organization"]}

    def _touched(self, kind: str) -> dict[int, str]:
        """Ids of made rows that somebody changed since, or that something new hangs on, with the reason."""
        model, made = MODELS[kind], list(self.made[kind])
        if not made:
            return {}
        found: dict[int, str] = dict.fromkeys(
            model.objects.filter(pk__in=made, updated_at__gt=self.job.applied_at).values_list("pk", flat=True),
            f"the {kind} was edited since",
        )
        for relation in model._meta.related_objects:
            related = relation.related_model
            if (
                not isinstance(related, type)
                or not issubclass(related, DistrictModel)
                or related in (ImportRow, Import)
            ):
                continue
            name = relation.field.name
            rows = related.objects.filter(**{f"{name}__in": made, "created_at__gt": self.job.applied_at})
            for pk in rows.values_list(f"{name}_id", flat=True):
                found.setdefault(pk, f"it has {related._meta.verbose_name_plural} since")
        about = Todo.objects.filter(about_kind=kind_of(model), about_id__in=made).values_list("about_id", flat=True)
        for pk in about:
            found.setdefault(int(pk or 0), "it has to-dos since")
        return found

    def _owners_stay(self, touched: dict[str, dict[int, str]]) -> None:
        """An organization stays with a touched site or contact; with a touched organization all of it stays."""
        for kind in ("site", "contact"):
            pairs = MODELS[kind].objects.filter(pk__in=list(self.made[kind])).values_list("pk", "organization_id")
            owner = dict(pairs)
            for pk, why in list(touched[kind].items()):
                if owner.get(pk) in self.made["organization"]:
                    touched["organization"].setdefault(owner[pk], why)
            for pk, organization in owner.items():
                if organization in touched["organization"]:
                    touched[kind].setdefault(pk, touched["organization"][organization])

    def _empty_fills(self) -> None:
        """A filled field is emptied again, a replaced one gets back what it held, if it still holds what the import put
        there."""
        wanted: dict[tuple[str, int], tuple[int, str, dict[str, Any]]] = {}
        for number, name, change in self.rows:
            for kind, pk, values in change.get("filled", ()):
                if pk not in self.made[kind]:
                    _, _, all_values = wanted.setdefault((kind, pk), (number, name, {}))
                    all_values.update({field: (EMPTY.get(field, ""), value) for field, value in values.items()})
            for kind, pk, values in change.get("replaced", ()):
                _, _, all_values = wanted.setdefault((kind, pk), (number, name, {}))
                all_values.update(values)
        by_kind: dict[str, dict[int, tuple[int, str, dict[str, Any]]]] = defaultdict(dict)
        for (kind, pk), entry in wanted.items():
            by_kind[kind][pk] = entry
        for kind, entries in by_kind.items():
            for record in MODELS[kind].objects.filter(pk__in=list(entries)):
                self._empty(record, *entries[record.pk])

    def _empty(self, record: models.Model, number: int, name: str, values: dict[str, Any]) -> None:
        changed = []
        for field, (before, value) in values.items():
            if field == "domain":
                continue
            if getattr(record, field) == value:
                setattr(record, field, before)
                changed.append(field.removesuffix("_id"))
            else:
                self.kept.append((number, name, f"{field.removesuffix('_id').replace('_', ' ')} was edited since"))
        if changed:
            record.save(update_fields=changed)

    def _delete(self, kind: str, pks: Iterable[int]) -> None:
        gone = list(pks)
        if not gone:
            return
        if kind == "organization":
            TimelineEntry.objects.filter(organization__in=gone)._raw_delete("default")
        _let_go(MODELS[kind], gone)
        MODELS[kind].objects.filter(pk__in=gone)._raw_delete("default")


def _let_go(model: type[DistrictModel], gone: list[int]) -> None:
    """What points at rows that go without being a reason to keep them: emptied or, like a pair of duplicates, gone too."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or not issubclass(relation.related_model, DistrictModel):
            continue
        name, rows = relation.field.name, relation.related_model.objects
        pointing = rows.filter(**{f"{name}__in": gone})
        if relation.on_delete is models.SET_NULL:
            pointing.update(**{name: None})
        elif relation.on_delete is models.CASCADE and relation.hidden:
            pointing._raw_delete("default")
