"""Making, changing, ticking off and ending a placement."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.dateparse import parse_date

from partners.asks import PlanningAsk
from partners.fields import OrganizationField
from partners.models import Contact, Organization
from placements.forms.fields import DayInput, StudentField
from placements.labor_rules import ORDERS
from placements.models import STEPS, Placement
from wbl.tenancy.forms import DistrictModelForm
from wbl.tenancy.scope import current_district
from wbl.web.dates import plain_day

HAZARDS = [(o.key, f"{o.key}: {o.title}") for o in ORDERS.values()]


class WhoForm(forms.Form):
    """First: which student, with which partner. The rest depends on them."""

    student = StudentField(label="Student", help_text="Begin to type a name.")
    partner = OrganizationField(label="Partner", help_text="Begin to type a name.")

    def __init__(self, *args: Any, membership: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["student"].membership = membership  # type: ignore[attr-defined]


class PlacementForm(PlanningAsk, DistrictModelForm):
    """What is agreed about a placement whose student and partner are known."""

    hazards = forms.MultipleChoiceField(
        label="Hazardous work they may meet",
        choices=HAZARDS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="The 17 federal orders, 29 CFR 570 subpart E.",
    )

    class Meta:
        model = Placement
        fields = (
            "type",
            "job_title",
            "site",
            "supervisor",
            "starts",
            "ends",
            "schedule",
            "hours_goal",
            "paid",
            "wage",
            "hazards",
            "student_learner",
            "work_experience_program",
        )
        widgets = {"starts": DayInput(), "ends": DayInput()}
        help_texts = {"schedule": "As people say it: Mon, Tue, Thu, 1:00 to 4:30 pm."}

    def __init__(self, *args: Any, asking: Any = None, **kwargs: Any) -> None:
        """`asking` is who plans a new placement: that asks the partner (partners/asks.py)."""
        super().__init__(*args, **kwargs)
        partner, self.asking = self.instance.organization, asking
        if asking:
            self.add_ask_fields()
        self.fields["site"].queryset = partner.sites.all()  # type: ignore[attr-defined]
        self.fields["supervisor"].queryset = partner.contacts.current() | Contact.objects.filter(  # type: ignore[attr-defined]
            pk=self.instance.supervisor_id
        )
        self.fields["site"].empty_label = "Not settled"  # type: ignore[attr-defined]
        self.fields["supervisor"].empty_label = "Not settled"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("wage") and not data.get("paid"):
            self.add_error("wage", "A wage is written, but the placement is not paid.")
        if self.asking and data.get("type"):
            self.guard_planning(type=data["type"])
        return data

    def asked_partner(self) -> Organization:
        return self.instance.organization

    @transaction.atomic
    def save(self, commit: bool = True) -> Placement:
        placement = super().save(commit)
        if self.asking:
            what = f"{placement.get_type_display()} planned: a student of {placement.school}"
            self.record_ask(
                type=placement.type,
                kind="placement",
                summary=what,
                about=placement,
                contact=placement.supervisor,
                school=placement.school,
            )
        return placement


class StepForm(forms.Form):
    step = forms.ChoiceField(choices=[(s.value, s.label) for s in STEPS[:6]])
    note = forms.CharField(max_length=200, required=False)
    back = forms.ChoiceField(choices=[("board", "board"), ("page", "page")], required=False)


class UnstepForm(forms.Form):
    step = forms.ChoiceField(choices=[(s.value, s.label) for s in STEPS[:6]])


class EndForm(forms.Form):
    """How it ended. A reason is asked only of what ended early."""

    how = forms.ChoiceField(
        label="How did it end?",
        choices=[("completed", "Completed, as planned"), ("early", "Ended early")],
        widget=forms.RadioSelect,
    )
    last_day = forms.ChoiceField(label="Last day", required=False, widget=forms.RadioSelect)
    on = forms.DateField(
        label="Or another day", required=False, widget=DayInput(), help_text="When filled, it counts instead."
    )
    reason = forms.CharField(
        label="Reason",
        max_length=300,
        required=False,
        help_text="Stands in the partner’s timeline: leave the student’s name out.",
    )

    def __init__(self, *args: Any, placement: Placement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement = placement
        choices = self._presets(current_district().today())
        self.fields["last_day"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("last_day", choices[-1][0])
        self.initial.setdefault("how", "completed")

    def _presets(self, today: dt.date) -> list[tuple[str, str]]:
        """Today, and the planned end once it has come; each by its date."""
        planned = self.placement.ends
        if planned == today:
            return [(today.isoformat(), "Today, as planned")]
        days = [(today.isoformat(), "Today")]
        return (
            [*days, (planned.isoformat(), f"{plain_day(planned)}, as planned")] if planned and planned < today else days
        )

    def clean_on(self) -> dt.date:
        on = self.cleaned_data["on"] or parse_date(self.cleaned_data.get("last_day") or "")
        if on is None:
            raise ValidationError("Choose the last day.")
        if on < self.placement.starts:
            raise ValidationError("That is before the first day.")
        if on > current_district().today():
            raise ValidationError("That day has not come yet. End it when it does, or change the last day planned.")
        return on

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("how") == "early" and not data.get("reason"):
            self.add_error("reason", "Say in a few words why it ended early.")
        return data
