"""Laying a pathway: its facts, and parts of eight kinds that are all added, changed and removed alike."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathways.forms import PARTS, MoveForm, Part, PathwayForm
from pathways.models import Pathway, Step
from pathways.words import drawn
from wbl.accounts.access import can
from wbl.web import form_page, go, toast
from wbl.web.responses import is_htmx


@can("edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """All parts of a pathway on one page, beside the map as it is now."""
    pathway = get_object_or_404(Pathway.objects.drawn(), pk=pk)
    sections = [(part, list(part.rows(pathway)), _ready(part, pathway)) for part in PARTS.values()]
    return render(request, "pathways/edit.html", {"pathway": pathway, "sections": sections, "map": drawn(pathway)})


def _ready(part: Part, pathway: Pathway) -> str:
    """What must be there first, in words; nothing when it is."""
    if part.key == "exits" and not (pathway.steps.all() and pathway.occupations.all()):
        return "Add steps and occupations first."
    return "Add a step first." if part.needs == "steps" and not pathway.steps.all() else ""


@can("edit")
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, cluster, description, numbers and their source."""
    pathway = get_object_or_404(Pathway, pk=pk)
    form = PathwayForm(request.POST or None, instance=pathway)
    if request.method == "POST" and form.is_valid():
        form.save()
        return go(request, "pathways:edit", pk)
    return _form(request, form, title=pathway.name, pathway=pathway)


@can("edit")
def part_new(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """One more part of this kind."""
    part, pathway = _part(kind), get_object_or_404(Pathway, pk=pk)
    form = part.form(request.POST or None, pathway=pathway, initial={"step": request.GET.get("step")})
    if request.method == "POST" and form.is_valid():
        form.save()
        return _back(request, pathway, kind)
    return _form(request, form, title=f"New: {part.one.lower()}", pathway=pathway, action="Add")


@can("edit")
def part(request: HttpRequest, pk: int, kind: str, part: int) -> HttpResponse:
    """Change a part."""
    found, pathway = _part(kind), get_object_or_404(Pathway, pk=pk)
    form = found.form(request.POST or None, pathway=pathway, instance=get_object_or_404(found.rows(pathway), pk=part))
    if request.method == "POST" and form.is_valid():
        form.save()
        return _back(request, pathway, kind)
    remove = reverse("pathways:part_removal", args=[pk, kind, part])
    return _form(request, form, title=found.one, pathway=pathway, remove=remove)


@can("edit")
@require_POST
def part_removal(request: HttpRequest, pk: int, kind: str, part: int) -> HttpResponse:
    """Take a part off; what hangs on a step goes with it."""
    found, pathway = _part(kind), get_object_or_404(Pathway, pk=pk)
    row = get_object_or_404(found.rows(pathway), pk=part)
    row.delete()
    toast(request, f"{row} is off the pathway.")
    return _back(request, pathway, kind)


@can("edit")
@require_POST
def step_place(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """Move a step along the line."""
    found, form = get_object_or_404(Step, pk=step, pathway=pk), MoveForm(request.POST)
    if form.is_valid():
        found.move(by=form.cleaned_data["by"])
    return go(request, reverse("pathways:edit", args=[pk]) + "#steps")


def _part(kind: str) -> Part:
    """Raises Http404."""
    if kind not in PARTS:
        raise Http404
    return PARTS[kind]


def _back(request: HttpRequest, pathway: Pathway, kind: str) -> HttpResponse:
    """To the part's section of the editor. A dialog on that page has it loaded anew: a fragment alone loads nothing."""
    if is_htmx(request):
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return go(request, f"{reverse('pathways:edit', args=[pathway.pk])}#{kind}")


def _form(request: HttpRequest, form: Any, *, pathway: Pathway, **context: Any) -> HttpResponse:
    back, place = reverse("pathways:edit", args=[pathway.pk]), ("pathways:list", "Pathways")
    return form_page(request, form, back=back, crumb=pathway, place=place, **context)
