"""Forms of councils: the council and its seats, calling a meeting, and what comes of it."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from councils.models import Action, AgendaItem, Answer, Council, Decision, Invitation, Meeting, Recommendation, Seat
from partners.fields import ContactField, OrganizationField
from pathways.models import Pathway
from wbl.accounts.models import Membership, User
from wbl.tenancy.forms import DistrictModelForm

_LENGTH = re.compile(r",\s*(\d{1,3})\s*min(?:utes?)?\.?$", re.I)


def day_field(**kwargs: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


def hour_field(**kwargs: Any) -> forms.TimeField:
    return forms.TimeField(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class CouncilForm(DistrictModelForm):
    pathways = forms.ModelMultipleChoiceField(
        label="Advises on", queryset=Pathway.objects.present(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Council
        fields = (
            "name",
            "kind",
            "letter",
            "description",
            "minimum_members",
            "maximum_members",
            "meetings_per_year",
            "quorum_rule",
            "quorum_number",
            "notice_days",
            "term_years",
        )
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["pathways"] = [t.pathway_id for t in self.instance.pathway_ties.all()]

    def clean_letter(self) -> str:
        return self.cleaned_data["letter"].upper()

    def save(self, commit: bool = True) -> Council:
        council = super().save(commit)
        council.serve(pathways=self.cleaned_data["pathways"])
        return council


class SeatForm(DistrictModelForm):
    contact = ContactField(
        label="Member",
        required=False,
        help_text="Begin to type a name. Leave it empty while the seat is vacant.",
    )
    organization = OrganizationField(label="Kept for", required=False, help_text="Whose seat it is while it is vacant.")
    term_from = day_field(label="Term from", required=False)
    term_to = day_field(label="Term to", required=False)

    class Meta:
        model = Seat
        fields = ("contact", "category", "title", "chair", "organization", "term_from", "term_to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(contact=self.instance.contact, organization=self.instance.organization)

    def _get_validation_exclusions(self) -> set[str]:
        """Nobody sits on a council twice: the constraint needs the council and that the seat has not ended."""
        return super()._get_validation_exclusions() - {"council", "ended_on"}


def read_agenda(text: str) -> list[tuple[str, int]]:
    """One item a line, with its length at the end: "Spring internships, 20 min"."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [(line, _LENGTH.search(line)) for line in lines]
    return [(line[: hit.start()] if hit else line, int(hit[1]) if hit else 10) for line, hit in found]


