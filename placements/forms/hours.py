"""Entering and approving hours."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from placements.forms.fields import DayInput, TimeInput
from placements.models import HoursEntry, Placement
from placements.models.hours import DAY, day_total, hours_in_words
from wbl.tenancy.forms import DistrictModelForm
from wbl.tenancy.scope import current_district


class HoursForm(DistrictModelForm):
    """One day's hours: typed, or worked out of from and to."""

    class Meta:
        model = HoursEntry
        fields = ("date", "hours", "begins", "ends", "note")
        widgets = {
            "date": DayInput(),
            "begins": TimeInput(),
            "ends": TimeInput(),
            "hours": forms.NumberInput(attrs={"step": "0.25", "min": "0.25", "max": "24"}),
        }

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement = self.instance.placement = placement
        self.fields["hours"].required = False

    def clean_date(self) -> dt.date:
        day = self.cleaned_data["date"]
        if day > current_district().today():
            raise ValidationError("That day has not come yet.")
        if day < self.placement.starts:
            raise ValidationError(
                f"The placement starts only on {self.placement.starts:%b} {self.placement.starts.day}."
            )
        if self.placement.ended_on and day > self.placement.ended_on:
            raise ValidationError("That is after the last day of the placement.")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors and (why := self.placement.hours_not_yet):
            raise ValidationError(why)
        if "hours" not in self.errors and data.get("hours") is None:
            data["hours"] = self._worked_out(data.get("begins"), data.get("ends"))
        if data.get("hours") is not None and data["hours"] <= 0:
            self.add_error("hours", "Write more than 0 hours.")
        elif data.get("hours") and data.get("date"):
            total = data["hours"] + day_total(self.placement, data["date"])
            if total > DAY:
                self.add_error(
                    "hours", f"A day has 24 hours; with these the student would have {hours_in_words(total)}."
                )
        return data

    def _worked_out(self, begins: dt.time | None, ends: dt.time | None) -> Decimal | None:
        if begins is None or ends is None:
            self.add_error("hours", "Write the hours, or from when to when.")
            return None
        minutes = (ends.hour * 60 + ends.minute) - (begins.hour * 60 + begins.minute)
        if minutes <= 0:
            self.add_error("ends", "It ends before it begins.")
            return None
        return (Decimal(minutes) / 60).quantize(Decimal("0.01"))


class EntriesForm(forms.Form):
    """Which entries are meant: those that stood on the page, so that nothing unseen is approved."""

    entries = forms.ModelMultipleChoiceField(HoursEntry.objects.none())

    def __init__(self, *args: Any, entries: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entries"].queryset = entries  # type: ignore[attr-defined]
