"""Group events and their rosters."""

from typing import Any

from django import forms
from django.db import transaction

from partners.asks import PlanningAsk
from partners.fields import OrganizationField
from partners.models import Contact, Organization
from placements.forms.fields import DayInput, TimeInput
from placements.models import Event, RosterRow, Student
from wbl.tenancy.forms import DistrictModelForm
from wbl.tenancy.models import School


class PartnerForm(forms.Form):
    """First: which partner. Who comes depends on it."""

    partner = OrganizationField(label="Partner", help_text="Begin to type a name.")


class EventForm(PlanningAsk, DistrictModelForm):
    class Meta:
        model = Event
        fields = ("type", "title", "contact", "day", "begins", "ends", "school", "place", "seats", "notes")
        widgets = {
            "day": DayInput(),
            "begins": TimeInput(),
            "ends": TimeInput(),
            "notes": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args: Any, asking: Any = None, **kwargs: Any) -> None:
        """`asking` is who plans a new event: that asks the partner (partners/asks.py)."""
        super().__init__(*args, **kwargs)
        self.asking = asking
        if asking:
            self.add_ask_fields()
        contact, school = self.fields["contact"], self.fields["school"]
        contact.queryset = self.instance.organization.contacts.current() | Contact.objects.filter(  # type: ignore[attr-defined]
            pk=self.instance.contact_id
        )
        contact.empty_label = "Not settled"  # type: ignore[attr-defined]
        school.queryset = School.objects.filter(closed_on=None)  # type: ignore[attr-defined]
        school.empty_label = "All schools"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.asking and data.get("type"):
            self.guard_planning(type=data["type"])
        return data

    def asked_partner(self) -> Organization:
        return self.instance.organization

    @transaction.atomic
    def save(self, commit: bool = True) -> Event:
        event = super().save(commit)
        if self.asking:
            what = f"{event.get_type_display()} planned for {event.day:%B} {event.day.day}"
            self.record_ask(
                type=event.type, kind="note", summary=what, about=event, contact=event.contact, school=event.school
            )
        return event


class RosterForm(forms.Form):
    """Students to put on the roster."""

    students = forms.ModelMultipleChoiceField(
        Student.objects.none(), error_messages={"required": "Tick at least one student."}
    )

    def __init__(self, *args: Any, students: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["students"].queryset = students  # type: ignore[attr-defined]


class RollForm(forms.Form):
    """Who came; nobody ticked means that nobody did."""

    attended = forms.ModelMultipleChoiceField(RosterRow.objects.none(), required=False)

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attended"].queryset = rows  # type: ignore[attr-defined]


class CancelForm(forms.Form):
    reason = forms.CharField(label="Why it is cancelled", max_length=300)
