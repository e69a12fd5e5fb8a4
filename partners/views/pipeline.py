"""The pipeline: the board, a partner's move, and the district's own stages."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from partners.board import board_of
from partners.listing import PartnerList
from partners.models import BulkChange, Organization, PipelineStage, StageChange
from partners.models.stages import stage_choices, step_of
from partners.stage_forms import RetireForm, StageForm, StageMoveForm
from wbl.accounts.access import can
from wbl.web.responses import came_from, form_page, fragment, go, go_back, toast

IN_SETTINGS: dict[str, Any] = {"rail_place": "settings", "place": ("partners:stages", "Stages of partners")}


@can("view")
def board(request: HttpRequest) -> HttpResponse:
    """Partners in columns by stage; the filters of the list hold here too."""
    listing = PartnerList(request.GET)
    context = {
        "list": listing,
        "columns": board_of(listing),
        "stages": stage_choices(fresh=False),
        "here": request.get_full_path(),
    }
    return fragment(request, "partners/board.html", "columns", context)


@can("edit")
@transaction.atomic
def stage_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Another stage; where a reason is asked for, the form comes back for it."""
    organization = get_object_or_404(Organization.objects.select_for_update(of=("self",)), pk=pk)
    asked = request.GET.get("stage") or organization.stage
    first = {"stage": asked, "stage_reason": organization.stage_reason, "revisit_on": organization.revisit_on}
    if _only_named(request):  # the board's select: what else is asked for is asked politely
        to = reverse("partners:stage_move", args=[pk])
        return go(request, f"{to}?{urlencode({'stage': request.POST['stage'], 'next': came_from(request)})}")
    form = StageMoveForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        change = form.save(organization, by=request.user)
        undo = reverse("partners:stage_undo", args=[change.pk]) if change else None
        toast(request, f"{organization}: {organization.get_stage_display()}.", undo)
        return go_back(request, organization)
    return form_page(request, form, title=f"Stage of {organization}", back=organization.get_absolute_url())


@can("edit")
@require_POST
def stage_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a move back, unless the partner has moved on since."""
    change = get_object_or_404(StageChange.objects.select_related("organization__owner", "by"), pk=pk)
    organization = change.organization
    done = organization.take_back(change)
    stage = organization.get_stage_display()
    toast(request, f"{organization}: {stage} again." if done else f"{organization} has moved on since, to {stage}.")
    return go_back(request, organization)


@can("manage")
def stages(request: HttpRequest) -> HttpResponse:
    """The district's stages, and one more."""
    form = StageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.place = len(PipelineStage.own())
        made = form.save()
        toast(request, f"{made} is a stage now.")
        return go(request, "partners:stages")
    return render(request, "partners/stages.html", {"form": form, "stages": _rows(), **IN_SETTINGS})


@can("manage")
def stage(request: HttpRequest, key: str) -> HttpResponse:
    """Rename one, or change what it means."""
    found = _own(request, key)
    form = StageForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, f"{found} is saved; partners in it stay in it.")
        return go(request, "partners:stages")
    return form_page(request, form, title=found.name, back=reverse("partners:stages"), **IN_SETTINGS)


@can("manage")
@require_POST
def stage_place(request: HttpRequest, key: str, way: str) -> HttpResponse:
    """One place up or down."""
    if way not in ("up", "down"):
        raise Http404
    PipelineStage.move(pk=_own(request, key).pk, up=way == "up")
    return go(request, "partners:stages")


@can("manage")
@transaction.atomic
def stage_retirement(request: HttpRequest, key: str) -> HttpResponse:
    """Nobody is put here any more; its partners go to another stage."""
    found = _own(request, key)
    if found.is_first:
        raise Http404
    form = RetireForm(request.POST or None, stage=found)
    if request.method == "POST" and form.is_valid():
        there = form.cleaned_data["replacement"]
        moved = Organization.objects.filter(stage=found.key)
        change = BulkChange.apply(field="stage", value=there, organizations=moved, by=request.user)
        found.retire()
        undo = reverse("partners:stage_restoration", args=[found.key, change.pk])
        toast(request, f"{found} is retired; {len(change.before)} partners are {step_of(there).name} now.", undo)
        return go(request, "partners:stages")
    return form_page(request, form, title=f"Retire {found}", back=reverse("partners:stages"), **IN_SETTINGS)


@can("manage")
@require_POST
@transaction.atomic
def stage_restoration(request: HttpRequest, key: str, bulk: int) -> HttpResponse:
    """A retired stage stands again, with the partners that were in it."""
    found = get_object_or_404(PipelineStage.objects.exclude(retired_at=None), key=key)
    found.restore()
    change = BulkChange.objects.filter(pk=bulk, field="stage", undone_at=None).first()
    back = change.undo() if change else 0
    toast(request, f"{found} is a stage again, with {back} partners.")
    return redirect("partners:stages")


def _rows() -> list[PipelineStage]:
    """As they stand, without making rows: looking changes nothing."""
    return list(PipelineStage.objects.all()) or PipelineStage.first()


def _own(request: HttpRequest, key: str) -> PipelineStage:
    """A stage by its key; 404 for a retired one or none. Rows are made when somebody acts, not when one looks."""
    rows = PipelineStage.own() if request.method == "POST" else _rows()
    found = next((row for row in rows if row.key == key and row.retired_at is None), None)
    if found is None:
        raise Http404
    return found


def _only_named(request: HttpRequest) -> bool:
    """Is a stage named that wants a reason, by a form that has no field for one?"""
    asked = request.POST.get("stage", "")
    return bool(asked) and "stage_reason" not in request.POST and step_of(asked).asks_reason
