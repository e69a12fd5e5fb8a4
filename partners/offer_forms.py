"""What an offer is made of, and putting a suggested ask off."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from partners.models import NotNow, Offer, Organization
from partners.models.offers import Per, Place
from wbl.accounts.forms import DayInput
from wbl.continuum.types import ExperienceType
from wbl.tenancy.forms import DistrictModelForm


class OfferFields(DistrictModelForm):
    """What an offer is made of, for the workspace and the portal alike."""

    places: Any = Place.choices

    months = forms.TypedMultipleChoiceField(
        label=_("In which months"),
        choices=list(MONTHS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: any time of the year."),
    )

    class Meta:
        model = Offer
        fields: tuple[str, ...] = (
            "type",
            "times",
            "per",
            "seats",
            "months",
            "when",
            "min_age",
            "place",
            "limits",
        )
        help_texts = {
            "when": _("What months can’t say: Tuesdays, in the morning."),
            "limits": _("Closed shoes; no forklifts; within 20 miles."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # a browser would cut a long text without a word; we refuse it with one
            field.widget.attrs.pop("maxlength", None)
        self.fields["type"].choices = [("", _("Choose one")), *ExperienceType.choices]  # type: ignore[attr-defined]
        self.fields["per"].required = False
        self.fields["place"].choices = [("", _("Wherever it suits")), *self.places]  # type: ignore[attr-defined]
        if self.instance.how_often:  # typed before there were fields for it: kept until somebody clears it
            self.fields["how_often"] = forms.CharField(
                label=_("How often, as it was written"), max_length=60, required=False, initial=self.instance.how_often
            )

    def clean_per(self) -> str:
        return self.cleaned_data["per"] or Per.YEAR

    def save(self, commit: bool = True) -> Offer:
        if "how_often" in self.fields:
            self.instance.how_often = self.cleaned_data["how_often"]
        return super().save(commit)


class OfferForm(OfferFields):
    class Meta(OfferFields.Meta):
        fields = (*OfferFields.Meta.fields, "hours", "paused_until")
        help_texts = {
            **OfferFields.Meta.help_texts,
            "paused_until": _("It rests until that day and comes back by itself."),
        }
        widgets = {"paused_until": DayInput()}


class NotNowForm(forms.Form):
    """Not this ask now, but on a day to come."""

    type = forms.ChoiceField(choices=ExperienceType.choices, widget=forms.HiddenInput)
    until = forms.DateField(label="Ask again on", widget=DayInput(), help_text="On that day it comes back by itself.")
    note = forms.CharField(label="Why not now", max_length=200, required=False)

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_until(self) -> dt.date:
        until = self.cleaned_data["until"]
        if until <= self.today:
            raise forms.ValidationError("Choose a day to come.")
        if until > self.today + dt.timedelta(days=3 * 365):
            raise forms.ValidationError("That is more than three years away. Choose a nearer day.")
        return until

    def save(self, organization: Organization, *, by: Any) -> NotNow:
        data = self.cleaned_data
        return NotNow.put_off(organization, type=data["type"], until=data["until"], note=data["note"], by=by)


class TroubleForm(forms.Form):
    """It did not go well: what happened, for those who ask next."""

    note = forms.CharField(
        label="What happened",
        max_length=300,
        help_text="Stands on the timeline. Leave students’ names out.",
    )
