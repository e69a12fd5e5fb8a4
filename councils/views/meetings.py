"""Meetings: calling, the page, moving, calling off, closing, approving; packet and calendar file."""

from typing import Any

import segno
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_POST

from councils import calendars, calling, page
from councils import packet as paper
from councils.emails import SIGN_IN
from councils.forms import CallForm, CancelForm, RescheduleForm
from councils.models import Amendment, Council, Meeting
from councils.trail import mails
from councils.views.councils import _form
from wbl.accounts.access import can
from wbl.history.page import Trail
from wbl.links.models import SignedLink
from wbl.web import fragment, go, toast
from wbl.web.pdf import pdf

# to be read only: minutes that are approved are locked, and amendments have a trail of their own
TRAIL = Trail(Meeting, "items", "decisions", "recommendations", "actions", "invitations", restores=False)


@can("edit")
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """A meeting and its invitations, in one form that has guessed nearly everything."""
    council = get_object_or_404(Council.objects.present(), pk=pk)
    guess = calling.suggestion(council, request.district.today())  # type: ignore[attr-defined]
    form = CallForm(request.POST or None, council=council, initial=guess)
    if request.method == "POST" and form.is_valid():
        meeting = calling.call(council, by=request.user, **form.cleaned_data)
        toast(request, f"Meeting {meeting.number} is called; {_asked(meeting.invitations.count())}.")
        return go(request, meeting)
    return fragment(request, "councils/call.html", "form", {"form": form, "council": council}, status=_status(form))


@can("edit")
@require_POST
def call_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form with the mails that it would send; nothing is called and nothing sent."""
    council = get_object_or_404(Council.objects.present(), pk=pk)
    form = CallForm(request.POST, council=council)
    context: dict[str, Any] = {"form": form, "council": council}
    if form.is_valid():
        given = form.cleaned_data
        length = calling.minutes_between(given["starts"], given["ends"])
        context["letters"] = calling.preview(council, by=request.user, **given)
        context["time"] = calling.time_check(sum(minutes for _title, minutes in given["agenda"]), length)
    status = 200 if form.is_valid() else 422
    return fragment(request, "councils/call.html", "form", context, status=status)


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200


def _asked(number: int) -> str:
    return f"{number} invitation{'' if number == 1 else 's'} on the way" if number else "nobody is invited yet"


def open_meeting(pk: int) -> Any:
    """The meeting with all its page shows; raises Http404."""
    meeting = page.meeting_for_page(pk).first()
    if meeting is None:
        raise Http404
    meeting.council = Council.objects.with_seats().get(pk=meeting.council_id)
    return meeting


def page_context(request: HttpRequest, meeting: Any, current: str) -> dict[str, Any]:
    """What all tabs of a meeting need; `may_write` is for this reader and while the minutes are not locked."""
    old = page.carried(meeting)
    return {
        "meeting": meeting,
        "council": meeting.council,
        "tabs": page.tabs(meeting, current),
        "people": page.people(meeting),
        "quorum": page.quorum(meeting),
        "saved": page.saved_line(meeting),
        "time": calling.time_of(meeting) if meeting.state == "open" else "",
        "carried": old,
        "notes": page.notes(meeting, old),
        "may_write": request.can.edit and meeting.state in ("open", "closed"),  # type: ignore[attr-defined]
    }


@can("view")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Agenda and minutes side by side, who is there, what comes of it."""
    found = open_meeting(pk)
    context = {**page_context(request, found, "meeting"), "lines": page.lines(found)}
    return render(request, "councils/meeting.html", context)


@can("edit")
def meeting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Move a meeting; whoever is invited hears of a new day, hour or place."""
    found = get_object_or_404(Meeting.objects.standing().filter(closed_at=None).select_related("council"), pk=pk)
    form = RescheduleForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        moved = Meeting.objects.select_related("council").get(pk=pk)
        if moved.reschedule(**form.cleaned_data):
            calling.tell_of_change(moved, by=request.user)
            toast(request, "The meeting is changed; everyone invited hears of it.")
        return go(request, moved)
    away = ("Call it off", "councils:cancellation", pk)
    return _form(request, form, title="Change the meeting", back=found.get_absolute_url(), crumb=found, link=away)


@can("edit")
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """Call a meeting off, with the reason that everyone reads."""
    found = get_object_or_404(Meeting.objects.standing().filter(closed_at=None).select_related("council"), pk=pk)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        calling.cancel(found, reason=form.cleaned_data["reason"], by=request.user)
        toast(request, "The meeting is off; everyone invited hears why.")
        return go(request, found.council)
    back = found.get_absolute_url()
    return _form(request, form, title="Call the meeting off", back=back, crumb=found, action="Call it off")


@can("edit")
@require_POST
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask the members who have not been asked yet."""
    found = get_object_or_404(Meeting.objects.coming().select_related("council"), pk=pk)
    asked = calling.invite(found, by=request.user)
    toast(request, f"{_asked(asked)[0].upper()}{_asked(asked)[1:]}." if asked else "Everyone has been asked already.")
    return go(request, found)


