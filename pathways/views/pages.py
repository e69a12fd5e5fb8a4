"""Pathways to look at: the list, the map, the seats behind a number, the region's pathways."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from pathways import coverage, versions
from pathways.forms import PathwayForm
from pathways.models import Pathway
from pathways.words import drawn
from wbl.accounts.access import can
from wbl.continuum.models import levels
from wbl.continuum.types import Level
from wbl.history.page import Trail
from wbl.web import form_page, go, toast
from wbl.web.shelving import shelf_views

TRAIL = Trail(Pathway, "steps", "services", "occupations", "ties")


@can("view")
def pathway_list(request: HttpRequest) -> HttpResponse:
    """All pathways with what each has, and where students have nowhere to go."""
    pathways = list(Pathway.objects.present().prefetch_related("steps", "occupations", "adoption__region"))
    lines = coverage.table(pathways)
    context: dict[str, Any] = {"pathways": pathways, "lines": lines, "gaps": coverage.gaps(lines)}
    context |= {"levels": Level.labels, "is_region": versions.is_region()}
    if context["is_region"]:
        shared = versions.shared_here()
        for pathway in pathways:
            pathway.shared = shared.get(str(pathway.pk))  # type: ignore[attr-defined]
    return render(request, "pathways/list.html", context | _region(pathways))


def _region(pathways: list[Pathway]) -> dict[str, Any]:
    """What the region shares: not adopted yet, and in a later version than ours."""
    shared = versions.from_regions()
    ours: dict[Any, Pathway] = {(p.adoption.region_id, p.adoption.key): p for p in pathways if hasattr(p, "adoption")}
    newer = [(ours[s.district_id, s.key], s) for s in shared if (s.district_id, s.key) in ours]
    return {
        "offered": [s for s in shared if (s.district_id, s.key) not in ours],
        "newer": [(mine, theirs) for mine, theirs in newer if theirs.version > mine.adoption.version],
    }


@can("view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The map, its list, coverage, occupations and partners of one pathway."""
    pathway = get_object_or_404(Pathway.objects.drawn().select_related("published_by"), pk=pk)
    lines = coverage.table(list(Pathway.objects.present()))
    context = {
        "pathway": pathway,
        "map": drawn(pathway),
        "lines": lines,
        "gaps": coverage.gaps(lines),
        "levels": Level.labels,
        "adoption": _adoption(pathway),
        "is_region": versions.is_region(),
    }
    return render(request, "pathways/detail.html", context | _shared(pathway))


def _shared(pathway: Pathway) -> dict[str, Any]:
    """In a region: the version its districts see, and whether the pathway has changed since."""
    shared = versions.shared_here().get(str(pathway.pk)) if versions.is_region() else None
    return {"shared": shared, "moved_on": shared is not None and shared.body != versions.body_of(pathway)}


def _adoption(pathway: Pathway) -> dict[str, Any] | None:
    adoption = getattr(pathway, "adoption", None)
    if adoption is None:
        return None
    newest = versions.newest_of(adoption)
    return {"row": adoption, "newest": newest if newest and newest.version > adoption.version else None}


@can("view")
def seats(request: HttpRequest, pk: int, level: str) -> HttpResponse:
    """The offers behind one number of the coverage table."""
    pathway = get_object_or_404(Pathway, pk=pk)
    if level not in Level.values:
        raise Http404
    level_of = levels()
    offers = [o for o in coverage.offers_of([pathway])[pathway.pk] if level_of[o.type] == level]
    rows = [(offer, coverage.seats_of(offer)) for offer in offers]
    context = {"pathway": pathway, "level": Level(level), "rows": rows, "total": sum(n for _o, n in rows)}
    return render(request, "pathways/seats.html", context)


@can("edit")
def new(request: HttpRequest) -> HttpResponse:
    form = PathwayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pathway = form.save()
        toast(request, f"{pathway} is there. Now lay its steps.")
        return go(request, "pathways:edit", pathway.pk)
    place = ("pathways:list", "Pathways")
    return form_page(request, form, title="New pathway", place=place, back=reverse(place[0]), action="Make the pathway")


@can("edit")
@require_POST
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the pathway to everyone."""
    pathway = get_object_or_404(Pathway.objects.present(), pk=pk)
    pathway.publish(by=request.user)
    toast(request, f"{pathway} is on the public pages.", reverse("pathways:withdrawal", args=[pk]))
    return go(request, pathway)


@can("edit")
@require_POST
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it off the public pages."""
    pathway = get_object_or_404(Pathway, pk=pk)
    pathway.withdraw()
    toast(request, f"{pathway} is no longer public.", reverse("pathways:publication", args=[pk]))
    return go(request, pathway)


archive, restore = shelf_views(Pathway, "pathways")


@can("edit")
@require_POST
def sharing(request: HttpRequest, pk: int) -> HttpResponse:
    """A region publishes the pathway to its districts, as the next version."""
    if not versions.is_region():
        raise Http404
    pathway = get_object_or_404(Pathway.objects.present().drawn(), pk=pk)
    shared = versions.share(pathway)
    toast(request, f"Your districts see version {shared.version}.")
    return go(request, pathway)


@can("edit")
@require_POST
def adoption(request: HttpRequest, publication: int) -> HttpResponse:
    """Copy a pathway of the region into own rows."""
    shared = versions.publication(publication)
    if shared is None:
        raise Http404
    pathway = versions.adopt(shared, by=request.user)
    toast(request, f"{pathway} is yours, from version {shared.version} of the region.")
    return go(request, pathway)


@can("view", post="edit")
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """What the region's later version would change; POST takes it over."""
    pathway = get_object_or_404(Pathway.objects.drawn().exclude(adoption=None), pk=pk)
    newest = versions.newest_of(pathway.adoption)
    if newest is None:
        raise Http404
    if request.method == "POST":
        versions.take_over(pathway.adoption, newest, by=request.user)
        toast(request, f"{pathway} is at the region’s version {newest.version}.")
        return go(request, pathway)
    context = {"pathway": pathway, "newest": newest, "differences": versions.differences(pathway, newest)}
    return render(request, "pathways/update.html", context)


@can("view")
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what of this pathway and its parts."""
    return TRAIL.page(request, get_object_or_404(Pathway, pk=pk))
