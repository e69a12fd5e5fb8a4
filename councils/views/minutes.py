"""At the table: agenda items, minutes that save themselves, presence, and what comes of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from councils import page
from councils.forms import (
    ActionForm,
    AmendmentForm,
    AnswerForm,
    DecisionForm,
    ItemForm,
    MinutesForm,
    PlaceForm,
    PresenceForm,
    RecommendationForm,
)
from councils.models import Action, AgendaItem, Conflict, Decision, Invitation, Locked, Meeting, Recommendation
from councils.views.councils import _form
from councils.views.meetings import open_meeting, page_context
from wbl.accounts.access import can
from wbl.web import go, toast
from wbl.web.responses import is_htmx

OUTCOMES: dict[str, tuple[Any, Any, str]] = {
    "decisions": (Decision, DecisionForm, "decision"),
    "recommendations": (Recommendation, RecommendationForm, "recommendation"),
    "actions": (Action, ActionForm, "action"),
}


def _open_item(pk: int) -> AgendaItem:
    """An item whose text is not locked; raises Http404."""
    items = AgendaItem.objects.filter(meeting__approved_at=None, meeting__canceled_at=None)
    return get_object_or_404(items.select_related("meeting__council"), pk=pk)


@can("edit")
@require_POST
def minutes(request: HttpRequest, item: int) -> HttpResponse:
    """Save one item's minutes. Somebody else's text is never overwritten unseen: then both are shown."""
    found = get_object_or_404(AgendaItem.objects.select_related("meeting__council"), pk=item)
    form = MinutesForm(request.POST)
    if not form.is_valid():
        return HttpResponse("These minutes could not be read.", status=422, content_type="text/plain")
    try:
        found.write(text=form.cleaned_data["text"], version=form.based_on, by=request.user)
    except (Conflict, Locked) as refused:
        return _not_saved(request, found, form.cleaned_data["text"], refused)
    if is_htmx(request):
        return HttpResponse(render_to_string("councils/parts/minutes_saved.html", {"item": found}, request))
    return go(request, found)


def _not_saved(request: HttpRequest, item: AgendaItem, typed: str, refused: Any) -> HttpResponse:
    """What stands there now beside what was typed; without script the whole page, with the typed text kept."""
    line = page.Line(item, item.meeting.starts, conflict=getattr(refused, "item", item), typed=typed)
    context = {"line": line, "refused": refused.messages[0], "locked": isinstance(refused, Locked)}
    if is_htmx(request):
        return render(request, "councils/parts/minutes_conflict.html", context, status=422)
    meeting = open_meeting(item.meeting_id)
    lines = page.lines(meeting)
    for each in lines:
        if each.item.pk == item.pk:
            each.conflict, each.typed = line.conflict, typed
    everything = {**page_context(request, meeting, "meeting"), "lines": lines, **context}
    return render(request, "councils/meeting.html", everything, status=409)


@can("edit")
def item_new(request: HttpRequest, pk: int) -> HttpResponse:
    """One more item at the end of the agenda."""
    meeting = get_object_or_404(Meeting.objects.standing().filter(approved_at=None).select_related("council"), pk=pk)
    form = ItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        meeting.add_item(**form.cleaned_data)
        return go(request, meeting)
    back = meeting.get_absolute_url()
    return _form(request, form, title="New agenda item", back=back, crumb=meeting, action="Add the item")


@can("edit")
def item(request: HttpRequest, item: int) -> HttpResponse:
    """Change an agenda item."""
    found = _open_item(item)
    form = ItemForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        return go(request, found.meeting)
    context: dict[str, Any] = {"back": found.meeting.get_absolute_url(), "crumb": found.meeting}
    return _form(request, form, title="Agenda item", away=[("Remove", "councils:item_removal", item)], **context)


@can("edit")
@require_POST
def item_removal(request: HttpRequest, item: int) -> HttpResponse:
    """Take an item off the agenda; one with minutes stays."""
    found = _open_item(item)
    if found.text:
        toast(request, "This item has minutes. Empty them first.")
    else:
        found.delete()
        toast(request, "The item is off the agenda.")
    return go(request, found.meeting)


@can("edit")
@require_POST
def item_place(request: HttpRequest, item: int) -> HttpResponse:
    """Move an item up or down."""
    found, form = _open_item(item), PlaceForm(request.POST)
    if form.is_valid():
        found.move(by=form.cleaned_data["by"])
    return go(request, found.meeting)


@can("edit")
def amendment(request: HttpRequest, item: int) -> HttpResponse:
    """Change approved minutes, with the reason and what they said before."""
    approved = AgendaItem.objects.exclude(meeting__approved_at=None).select_related("meeting__council")
    found = get_object_or_404(approved, pk=item)
    form = AmendmentForm(request.POST or None, initial={"text": found.text})
    if request.method == "POST" and form.is_valid():
        found.amend(by=request.user, **form.cleaned_data)
        toast(request, "Amended; what it said before is under Amendments.")
        return go(request, found.meeting)
    back = found.meeting.get_absolute_url()
    return _form(request, form, title=f"Amend: {found}", back=back, crumb=found.meeting, action="Amend the minutes")


@can("edit")
@require_POST
def presence(request: HttpRequest, invitation: int) -> HttpResponse:
    """Tick who is there."""
    asked = Invitation.objects.filter(meeting__approved_at=None, meeting__canceled_at=None)
    found = get_object_or_404(asked.select_related("meeting"), pk=invitation)
    form = PresenceForm(request.POST)
    form.is_valid()
    found.mark(present=form.cleaned_data["present"])
    if not is_htmx(request):
        return go(request, found.meeting)
    return render(
        request, "councils/parts/people.html", page_context(request, open_meeting(found.meeting_id), "meeting")
    )


@can("edit")
def answer(request: HttpRequest, invitation: int) -> HttpResponse:
    """Write down an answer that came by phone."""
    found = get_object_or_404(
        Invitation.objects.select_related("meeting__council", "contact__organization"), pk=invitation
    )
    form = AnswerForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        Invitation.objects.get(pk=found.pk).answer(by=request.user, **form.chosen)
        return go(request, found.meeting)
    return _form(request, form, title=f"Answer of {found.contact}", back=found.meeting.get_absolute_url())


@can("edit")
def outcome_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A decision, a recommendation or an action of a meeting."""
    if kind not in OUTCOMES:
        raise Http404
    meeting = get_object_or_404(Meeting.objects.standing().filter(approved_at=None).select_related("council"), pk=pk)
    _model, form_class, noun = OUTCOMES[kind]
    form = form_class(request.POST or None, meeting=meeting, initial={"item": request.GET.get("item")})
    if request.method == "POST" and form.is_valid():
        form.save_outcome(by=request.user)
        return go(request, meeting)
    back = meeting.get_absolute_url()
    return _form(request, form, title=f"New {noun}", back=back, crumb=meeting, action=f"Write the {noun} down")


