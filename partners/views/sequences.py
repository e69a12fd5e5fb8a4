"""Sequences: the list, one as a line, its steps."""

from django.db import transaction
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners.models import Sequence, SequenceStep
from partners.sequences import ready
from partners.sequences.forms import LONGEST, SequenceForm, StepForm
from partners.sequences.page import balance, stations
from wbl.accounts.access import can
from wbl.mail import planner
from wbl.mail.ledger import coming, tabs
from wbl.mail.tasks import deliver
from wbl.web.responses import form_page, go, toast

PLACE = {"rail_place": "mail"}


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
    context |= {"balance": balance(found), "fixed": found.enrolments.running().exists()}
    past = found.enrolments.exclude(ended_at=None).select_related("contact", "organization").order_by("-ended_at")[:20]
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
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Change one step; while somebody is in the sequence only its text, for their days are set."""
    found = get_object_or_404(SequenceStep.objects.select_related("sequence"), pk=pk)
    if not found.is_text and not _may_change(request, found.sequence, more=False):
        return go(request, found.sequence)
    form = StepForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved. Mails that are not out yet get the new text.")
        return go(request, found.sequence)
    back = found.sequence.get_absolute_url()
    return form_page(request, form, title=f"Step {found.place}: {found}", back=back, **PLACE)


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
