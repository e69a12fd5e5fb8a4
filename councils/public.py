"""What members do by mailed link or at the table: answer an invitation, sign in with their phone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from councils.emails import REPLY, SIGN_IN
from councils.forms import AnswerForm, ArrivalForm
from councils.models import Answer, Invitation
from wbl.links.registry import signed_link


@signed_link(REPLY)
def reply(request: HttpRequest) -> HttpResponse:
    """GET shows the meeting and the three answers; POST takes one, as often as they like until it is over."""
    invitation = _invitation(request)
    over = invitation.meeting.state != "open" or invitation.meeting.ends_at <= timezone.now()
    if request.method == "POST" and not over:
        form = AnswerForm(request.POST, instance=invitation)
        if form.is_valid():
            Invitation.objects.get(pk=invitation.pk).answer(**form.chosen)
            return redirect(request.get_full_path())
        # the form has written what it refused into its own row: the page tells the answer that stands
        return render(request, "councils/reply.html", _reply(_invitation(request), form, over), status=422)
    form = AnswerForm(instance=invitation, initial=_deputy(request))
    return render(request, "councils/reply.html", _reply(invitation, form, over))


def _invitation(request: HttpRequest) -> Invitation:
    rows = Invitation.objects.select_related("meeting__council", "contact__organization")
    return rows.get(pk=request.link.record.pk)  # type: ignore[attr-defined]


def _deputy(request: HttpRequest) -> dict[str, str]:
    """`?deputy` opens the fields for somebody else's name."""
    return {"status": Answer.DEPUTY} if "deputy" in request.GET else {}


def _reply(invitation: Invitation, form: AnswerForm, over: bool) -> dict[str, object]:
    asked = form.errors or (form.initial.get("status") == Answer.DEPUTY and invitation.status != Answer.DEPUTY)
    meeting = invitation.meeting
    return {"invitation": invitation, "meeting": meeting, "form": form, "over": over, "name_deputy": bool(asked)}


@signed_link(SIGN_IN)
def arrive(request: HttpRequest) -> HttpResponse:
    """At the table: the code leads here, one presses one's name. Only names that are not here yet can be pressed."""
    meeting = request.link.record  # type: ignore[attr-defined]
    waiting = meeting.invitations.filter(present_at=None).select_related("contact__organization")
    today = meeting.state == "open" and meeting.day == timezone.localdate()
    form = ArrivalForm(request.POST or None, waiting=waiting)
    if request.method == "POST" and today and form.is_valid():
        arrived = form.cleaned_data["who"]
        arrived.mark(present=True)
        return render(request, "councils/arrived.html", {"invitation": arrived, "meeting": meeting})
    return render(request, "councils/arrive.html", {"meeting": meeting, "waiting": waiting, "today": today})
