"""Who is put into a sequence, and taken out: each with the way back."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners.listing import PartnerList
from partners.models import Enrolment, Organization, Sequence
from partners.sequences.enrolling import Candidate, candidates, choices, enrol
from partners.sequences.forms import EnrolForm
from wbl.accounts.access import can
from wbl.mail import planner
from wbl.mail.tasks import deliver
from wbl.web.responses import fragment, go, toast

MOST = 2_000  # people put in at once


@can("edit")
def enrolment(request: HttpRequest) -> HttpResponse:
    """Put people into a sequence: `?contact=` one, `rows` the ticked partners of the list."""
    form = EnrolForm(request.POST or request.GET)
    valid = form.is_valid()
    people, partners = form.cleaned_data.get("contact") or [], form.cleaned_data.get("rows") or []
    if request.POST.get("everything"):  # of the list's bar: all that match
        partners = PartnerList(QueryDict(request.POST.get("query", ""))).select(Organization.objects.present())[:MOST]
    found = candidates(people, partners)
    if request.method == "POST" and valid and found:
        return _put_in(request, form.cleaned_data["sequence"], found)
    context = {
        "form": EnrolForm(initial={"contact": people, "rows": partners}),
        "candidates": found,
        "some": any(not c.why_not for c in found),
        "choices": choices(Sequence.objects.select_related("rule").prefetch_related("steps"), found, by=request.user),
        "asked": form.data.get("sequence", ""),
        "rail_place": "mail",
    }
    return fragment(request, "partners/enrol.html", "form", context)


def _put_in(request: HttpRequest, sequence: Sequence, found: list[Candidate]) -> HttpResponse:
    made = enrol(sequence, found, by=request.user)
    deliver.delay_on_commit()
    undo = reverse("partners:enrolment_undo", args=[sequence.pk, made[0].pk, made[-1].pk]) if made else None
    toast(request, _said(len(made), [c.why_not for c in found if c.why_not], sequence), undo)
    return go(request, sequence)


@can("edit")
@require_POST
def enrolment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody out."""
    found = _enrolment(Enrolment.objects.running(), pk)
    found.end(kind=Enrolment.End.HAND, why=f"{request.user} took them out.", by=request.user)
    planner.plan()
    undo = reverse("partners:enrolment_return", args=[pk])
    toast(request, f"{found.contact} is out of “{found.sequence}”.", undo)
    return go(request, found.sequence)


@can("edit")
@require_POST
def enrolment_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo: who was taken out goes on where they stood."""
    found = _enrolment(Enrolment.objects.filter(ended_kind=Enrolment.End.HAND), pk)
    done = found.resume(by=request.user)
    planner.plan()
    toast(request, f"{found.contact} goes on where they stood." if done else f"{found.contact} is in it again.")
    return go(request, found.sequence)


@can("edit")
@require_POST
def enrolment_undo(request: HttpRequest, pk: int, first: int, last: int) -> HttpResponse:
    """Undo: those whom one has just put in are out again; what has gone out by then stays said."""
    sequence = get_object_or_404(Sequence.objects.select_related("rule"), pk=pk)
    mine = sequence.enrolments.running().filter(pk__range=(first, last), by=request.user)
    rows = mine.select_related("contact", "organization", "sequence")
    count = sum(e.end(kind=Enrolment.End.HAND, why=f"{request.user} took it back.", by=request.user) for e in rows)
    planner.plan()
    toast(request, f"{count} {'person is' if count == 1 else 'people are'} out of “{sequence}” again.")
    return go(request, sequence)


def _enrolment(among: Any, pk: int) -> Enrolment:
    rows = among.select_related("sequence__rule", "contact", "organization")
    found: Enrolment = get_object_or_404(rows, pk=pk)
    return found


def _said(count: int, left: list[str], into: Any) -> str:
    said = f"{count} {'person is' if count == 1 else 'people are'} in “{into}”."
    if left:
        more = f" And {len(left) - 3} more." if len(left) > 3 else ""
        said += f" {len(left)} {'was' if len(left) == 1 else 'were'} left out: {' '.join(left[:3])}{more}"
    return said if into.is_on else f"{said} It is off: nothing happens until you switch it on."
