"""A merge is taken back: what was moved goes home, what was put away returns, what people did since stays and is listed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.text import capfirst

from partners.models import Contact, DuplicatePair, Merge, Organization, PartnerAccess, TimelineEntry
from wbl.tenancy import rows
from wbl.tenancy.record import kind_of, noun, tenant_model
from wbl.tenancy.scope import acting


def undo(done: Merge, *, by: Any) -> list[str]:
    """Take a merge back in one transaction; returns what stays as it is now, in words.

    Raises ValidationError when it is undone already, older than thirty days, or when one of the two went into a third.
    """
    with acting(by.pk if by else None), transaction.atomic():
        locked = Merge.objects.select_for_update().get(pk=done.pk)
        _check(locked)
        kept = _Undoing(locked).run()
        locked.undone_at, locked.undone_by, locked.kept = timezone.now(), by, kept
        locked.save(update_fields=["undone_at", "undone_by", "kept", "updated_at"])
    DuplicatePair.count_anew()
    Organization.count_anew()
    done.refresh_from_db()
    return kept


def _check(done: Merge) -> None:
    if done.undone_at:
        raise ValidationError("This merge has been undone already.")
    if not done.is_undoable:
        raise ValidationError("A merge can be undone for thirty days; these are over.")
    mine = _touched(done)
    for later in Merge.objects.standing().filter(pk__gt=done.pk):
        if mine & _touched(later):
            raise ValidationError(
                f"{later}: that merge came later and builds on this. Undo that merge first, then this one."
            )


def _touched(done: Merge) -> set[tuple[str, int]]:
    """Every row that a merge moved, filled or put away, and the two themselves."""
    found = {(done.kind, done.survivor_id), (done.kind, done.loser_id)}
    for step in done.plan["steps"]:
        ids = step["ids"] if step["do"] == "move" else [step["id"] if "id" in step else step["row"]["id"]]
        found |= {(step["model"], pk) for pk in ids}
    return found


class _Undoing:
    def __init__(self, done: Merge) -> None:
        self.done = done
        self.kept: list[str] = []

    def run(self) -> list[str]:
        people = self.done.plan.get("people", [])
        open_before = {pk for pk, _, _ in people} - {pk for pk, _, was in people if was}
        marked = Contact.objects.filter(pk__in=open_before, do_not_contact=True).values_list("pk", flat=True)
        self.marked = [loser for survivor, loser, _ in people if survivor in set(marked)]
        TimelineEntry.objects.filter(pk=self.done.plan.get("entry")).delete()
        for step in reversed(self.done.plan["steps"]):
            {"move": self._move, "put away": self._bring_back, "change": self._change, "make": self._unmake}[
                step["do"]
            ](step)
        self._said_since()
        return list(dict.fromkeys(self.kept))

    def _move(self, step: dict[str, Any]) -> None:
        model = _model(step["model"])
        back = rows.repoint(model, step["column"], step["ids"], old=step["new"], new=step["old"])
        for pk in sorted(set(step["ids"]) - set(back)):
            if model._default_manager.filter(pk=pk).exists() if model is not PartnerAccess else False:
                self.kept.append(f"{capfirst(noun(model))} {pk} has been moved since, and stays.")

    def _bring_back(self, step: dict[str, Any]) -> None:
        model, row = _model(step["model"]), step["row"]
        try:
            with transaction.atomic():
                rows.insert(model, row)
        except IntegrityError:
            self.kept.append(f"A {noun(model)} could not come back: something has taken its place since.")

    def _change(self, step: dict[str, Any]) -> None:
        model = _model(step["model"])
        found = rows.read(model, [step["id"]])
        if not found:
            return
        still = {c: old for c, (old, new) in step["columns"].items() if found[0].get(c) == new}
        if step.get("whole") and len(still) < len(step["columns"]):
            still = {}
        rows.write(model, step["id"], still)
        for column in step["columns"].keys() - still.keys():
            field = next(f for f in model._meta.concrete_fields if f.column == column)
            if field.editable:
                self.kept.append(f"{capfirst(str(field.verbose_name))} was changed since, and stays.")

    def _unmake(self, step: dict[str, Any]) -> None:
        """A row that the merge made goes, unless somebody has written to it since."""
        model, row = _model(step["model"]), step["row"]
        found = rows.read(model, [row["id"]])
        if found and {k: v for k, v in found[0].items() if k != "updated_at"} == {
            k: v for k, v in row.items() if k != "updated_at"
        }:
            rows.delete(model, row["id"])
        elif found:
            self.kept.append("An opt-out made since stays.")

    def _said_since(self) -> None:
        """Who was marked "do not contact" since the merge: neither of the two is written to."""
        for contact in Contact.objects.filter(pk__in=self.marked, do_not_contact=False):
            contact.do_not_contact = True
            contact.save(update_fields=["do_not_contact"])
            self.kept.append(f"{contact} was marked “do not contact” since: it counts for both.")


def _model(kind: str) -> type[models.Model]:
    return PartnerAccess if kind == kind_of(PartnerAccess) else tenant_model(kind)
