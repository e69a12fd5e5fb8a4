"""What is done to many partners at once."""

from typing import Any

from django import forms
from django.http import QueryDict

from partners.forms import members
from partners.listing import PartnerList
from partners.models import BulkChange, Organization
from partners.models.stages import stage_choices

MOST_AT_ONCE = 10_000
NOBODY = "nobody"  # as the owner of many at once: the empty choice is no choice


class BulkForm(forms.Form):
    """Ticked partners, or all that fit the state of the list (`query`), and what to do with them."""

    do = forms.ChoiceField(choices=[c for c in BulkChange.Field.choices if c[0] != BulkChange.Field.HANDOVER])
    rows = forms.ModelMultipleChoiceField(queryset=Organization.objects.present(), required=False)
    everything = forms.BooleanField(required=False)
    query = forms.CharField(max_length=4_000, required=False)
    stage = forms.ChoiceField(choices=stage_choices, required=False)
    owner = forms.ChoiceField(required=False)
    tag = forms.CharField(max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(user.pk), str(user)) for user in members()]
        self.fields["owner"].choices = [(NOBODY, "Nobody"), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        do = data.get("do", "")
        if data.get("everything"):
            matching = PartnerList(QueryDict(data.get("query", ""))).select(Organization.objects.present())
            data["rows"] = list(matching[: MOST_AT_ONCE + 1])
        if not data.get("rows"):
            raise forms.ValidationError("tick at least one partner")
        if len(data["rows"]) > MOST_AT_ONCE:
            raise forms.ValidationError(f"more than {MOST_AT_ONCE:,} partners match; use a filter")
        if do in ("tag", "untag") and not data.get("tag"):
            raise forms.ValidationError("write a tag")
        if do == "stage" and not data.get("stage"):
            raise forms.ValidationError("choose a stage")
        if do == "owner" and not data.get("owner"):
            raise forms.ValidationError("choose an owner")
        return data

    def save(self, *, by: Any) -> BulkChange:
        """Do it."""
        data = self.cleaned_data
        owner = None if data["owner"] in ("", NOBODY) else members().get(pk=data["owner"])
        value = {"untag": data["tag"], "archive": "", "owner": owner}.get(data["do"], data.get(data["do"]))
        return BulkChange.apply(field=data["do"], value=value, organizations=data["rows"], by=by)

    @property
    def why_not(self) -> str:
        """What is wrong, after “Nothing was changed: ”."""
        texts = [str(text) for texts in self.errors.values() for text in texts]
        return (texts[0] if texts else "").rstrip(".") or "choose what to do"
