"""Forms of single rows of an import: what a doubtful one is, and other texts for its cells."""

from typing import Any

from django import forms
from django.utils import timezone

from partners.fields import OrganizationField
from partners.importing.fields import LABEL, LEFT
from partners.importing.rechecking import recheck
from partners.models import Decision, Import, ImportRow
from partners.models.importing import OUTCOME_OF

LONG = 60


class DecisionForm(forms.Form):
    """Which partner a doubtful row is; a row that is like none needs the partner's name to be put to it."""

    decision = forms.ChoiceField(choices=[("", "Decide again"), *Decision.choices], required=False)
    partner = OrganizationField(required=False)
    candidate = forms.IntegerField(required=False)  # one of several that the row is like

    def __init__(self, data: Any, *, row: ImportRow) -> None:
        super().__init__(data)
        self.row = row

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needs_partner = cleaned.get("decision") == Decision.UPDATE and not self.row.organization_id
        if needs_partner and not cleaned.get("partner") and "partner" not in self.errors:
            self.add_error("partner", "Write which partner this person belongs to.")
        return cleaned

    def clean_candidate(self) -> int | None:
        chosen: int | None = self.cleaned_data["candidate"]
        if chosen not in (None, self.row.organization_id, *(pk for pk, _why in self.row.others)):
            raise forms.ValidationError("That partner is not among those the row looks like: choose one of them.")
        return chosen

    def save(self) -> None:
        """Settle the row and others of its name, and look at them again."""
        partner = self.cleaned_data.get("partner")
        chosen = partner.pk if partner else self.cleaned_data["candidate"]
        if self.row.decide(decision=self.cleaned_data["decision"], partner=chosen):
            self.row.refresh_from_db()
            recheck(self.row)


class ManyForm(forms.Form):
    """One decision for all rows that wait for it: look-alikes are updated or kept beside, further addresses replace."""

    decision = forms.ChoiceField(choices=[c for c in Decision.choices if c[0] != Decision.SKIP])

    def save(self, job: Import) -> int:
        """Decide, and plan all rows anew; how many were decided."""
        decision = self.cleaned_data["decision"]
        rows = ImportRow.objects.filter(job=job)
        chosen = rows.of_moved() if decision == Decision.MOVED else rows.look_alikes()
        return ImportRow.objects.filter(pk__in=list(chosen.values_list("pk", flat=True))).update(
            decision=decision, outcome=OUTCOME_OF[decision], updated_at=timezone.now()
        )


class RowForm(forms.Form):
    """The cells of a row that go to a field, as they are now."""

    def __init__(self, data: Any = None, *, row: ImportRow) -> None:
        super().__init__(data)
        self.row = row
        cells = row.current
        self.places = [at for at, target in enumerate(row.job.targets) if target not in (LEFT, LABEL)]
        for at in self.places:
            value = cells[at] if at < len(cells) else ""
            long = len(value) > LONG or "\n" in value
            self.fields[f"cell_{at}"] = forms.CharField(
                label=row.job.headers[at],
                initial=value,
                required=False,
                max_length=32_767,
                widget=forms.Textarea(attrs={"rows": 3}) if long else forms.TextInput(),
            )

    def save(self) -> None:
        """Keep what differs from the file beside the row, and look at the row again; the file stays as it is."""
        given = {at: self.cleaned_data[f"cell_{at}"].replace("\r\n", "\n") for at in self.places}
        cells = self.row.cells
        self.row.corrections = {
            str(at): value for at, value in given.items() if value != (cells[at] if at < len(cells) else "")
        }
        self.row.save(update_fields=["corrections"])
        recheck(self.row)


class CorrectionForm(forms.Form):
    """Another text for the cell that made a row an error."""

    value = forms.CharField(max_length=500, strip=True)

    def save(self, row: ImportRow) -> None:
        """Keep the text beside the row, and look at the row again."""
        column = row.left[0][0]
        row.corrections = {**row.corrections, str(column): self.cleaned_data["value"]}
        row.save(update_fields=["corrections"])
        recheck(row)