@can("edit")
def outcome(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Change what came of a meeting; a recommendation's state changes long after."""
    found, form_class, noun = _outcome(kind, pk)
    form = form_class(request.POST or None, meeting=found.meeting, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save_outcome(by=request.user)
        return go(request, found.meeting)
    remove = reverse("councils:outcome_removal", args=[kind, pk])
    back = found.meeting.get_absolute_url()
    return _form(request, form, title=noun.capitalize(), back=back, crumb=found.meeting, remove=remove)


@can("edit")
@require_POST
def outcome_removal(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Strike it out, until the minutes are approved."""
    found, _form_class, noun = _outcome(kind, pk)
    if found.meeting.approved_at:
        toast(request, "The minutes are approved. Write an amendment instead.")
    else:
        found.delete()
        toast(request, f"The {noun} is struck out.")
    return go(request, found.meeting)


@can("edit")
@require_POST
def action_completion(request: HttpRequest, pk: int) -> HttpResponse:
    """An action is done."""
    found = get_object_or_404(Action.objects.select_related("meeting", "todo"), pk=pk)
    found.finish(by=request.user)
    toast(request, "Done.")
    return go(request, found.meeting)


def _outcome(kind: str, pk: int) -> tuple[Any, Any, str]:
    """The record, its form and its word; raises Http404."""
    if kind not in OUTCOMES:
        raise Http404
    model, form_class, noun = OUTCOMES[kind]
    return get_object_or_404(model.objects.select_related("meeting__council"), pk=pk), form_class, noun
