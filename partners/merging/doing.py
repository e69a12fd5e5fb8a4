"""Two records become one, in one transaction; every step is written down so that it can be taken back."""

from collections import Counter
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from partners.merging.comparing import compare, merged_values
from partners.merging.references import Reference, pointing_at
from partners.merging.sameness import colliding, same_people
from partners.merging.stops import keep_mail_stopped, move_mail
from partners.merging.wording import shown
from partners.models import Contact, DuplicatePair, Merge, Organization, TimelineEntry
from wbl.tenancy import rows
from wbl.tenancy.record import kind_of, noun
from wbl.tenancy.scope import acting

MAX_DEPTH = 6


def merge(*, survivor: Any, loser: Any, take: Any = (), by: Any) -> Merge:
    """Put `loser` into `survivor` (two organizations, or two contacts) and return the record of it.

    Fields named in `take` come from the loser where both have something; gaps are filled, tags and notes joined, "do not
    contact" of either counts. Everything that points at the loser points at the survivor afterwards; where both had what
    only one may have (a seat on the same council), the survivor's stays, filled from the other, and it is listed.
    Raises ValidationError when one of them is gone or archived meanwhile, or they are the same.
    """
    with acting(by.pk if by else None), transaction.atomic():
        mine, theirs = _locked(survivor, loser)
        return _Merging(by).run(mine, theirs, frozenset(take))


def _locked(survivor: Any, loser: Any) -> tuple[Any, Any]:
    model, pks = type(survivor), (survivor.pk, loser.pk)
    if type(loser) is not model or pks[0] == pks[1]:
        raise ValidationError("Choose two different records of one kind.")
    found = {row.pk: row for row in model._default_manager.select_for_update().filter(pk__in=pks).order_by("pk")}
    for record in (survivor, loser):
        if record.pk not in found:
            other = (
                Merge.objects.standing().filter(kind=kind_of(model), loser_id=record.pk).select_related("by").first()
            )
            done = f"was merged into {other.survivor_name} by {other.by or 'somebody'}" if other else "is gone"
            raise ValidationError(f"{record} {done} a moment ago. Nothing was changed.")
    if any(getattr(row, "archived_at", None) for row in found.values()):
        raise ValidationError("One of the two is archived. Bring it back first, then merge.")
    return found[pks[0]], found[pks[1]]