@can("edit")
@require_POST
def closure(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting is over."""
    found = get_object_or_404(Meeting.objects.standing().filter(closed_at=None).select_related("council"), pk=pk)
    found.close(by=request.user)
    toast(request, "The meeting is closed. Read the minutes once more, then approve them.", _url("reopening", pk))
    return go(request, found)


@can("edit")
@require_POST
def reopening(request: HttpRequest, pk: int) -> HttpResponse:
    """The way back from closing."""
    found = get_object_or_404(Meeting.objects.exclude(closed_at=None).filter(approved_at=None), pk=pk)
    found.reopen()
    toast(request, "The meeting is open again.")
    return go(request, found)


@can("edit")
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock the minutes. They change by amendment from then on, so one is asked once more."""
    found = get_object_or_404(Meeting.objects.exclude(closed_at=None).filter(approved_at=None), pk=pk)
    if request.method == "POST":
        try:
            found.approve(by=request.user)
        except ValidationError as refused:
            toast(request, refused.messages[0])
        else:
            toast(request, "The minutes are approved and locked.")
        return go(request, found)
    return fragment(request, "councils/approval.html", "form", {"meeting": found, "back": found.get_absolute_url()})


@can("view")
@require_GET
def packet(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything on paper: agenda, minutes so far, members, recommendations and actions still open."""
    found = open_meeting(pk)
    context = {**page_context(request, found, ""), "lines": page.lines(found), "waiting": paper.waiting(found)}
    return render(request, "councils/packet.html", context)


@can("view")
@require_GET
def packet_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a file to mail or to file: letter size, tagged for screen readers."""
    found = open_meeting(pk)
    return pdf("councils/packet.typ", paper.data(found), name=f"meeting-{found.day:%Y-%m-%d}")


@can("view")
@require_GET
def calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting as a file for a calendar program."""
    found = get_object_or_404(Meeting.objects.select_related("council", "called_by", "district"), pk=pk)
    response = HttpResponse(calendars.calendar_of(found), content_type=f"{calendars.MIME}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="meeting-{found.day:%Y-%m-%d}.ics"'
    return response


@can("view")
@require_GET
def sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """The list that lies on the table, and the code that people point their phones at."""
    found = open_meeting(pk)
    link = SignedLink.objects.about(found).filter(purpose=SIGN_IN, revoked_at=None).order_by("-id").first()
    context = {"code": _code(link.url()), "address": link.url()} if link and found.state == "open" else {}
    return render(request, "councils/sign_in.html", {**page_context(request, found, "sign_in"), **context})


def _code(address: str) -> SafeString:
    """A QR code as SVG: black on white in both themes, as phones and printers want it."""
    return mark_safe(segno.make(address, error="m").svg_inline(scale=5, dark="#000", light="#fff", omitsize=True))


@can("view")
@require_GET
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was mailed about this meeting, and what was not, and why."""
    found = open_meeting(pk)
    return render(
        request, "councils/mail.html", {**page_context(request, found, "mail"), "messages_sent": mails(found)}
    )


@can("view")
@require_GET
def amendments(request: HttpRequest, pk: int) -> HttpResponse:
    """What was changed after the minutes were approved."""
    found = open_meeting(pk)
    if not found.approved_at:
        raise Http404
    trail = Amendment.objects.filter(item__meeting=found).select_related("item", "by")
    context = {**page_context(request, found, "amendments"), "trail": trail}
    return render(request, "councils/amendments.html", context)


def _url(name: str, *args: Any) -> str:
    return reverse(f"councils:{name}", args=args)


@can("view")
def meeting_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what of this meeting, its agenda, minutes and invitations."""
    return TRAIL.page(request, get_object_or_404(Meeting, pk=pk))
