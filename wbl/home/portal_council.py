"""The council as a member sees it in the portal: the next meeting, one's answer, what became of one's advice."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from councils.models import Answer, Invitation, Meeting, Recommendation, Seat
from partners.access import portal
from wbl.web import toast

ANSWERS = (
    (Answer.ACCEPTED, gettext_lazy("I’ll be there")),
    (Answer.DECLINED, gettext_lazy("I can’t come")),
    (Answer.DEPUTY, gettext_lazy("Somebody else comes for me")),
)
LAST = 3  # pieces of advice shown


@dataclass(frozen=True)
class Place:
    """A council that the contact sits on, with its next meeting."""

    council: Any
    meeting: Meeting | None
    invitation: Invitation | None


def invitations_waiting(contact: Any) -> Any:
    """The contact's unanswered invitations to meetings that are still to come."""
    if contact is None:
        return Invitation.objects.none()
    return (
        Invitation.objects.waiting()
        .filter(
            contact=contact, meeting__canceled_at=None, meeting__closed_at=None, meeting__ends_at__gt=timezone.now()
        )
        .select_related("meeting__council")
        .order_by("meeting__starts_at")
    )


def places(contact: Any) -> list[Place]:
    """One for each council on which the contact holds a seat: four queries whatever their number."""
    if contact is None:
        return []
    seats = Seat.objects.filled().filter(contact=contact).select_related("council")
    councils = {seat.council_id: seat.council for seat in seats}
    coming = Count("invitations", filter=Q(invitations__status__in=(Answer.ACCEPTED, Answer.DEPUTY)))
    meetings: dict[int, Meeting] = {}
    found = Meeting.objects.coming().filter(council__in=councils)
    for meeting in (
        found.annotate(coming=coming, asked=Count("invitations")).prefetch_related("items").order_by("starts_at")
    ):
        meetings.setdefault(meeting.council_id, meeting)
    mine = Invitation.objects.filter(contact=contact, meeting__in=[m.pk for m in meetings.values()])
    invited = {invitation.meeting_id: invitation for invitation in mine}
    return [
        Place(council, meeting := meetings.get(pk), invited.get(meeting.pk) if meeting else None)
        for pk, council in councils.items()
    ]


def advice(contact: Any) -> Any:
    """What the contact recommended last, and what became of it."""
    rows = Recommendation.objects.filter(contact=contact) if contact else Recommendation.objects.none()
    return rows.select_related("council", "meeting").order_by("-pk")[:LAST]


class InvitationForm(forms.Form):
    """One press, or a name."""

    status = forms.ChoiceField(label=gettext_lazy("Your answer"), choices=ANSWERS, widget=forms.RadioSelect)
    deputy_name = forms.CharField(label=gettext_lazy("Who comes for you?"), max_length=120, required=False)
    deputy_email = forms.EmailField(label=gettext_lazy("Their email"), required=False)

    def clean_deputy_name(self) -> str:
        name = self.cleaned_data["deputy_name"]
        if self.cleaned_data.get("status") == Answer.DEPUTY and not name:
            raise ValidationError(_("Write the name of who comes for you."))
        return name


@portal
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer an invitation; as often as one likes until the meeting is over."""
    rows = Invitation.objects.filter(contact=request.contact).select_related(
        "meeting__council", "contact__organization"
    )  # type: ignore[attr-defined]
    found = get_object_or_404(rows.exclude(contact=None), pk=pk)
    over = found.meeting.state != "open" or found.meeting.ends_at <= timezone.now()
    initial = {"status": request.GET.get("answer", found.status), "deputy_name": found.deputy_name}
    form = InvitationForm(request.POST or None, initial=initial)
    if request.method == "POST" and not over and form.is_valid():
        found.answer(**form.cleaned_data)
        toast(request, _("Thank you. Your answer is noted."))
        return redirect("portal:home", request.organization.pk)  # type: ignore[attr-defined]
    context = {"title": found.meeting.council, "form": None if over else form, "invitation": found}
    return render(request, "portal/invitation.html", context)