class _Merging:
    """Does the steps and notes them: `steps` for the way back, `told` for people."""

    def __init__(self, by: Any) -> None:
        self.by = by
        self.steps: list[dict[str, Any]] = []
        self.came: Counter[type[models.Model]] = Counter()
        self.gave_way: list[str] = []
        self.people: list[tuple[int, int, bool]] = []  # survivor, loser, was either not to be contacted

    def run(self, survivor: Any, loser: Any, take: frozenset[str]) -> Merge:
        done = Merge(
            kind=kind_of(survivor),
            survivor_id=survivor.pk,
            survivor_name=str(survivor)[:200],
            loser_id=loser.pk,
            loser_name=str(loser)[:200],
            loser_key=getattr(loser, "name_key", ""),
            plan={},
            by=self.by,
        )
        self._differences(survivor, loser, take)
        self.fold(survivor, loser, take)
        if isinstance(survivor, Organization):
            for mine, theirs in same_people(survivor):
                self.gave_way.append(f"Contact {theirs.name}: the same person as {mine.name}")
                self.fold(mine, theirs, frozenset())
        done.plan = {"steps": self.steps, "people": self.people}
        done.told = {
            "came": sorted((noun(model, count), count) for model, count in self.came.items()),
            "gave_way": self.gave_way,
        }
        done.save()
        DuplicatePair.count_anew()
        Organization.count_anew()
        self._tell(done, survivor)
        return done

    def _differences(self, survivor: Any, loser: Any, take: frozenset[str]) -> None:
        for each in compare(survivor, loser):
            if each.is_choice:
                lost = each.mine if each.name in take else each.theirs
                self.gave_way.append(f"{each.label}: {shown(each.field, lost)}")

    # --- one record into another ------------------------------------------------------------------------

    def fold(self, survivor: Any, loser: Any, take: frozenset[str], depth: int = 0) -> None:
        """Move what points at the loser, fill the survivor, put the loser away."""
        model = type(survivor)
        if depth > MAX_DEPTH:
            raise ValidationError("The records of the two are too entangled to be merged.")
        if model is Contact:
            self.people.append((survivor.pk, loser.pk, survivor.do_not_contact or loser.do_not_contact))
            self.steps += keep_mail_stopped(survivor, loser)
        if isinstance(survivor, Organization):
            self._drop_pairs(loser)
            self._leave_the_loop(survivor, loser)
        for reference, ids in pointing_at(model, loser.pk).items():
            self._move(reference, ids, survivor, loser, depth)
        if model is Contact:
            self.steps += move_mail(survivor, loser)
        self._fill(survivor, loser, take)
        self._put_away(model, loser.pk)

    def _move(self, reference: Reference, ids: list[int], survivor: Any, loser: Any, depth: int) -> None:
        if reference.model is type(survivor) and survivor.pk in ids:  # the survivor's parent was the loser
            ids = [pk for pk in ids if pk != survivor.pk]
            self._note_change(reference.model, survivor.pk, {reference.column: None})
            setattr(survivor, reference.column, None)
        for mine, theirs in colliding(reference, ids, survivor.pk):
            label = noun(type(theirs))
            self.gave_way.append(f"{label.capitalize()}: both had “{theirs}”")
            self.fold(mine, theirs, frozenset(), depth + 1)
            ids = [pk for pk in ids if pk != theirs.pk]
        moved = rows.repoint(reference.model, reference.column, ids, old=loser.pk, new=survivor.pk)
        if moved:
            self.steps.append(
                {
                    "do": "move",
                    "model": kind_of(reference.model),
                    "column": reference.column,
                    "ids": moved,
                    "old": loser.pk,
                    "new": survivor.pk,
                }
            )
            if depth == 0:
                self.came[reference.model] += len(moved)

    def _leave_the_loop(self, survivor: Organization, loser: Any) -> None:
        """Who belongs to the loser, however far up, would belong to itself afterwards: it belongs to nobody."""
        above, seen = survivor.parent_id, set()
        while above and above not in seen:
            if above == loser.pk:
                self._note_change(Organization, survivor.pk, {"parent_id": None})
                survivor.parent_id = None
                return
            seen.add(above)
            above = Organization.objects.filter(pk=above).values_list("parent_id", flat=True).first()

    def _fill(self, survivor: Any, loser: Any, take: frozenset[str]) -> None:
        values = merged_values(survivor, loser, take) if hasattr(survivor, "sort_name") else _gaps(survivor, loser)
        if isinstance(survivor, Organization):
            last = [at for at in (survivor.last_contact_at, loser.last_contact_at) if at]
            if last and max(last) != survivor.last_contact_at:
                values["last_contact_at"] = max(last)
            if "stage" in values:
                values["stage_since"] = loser.stage_since
        if isinstance(survivor, Contact):
            if survivor.left_on and not loser.left_on:
                values["left_on"] = None
            values |= _addresses(survivor, loser, values)
        for name, value in values.items():
            setattr(survivor, name, value)
        values |= _derived(survivor)
        columns = {f.attname: f.column for f in survivor._meta.concrete_fields}
        self._note_change(type(survivor), survivor.pk, {columns[name]: value for name, value in values.items()})

    def _note_change(self, model: type[models.Model], pk: int, values: dict[str, Any]) -> None:
        """Write columns and note before and after, both as the database holds them."""
        (before,) = rows.read(model, [pk])
        plain = {column: _plain(model, column, value) for column, value in values.items()}
        rows.write(model, pk, plain)
        (after,) = rows.read(model, [pk])
        changed = {c: [before[c], after[c]] for c in plain if before[c] != after[c]}
        if changed:
            self.steps.append({"do": "change", "model": kind_of(model), "id": pk, "columns": changed})

    def _put_away(self, model: type[models.Model], pk: int) -> None:
        (row,) = rows.read(model, [pk])
        rows.delete(model, pk)
        self.steps.append({"do": "put away", "model": kind_of(model), "row": row})

    def _drop_pairs(self, loser: Organization) -> None:
        pairs = DuplicatePair.objects.filter(Q(one=loser) | Q(other=loser)).values_list("pk", flat=True)
        for pk in pairs:
            self._put_away(DuplicatePair, pk)

    def _tell(self, done: Merge, survivor: Any) -> None:
        """A line in the timeline; it goes when the merge is undone."""
        organization = survivor if isinstance(survivor, Organization) else survivor.organization
        came = ", ".join(f"{count} {what}" for what, count in done.told["came"])
        entry = TimelineEntry.objects.create(
            organization=organization,
            contact=survivor if isinstance(survivor, Contact) else None,
            kind="note",
            at=timezone.now(),
            summary=f"{done.loser_name} was merged into {done.survivor_name}"[:300],
            body=f"It brought {came}." if came else "",
            by=self.by,
            about_kind=kind_of(done),
            about_id=done.pk,
        )
        done.plan = {**done.plan, "entry": entry.pk}
        done.save(update_fields=["plan"])


def _plain(model: type[models.Model], column: str, value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value if value is None or isinstance(value, (str, int, float, bool, list, dict)) else str(value)


def _gaps(survivor: Any, loser: Any) -> dict[str, Any]:
    """What a child lacks and its twin has; keys and states stay."""
    return {
        f.attname: getattr(loser, f.attname)
        for f in survivor._meta.concrete_fields
        if not f.primary_key
        and f.name not in ("district", "created_at", "updated_at")
        and getattr(survivor, f.attname) in (None, "", [], {})
        and getattr(loser, f.attname) not in (None, "", [], {})
        and not f.name.endswith(("_on", "_at", "_by"))
    }


def _addresses(survivor: Contact, loser: Contact, values: dict[str, Any]) -> dict[str, Any]:
    """The address that is not kept as the first stays among the others: a reply from it is still theirs."""
    first = values.get("email", survivor.email)
    others = [part.strip() for c in (survivor, loser) for part in c.other_emails.replace(";", ",").split(",")]
    known = dict.fromkeys(a for a in [*others, survivor.email, loser.email] if a and a.casefold() != first.casefold())
    joined = ", ".join({a.casefold(): a for a in known}.values())
    return {"other_emails": joined} if joined != survivor.other_emails and len(joined) <= 500 else {}


def _derived(survivor: Any) -> dict[str, Any]:
    if not isinstance(survivor, Organization):
        return {}
    before = (survivor.sort_name, survivor.name_key, survivor.domain)
    survivor.fill_derived()
    names = ("sort_name", "name_key", "domain")
    return {n: getattr(survivor, n) for n, old in zip(names, before, strict=True) if getattr(survivor, n) != old}
