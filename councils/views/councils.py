"""Councils and their seats."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from councils import charts
from councils.decisions import DecisionList
from councils.forms import CouncilForm, SeatForm
from councils.models import Council, Meeting, Seat
from wbl.accounts.access import can
from wbl.history.page import Trail
from wbl.web import form_page, go, toast
from wbl.web.exports import export_list
from wbl.web.responses import go_back
from wbl.web.shelving import shelf_views

TRAIL = Trail(Council, "seats", "recommendations")


@can("view")
def council_list(request: HttpRequest) -> HttpResponse:
    """Every council with its year and its members."""
    today = request.district.today()  # type: ignore[attr-defined]
    councils = Council.objects.present().with_seats().with_year(today)
    rows = [_summary(council) for council in councils]
    return render(request, "councils/list.html", {"rows": rows, "today": today})


@can("view")
def decisions(request: HttpRequest) -> HttpResponse:
    """What was decided in a school year, over all councils."""
    listing = DecisionList(request.GET)
    context = {"list": listing, "page": listing.page(listing.rows())}
    return render(request, "councils/decisions.html", context)


@can("view")
def decisions_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list as shown, as CSV or XLSX."""
    listing = DecisionList(request.GET)
    return export_list("decisions", listing, listing.rows(), form)


def _summary(council: Any) -> dict[str, Any]:
    members = sum(1 for seat in council.current_seats if seat.contact_id)
    return {
        "council": council,
        "members": members,
        "vacant": len(council.current_seats) - members,
        "below": members < council.minimum_members,
        "cadence": charts.cadence_of(council, timezone.now()),
    }


@can("view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One council: its seats, who is missing, its meetings, what it recommended."""
    today = request.district.today()  # type: ignore[attr-defined]
    council = get_object_or_404(
        Council.objects.with_seats().with_year(today).prefetch_related("pathway_ties__pathway"), pk=pk
    )
    meetings = list(Meeting.objects.filter(council=council).order_by("-starts_at")[:40])
    served = [tie.pathway for tie in council.pathway_ties.all()]
    context = {
        **_summary(council),
        "today": today,
        "served": served,
        "coming": [m for m in meetings if m.state == "open"][::-1],
        "past": [m for m in meetings if m.state != "open"],
        "composition": charts.composition(council.current_seats, served),
        "recommendations": council.recommendations.select_related("contact", "council", "meeting").order_by("-number"),
    }
    return render(request, "councils/detail.html", context)


@can("edit")
def new(request: HttpRequest) -> HttpResponse:
    form = CouncilForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        council = form.save()
        toast(request, f"{council} is there. Now name its members.")
        return go(request, council)
    return _form(request, form, title="New council", back=reverse("councils:list"), action="Make the council")


@can("edit")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    council = get_object_or_404(Council.objects.prefetch_related("pathway_ties"), pk=pk)
    form = CouncilForm(request.POST or None, instance=council)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved.")
        return go(request, council)
    back = council.get_absolute_url()
    return _form(
        request, form, title=str(council), back=back, crumb=council, away=[("Archive", "councils:archive", pk)]
    )


archive, restore = shelf_views(Council, "councils")


@can("edit")
def seat_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A seat of a council, filled or vacant."""
    council = get_object_or_404(Council, pk=pk)
    return _seat(request, Seat(council=council), title=f"New seat on the {council}")


@can("edit")
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    """Who holds a seat, and for how long."""
    found = get_object_or_404(Seat.objects.current().select_related("council", "contact__organization"), pk=pk)
    away = [("Leaves the council", "councils:seat_vacancy", pk)] if found.contact_id else []
    return _seat(request, found, title=f"Seat: {found}", away=[*away, ("End the seat", "councils:seat_end", pk)])


def _seat(request: HttpRequest, instance: Seat, *, title: str, away: Any = ()) -> HttpResponse:
    form = SeatForm(request.POST or None, instance=instance)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, f"{form.instance} is on the council." if form.instance.contact_id else "The seat is vacant.")
        return go_back(request, instance.council)
    back = instance.council.get_absolute_url()
    return _form(request, form, title=title, back=back, crumb=instance.council, away=away)


@can("edit")
@require_POST
def seat_vacancy(request: HttpRequest, pk: int) -> HttpResponse:
    """The holder leaves; a vacant seat stays."""
    found = get_object_or_404(Seat.objects.filled().select_related("council", "contact"), pk=pk)
    found.vacate()
    toast(request, f"{found} has left the council.", reverse("councils:seat_return", args=[pk]))
    return go(request, found.council)


@can("edit")
@require_POST
def seat_end(request: HttpRequest, pk: int) -> HttpResponse:
    """The seat itself goes."""
    found = get_object_or_404(Seat.objects.current().select_related("council", "contact"), pk=pk)
    found.end()
    toast(request, "The seat is gone.", reverse("councils:seat_return", args=[pk]))
    return go(request, found.council)


@can("edit")
@require_POST
def seat_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back that a seat was vacated or ended."""
    found = get_object_or_404(Seat.objects.exclude(ended_on=None).select_related("council", "contact"), pk=pk)
    found.come_back()
    toast(request, f"{found} is on the council again." if found.contact_id else "The seat is there again.")
    return go(request, found.council)


def _form(request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
    return form_page(request, form, place=("councils:list", "Councils"), **context)


@can("view")
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what of this council, its seats and recommendations."""
    return TRAIL.page(request, get_object_or_404(Council, pk=pk))
