"""Sequences: the list, one as a line, its steps, who is put in and taken out."""

from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners.listing import PartnerList
from partners.models import Enrolment, Organization, Sequence, SequenceStep
from partners.sequences import ready
from partners.sequences.enrolling import candidates, enrol
from partners.sequences.forms import LONGEST, EnrolForm, SequenceForm, StepForm
from partners.sequences.page import choices, stations
from wbl.accounts.access import can
from wbl.mail import planner
from wbl.mail.ledger import coming, tabs
from wbl.mail.tasks import deliver
from wbl.web.responses import form_page, fragment, go, toast

PLACE = {"rail_place": "mail"}
MOST = 2_000  # people put in at once


@can("view")
def sequences(request: HttpRequest) -> HttpResponse:
    """The district's sequences, and the two that come with wbl."""
    rows = Sequence.objects.select_related("rule").annotate(
        running=Count("enrolments", filter=Q(enrolments__ended_at=None)),
        answered=Count("enrolments", filter=Q(enrolments__ended_kind__in=["reply", "stage"])),
        ever=Count("enrolments"),
    )
    taken = {row.name for row in rows}
    context = {"sequences": rows, "ready": [r for r in ready.ALL.values() if r.name not in taken]}
    return render(request, "partners/sequences.html", {**context, "tabs": tabs("sequences"), **PLACE})


@can("view", post="edit")
def sequence(request: HttpRequest, pk: int) -> HttpResponse:
    """Its steps as a line with who is where and what came of each; one more step; the next 14 days."""
    found = _sequence(pk)
    form = StepForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _may_change(request, found):
        form.save_last(found)
        toast(request, "The step stands at the end.")
    if request.method == "POST" and not form.errors:
        return redirect(found)
    chart, lines = coming(request.district, rule=found.rule)  # type: ignore[attr-defined]
    context = {"sequence": found, "form": form, "stations": stations(found), "chart": chart, "lines": lines}
    past = found.enrolments.exclude(ended_at=None).select_related("contact__organization").order_by("-ended_at")[:20]
    return render(request, "partners/sequence.html", {**context, "past": past, "tabs": tabs("sequences"), **PLACE})


@can("edit")
def sequence_add(request: HttpRequest) -> HttpResponse:
    """An empty one of the district's own."""
    form = SequenceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return go(request, Sequence.make(**form.cleaned_data))
    return form_page(request, form, title="New sequence", back=reverse("partners:sequences"), **PLACE)


@can("edit")
@require_POST
def sequence_ready(request: HttpRequest, key: str) -> HttpResponse:
    """Take one that comes with wbl: off, to be read and changed."""
    if key not in ready.ALL:
        raise Http404
    each = ready.ALL[key]
    made = Sequence.make(name=each.name, about=each.about, steps=each.steps)
    toast(request, f"“{made}” is yours. Read it, change it, switch it on.")
    return go(request, made)


@can("edit")
@require_POST
def sequence_activation(request: HttpRequest, pk: int) -> HttpResponse:
    found = _sequence(pk)
    if not found.steps.exclude(kind=SequenceStep.Kind.WAIT).exists():
        toast(request, "It has no step that does anything yet. Add a mail or a call first.")
        return go(request, found)
    found.switch_on(by=request.user)
    deliver.delay_on_commit()
    toast(request, f"“{found}” is on.")
    return go(request, found)


@can("edit")
@require_POST
def sequence_deactivation(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing more goes out; people stay where they stand."""
    found = _sequence(pk)
    found.switch_off()
    planner.plan()
    toast(request, f"“{found}” is off. Who is in it stays where they stand.")
    return go(request, found)


@can("edit")
@require_POST
@transaction.atomic
def step_removal(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(SequenceStep.objects.select_related("sequence"), pk=pk)
    if _may_change(request, found.sequence, more=False):
        found.delete()
        toast(request, f"“{found}” is out of the line.")
    return go(request, found.sequence)


@can("edit")
@require_POST
@transaction.atomic
def step_rise(request: HttpRequest, pk: int) -> HttpResponse:
    """One place earlier."""
    found = get_object_or_404(SequenceStep.objects.select_related("sequence"), pk=pk)
    before = found.sequence.steps.filter(place__lt=found.place).last()
    if before and _may_change(request, found.sequence, more=False):
        before.place, found.place = found.place, before.place
        SequenceStep.objects.bulk_update([before, found], ["place"])
        toast(request, f"“{found}” comes earlier.")
    return go(request, found.sequence)


@can("edit")
def enrolment(request: HttpRequest) -> HttpResponse:
    """Put people into a sequence: `?contact=` one, `rows` the ticked partners of the list."""
    asked = request.POST or request.GET
    form = EnrolForm(asked)
    valid = form.is_valid()
    people, partners = form.cleaned_data.get("contact") or [], form.cleaned_data.get("rows") or []
    if request.POST.get("everything"):  # of the list's bar: all that match
        partners = PartnerList(QueryDict(request.POST.get("query", ""))).select(Organization.objects.present())[:MOST]
    found = candidates(people, partners)
    if request.method == "POST" and valid and found:
        count = enrol(form.cleaned_data["sequence"], found, by=request.user)
        deliver.delay_on_commit()
        toast(request, _said(count, len(found) - count, form.cleaned_data["sequence"]))
        return go(request, form.cleaned_data["sequence"])
    some = [c for c in found if not c.why_not]
    spoken = {c.organization.name: c.organization.last_contact_at for c in some if c.organization.last_contact_at}
    fresh = EnrolForm(initial={"contact": people, "rows": partners})
    context = {"form": fresh, "candidates": found, "some": some, "choices": choices(spoken), **PLACE}
    return fragment(request, "partners/enrol.html", "form", context)


@can("edit")
@require_POST
def enrolment_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody out."""
    found = get_object_or_404(Enrolment.objects.running().select_related("sequence", "contact"), pk=pk)
    found.end(kind=Enrolment.End.HAND, why=f"{request.user} took them out.", by=request.user)
    planner.plan()
    toast(request, f"{found.contact} is out of “{found.sequence}”.")
    return go(request, found.sequence)


def _sequence(pk: int) -> Sequence:
    return get_object_or_404(Sequence.objects.select_related("rule"), pk=pk)


def _may_change(request: HttpRequest, found: Sequence, *, more: bool = True) -> bool:
    """Steps are fixed while somebody is on the way: their days were set when they were put in."""
    if found.enrolments.running().exists():
        toast(request, "Somebody is in it: their days are set. Change the texts, or take everybody out first.")
        return False
    if more and found.steps.count() >= LONGEST:
        toast(request, f"{LONGEST} steps are enough.")
        return False
    return True


def _said(count: int, left: int, into: Any) -> str:
    said = f"{count} {'person is' if count == 1 else 'people are'} in “{into}”."
    if left:
        said += f" {left} {'was' if left == 1 else 'were'} left out, for the reason named."
    return said if into.is_on else f"{said} It is off: nothing happens until you switch it on."