class CallForm(forms.Form):
    """All of a meeting on one page; everything but the day has an answer already."""

    day = day_field(label="Day")
    starts = hour_field(label="From")
    ends = hour_field(label="To")
    place = forms.CharField(label="Place", max_length=200)
    agenda = forms.CharField(
        label="Agenda",
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="One item a line; “, 20 min” at the end says how long.",
    )
    notice_posted_on = day_field(
        label="Public notice posted on",
        required=False,
        help_text="Where your state asks for one. It can be filled in later.",
    )
    seats = forms.ModelMultipleChoiceField(
        label="Invite", queryset=Seat.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(
        label="A word to them",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Stands at the top of the invitation.",
    )

    def __init__(self, *args: Any, council: Council, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats: Any = self.fields["seats"]
        seats.queryset = council.seats.filled().select_related("contact__organization")
        seats.label_from_instance = lambda s: f"{s.contact.name}, {s.contact.organization.name}"
        seats.initial = [s.pk for s in seats.queryset]

    def clean_day(self) -> dt.date:
        day = self.cleaned_data["day"]
        if abs((day - dt.date.today()).days) > 5 * 366:
            raise forms.ValidationError("That is years away. Look at the year.")
        return day

    def clean_agenda(self) -> list[tuple[str, int]]:
        items = read_agenda(self.cleaned_data["agenda"])
        if any(len(title) > 200 for title, _length in items):
            raise forms.ValidationError(
                "An item is longer than 200 signs. Keep it to a line; details go in the minutes."
            )
        return items

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("starts") and given.get("ends") and given["starts"] == given["ends"]:
            self.add_error("ends", "It ends when it begins.")
        return given


class RescheduleForm(DistrictModelForm):
    day = day_field(label="Day")
    starts = hour_field(label="From")
    ends = hour_field(label="To")
    notice_posted_on = day_field(label="Public notice posted on", required=False)

    class Meta:
        model = Meeting
        fields = ("day", "starts", "ends", "place", "video_url", "notice_posted_on")


class CancelForm(forms.Form):
    reason = forms.CharField(label="Why", max_length=200, help_text="Everyone invited reads it.")


class ItemForm(DistrictModelForm):
    class Meta:
        model = AgendaItem
        fields = ("title", "presenter", "minutes_allotted")


class PlaceForm(forms.Form):
    """One place up or down."""

    by = forms.TypedChoiceField(choices=[("-1", "Up"), ("1", "Down")], coerce=int)


class MinutesForm(forms.Form):
    """The text of one item and the version it was written on; `over` is the version one chose to write over."""

    text = forms.CharField(required=False, strip=False, widget=forms.Textarea(attrs={"rows": 1}))
    version = forms.IntegerField(widget=forms.HiddenInput)
    over = forms.IntegerField(required=False)

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\r\n", "\n")

    @property
    def based_on(self) -> int:
        over = self.cleaned_data["over"]
        return self.cleaned_data["version"] if over is None else over


class AmendmentForm(forms.Form):
    text = forms.CharField(label="Amended text", required=False, widget=forms.Textarea(attrs={"rows": 6}))
    reason = forms.CharField(label="Why", max_length=200)


class PresenceForm(forms.Form):
    present = forms.BooleanField(required=False)


class AnswerForm(forms.ModelForm):
    """An answer to an invitation; a deputy needs a name."""

    status = forms.ChoiceField(
        choices=[c for c in Answer.choices if c[0] != Answer.INVITED], widget=forms.RadioSelect, label="Answer"
    )

    class Meta:
        model = Invitation
        fields = ("status", "deputy_name", "deputy_email")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("status") == Answer.DEPUTY and not given.get("deputy_name"):
            self.add_error("deputy_name", _("Who comes instead?"))
        return given

    @property
    def chosen(self) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in ("status", "deputy_name", "deputy_email")}


class ArrivalForm(forms.Form):
    """Somebody presses their name on the sign-in page."""

    who = forms.ModelChoiceField(queryset=Invitation.objects.none())

    def __init__(self, *args: Any, waiting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].queryset = waiting  # type: ignore[attr-defined]


class OutcomeForm(DistrictModelForm):
    """Base of what comes of a meeting: people are chosen among those of the council."""

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        people = meeting.council.seats.filled().values("contact")
        for name in ("contact", "moved_by", "seconded_by"):
            if name in self.fields:
                field: Any = self.fields[name]
                field.queryset = field.queryset.filter(pk__in=people) | field.queryset.filter(
                    pk__in=meeting.invitations.values("contact")
                )
                field.empty_label = "Nobody"
        if "item" in self.fields:
            self.fields["item"].queryset = meeting.items.all()  # type: ignore[attr-defined]
            self.fields["item"].empty_label = "No item"  # type: ignore[attr-defined]


class DecisionForm(OutcomeForm):
    class Meta:
        model = Decision
        fields = ("text", "moved_by", "seconded_by", "votes_for", "votes_against", "abstained", "item")

    def save_outcome(self, *, by: Any) -> Decision:
        self.instance.meeting = self.meeting
        return self.save()


class RecommendationForm(OutcomeForm):
    state_on = day_field(label="On", required=False)

    class Meta:
        model = Recommendation
        fields = ("text", "purpose", "contact", "item", "state", "state_note", "state_on")

    def save_outcome(self, *, by: Any) -> Recommendation:
        if self.instance.pk:
            return self.save()
        given = self.cleaned_data
        made = self.meeting.council.recommend(
            purpose=given["purpose"],
            text=given["text"],
            contact=given["contact"],
            item=given["item"],
            meeting=self.meeting,
        )
        made.state, made.state_note, made.state_on = given["state"], given["state_note"], given["state_on"]
        made.save()
        return made


class ActionForm(OutcomeForm):
    due = day_field(label="Due")

    class Meta:
        model = Action
        fields = ("text", "contact", "user", "due", "item")
        help_texts = {"contact": "You are reminded to remind them.", "user": "It goes on their list."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = Membership.objects.of_district().filter(ended_at=None)
        field: Any = self.fields["user"]
        field.queryset = User.objects.filter(pk__in=current.values("user")).order_by("name")
        field.empty_label = "Nobody"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if bool(given.get("contact")) == bool(given.get("user")):
            self.add_error("user", "Choose one owner: a member or a colleague.")
        return given

    def save_outcome(self, *, by: Any) -> Action:
        was_there = self.instance.pk is not None
        self.instance.meeting = self.meeting
        action = self.save()
        if was_there:
            action.follow(by=by)
        else:
            action.put_on_list(by=by)
        return action
