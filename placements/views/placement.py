"""One placement: its facts, its checklist, its end."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners.models import TimelineEntry
from placements.board import WAITS
from placements.forms.hours import HoursForm
from placements.forms.placements import EndForm, PlacementForm, StepForm, UnstepForm, WhoForm
from placements.hours_view import hours_of
from placements.labor import turns, verdict
from placements.models import STEPS, Placement, Status
from wbl.accounts.access import can
from wbl.history.page import Trail
from wbl.web import toast

TRAIL = Trail(Placement, "steps", "hours", guarded=("steps", "hours"))  # signed, confirmed, approved


def one(request: HttpRequest, pk: int) -> Placement:
    """The placement, if this member may see it; 404 otherwise."""
    rows = Placement.objects.seen_by(request.membership)  # type: ignore[attr-defined]
    rows = rows.select_related("student__school", "organization", "site", "supervisor", "school", "ended_by", "owner")
    return get_object_or_404(rows.prefetch_related("steps__by"), pk=pk)


def page(request: HttpRequest, placement: Placement, hours_form: HoursForm) -> dict[str, Any]:
    """What the placement's page shows, also when hours were refused."""
    done = placement.done
    return {
        "placement": placement,
        "checklist": [(step, done.get(step), WAITS[step]) for step in STEPS],
        "asked": TimelineEntry.objects.of_record(placement).asks().newest().first(),
        "verdict": verdict(placement),
        "turns": turns(placement),
        "hours_form": hours_form,
        **hours_of(placement),
    }


@can("students")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    placement = one(request, pk)
    form = HoursForm(placement=placement, initial={"date": request.district.today()})  # type: ignore[attr-defined]
    return render(request, "placements/detail.html", page(request, placement, form))


@can("edit")
def new(request: HttpRequest) -> HttpResponse:
    """Who and with whom first, then the rest: supervisor and site are the partner's."""
    asked = {**request.GET.dict(), **request.POST.dict()}
    both = asked if {"student", "partner"} <= set(asked) else None
    who = WhoForm(both, initial=asked, membership=request.membership)  # type: ignore[attr-defined]
    if not who.is_valid():
        return render(request, "placements/who.html", {"form": who})
    student, partner = who.cleaned_data["student"], who.cleaned_data["partner"]
    placement = Placement(student=student, organization=partner, owner=request.user)
    form = PlacementForm(request.POST or None, instance=placement, asking=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, f"{student.called} is planned with {partner}.")
        return redirect(placement)
    return render(request, "placements/form.html", {"form": form, "placement": placement})


@can("edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    placement = one(request, pk)
    form = PlacementForm(request.POST or None, instance=placement, initial={"hazards": placement.hazards})
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved.")
        return redirect(placement)
    return render(request, "placements/form.html", {"form": form, "placement": placement})


@can("edit")
@require_POST
def tick(request: HttpRequest, pk: int) -> HttpResponse:
    """A step of the checklist is done."""
    placement, form = one(request, pk), StepForm(request.POST)
    if not form.is_valid() or placement.is_over:
        toast(request, "That step cannot be ticked now.")
        return redirect(placement)
    step = Status(form.cleaned_data["step"])
    if step == Status.ACTIVE:
        placement.activate(by=request.user)
    else:
        placement.tick(step=step, by=request.user, note=form.cleaned_data["note"])
    toast(request, f"{placement.student.called}: {step.label.lower()}.", undo(placement, step))
    return redirect("placements:board" if form.cleaned_data["back"] == "board" else placement)


def undo(placement: Placement, step: Status) -> str:
    return reverse("placements:untick", args=[placement.pk, step.value])


@can("edit")
@require_POST
def untick(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    placement, form = one(request, pk), UnstepForm({"step": step})
    if form.is_valid() and not placement.is_over:
        placement.untick(step=step)
        toast(request, f"{Status(step).label}: not done.")
    return redirect(placement)


@can("edit")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    placement = one(request, pk)
    form = EndForm(request.POST or None, placement=placement)
    if placement.is_over:
        return redirect(placement)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        placement.end(by=request.user, reason=data["reason"], on=data["on"], completed=data["how"] == "completed")
        toast(request, "The placement has ended.", reverse("placements:reopen", args=[pk]))
        return redirect(placement)
    return render(request, "placements/end.html", {"form": form, "placement": placement})


@can("edit")
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo of the end."""
    placement = one(request, pk)
    if placement.is_over:
        placement.reopen(by=request.user)
        toast(request, "The placement goes on.")
    return redirect(placement)


@can("students")
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what of this placement, its steps and hours."""
    return TRAIL.page(request, one(request, pk))
