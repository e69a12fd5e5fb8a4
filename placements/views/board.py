"""Placements by what they wait for, and the list of all."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from placements.board import lanes
from placements.lists import PlacementList
from placements.models import Event, Placement
from wbl.accounts.access import can
from wbl.saved.lists import listing_for
from wbl.web import fragment
from wbl.web.exports import export_list


@can("students")
def board(request: HttpRequest) -> HttpResponseBase:
    """Each status with its placements, the longest waiting first; what comes next to the side."""
    today = request.district.today()  # type: ignore[attr-defined]
    context = {
        "lanes": lanes(request.membership),  # type: ignore[attr-defined]
        "events": Event.objects.coming(today).select_related("organization").with_counts()[:5],
    }
    return render(request, "placements/board.html", context)


def _rows(request: HttpRequest) -> Any:
    rows = Placement.objects.seen_by(request.membership).with_hours()  # type: ignore[attr-defined]
    return rows.select_related("student", "organization", "school")


@can("students")
def placement_list(request: HttpRequest) -> HttpResponseBase:
    listing, views = listing_for(request, PlacementList)
    if views.opens_with:
        return redirect(views.opens_with)
    context = {"list": listing, "page": listing.page(_rows(request)), "views": views}
    return fragment(request, "placements/list.html", "rows", context)


@can("students")
def placement_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as shown, as CSV or XLSX."""
    listing, _views = listing_for(request, PlacementList)
    return export_list("placements", listing, _rows(request), form)
