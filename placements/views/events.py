"""Group events: list, page, roster, roll."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from placements.forms.events import CancelForm, EventForm, PartnerForm, RollForm, RosterForm
from placements.lists import EventList, StudentList
from placements.models import Event, Student
from placements.models.events import Full
from wbl.accounts.access import can
from wbl.history.page import Trail
from wbl.saved.lists import listing_for
from wbl.web import fragment, toast
from wbl.web.exports import export_list

TRAIL = Trail(Event)  # without its roster: whose names one may see differs


def one(pk: int) -> Event:
    return get_object_or_404(Event.objects.select_related("organization", "contact", "school", "rolled_by"), pk=pk)


def seen_roster(request: HttpRequest, event: Event) -> Any:
    """The rows of the roster that this member may see: staff, those of their schools; viewers none."""
    if not request.can.students:  # type: ignore[attr-defined]
        return event.roster.none()  # type: ignore[attr-defined]
    rows = event.roster.seen_by(request.membership)  # type: ignore[attr-defined]
    return rows.select_related("student", "school")


@can("view")
def event_list(request: HttpRequest) -> HttpResponseBase:
    listing, views = listing_for(request, EventList)
    if views.opens_with:
        return redirect(views.opens_with)
    rows = Event.objects.with_counts().select_related("organization", "school")
    context = {"list": listing, "page": listing.page(rows), "views": views}
    return fragment(request, "placements/events.html", "rows", context)


@can("view")
def event_export(request: HttpRequest, form: str) -> HttpResponseBase:
    rows = Event.objects.with_counts().select_related("organization", "school")
    return export_list("events", listing_for(request, EventList)[0], rows, form)


@can("view")
def detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    event = one(pk)
    rows = list(seen_roster(request, event))
    context = {
        "event": event,
        "rows": rows,
        "total": event.roster.count(),  # type: ignore[attr-defined]
        "came": sum(bool(row.attended) for row in rows),
        "today": request.district.today(),  # type: ignore[attr-defined]
    }
    return render(request, "placements/event.html", context)


@can("students")
def sheet(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The roster to print: names, schools, a box and a line for the signature."""
    event = one(pk)
    return render(request, "placements/sheet.html", {"event": event, "rows": seen_roster(request, event)})


@can("edit")
def new(request: HttpRequest) -> HttpResponseBase:
    """Which partner first: who comes is one of its people."""
    which = PartnerForm({**request.GET.dict(), **request.POST.dict()} or None)
    if not which.is_valid():
        return render(request, "placements/event_partner.html", {"form": which})
    event = Event(organization=which.cleaned_data["partner"])
    form = EventForm(request.POST or None, instance=event, asking=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "The event is set. Now choose the students.")
        return redirect("placements:roster", event.pk)
    return render(request, "placements/event_form.html", {"form": form, "event": event})


@can("edit")
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    event = one(pk)
    form = EventForm(request.POST or None, instance=event)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved.")
        return redirect(event)
    return render(request, "placements/event_form.html", {"form": form, "event": event})


@can("log")
def roster(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Choose students among those not on the roster yet."""
    event = one(pk)
    free = Student.objects.seen_by(request.membership).enrolled().exclude(roster__event=event)  # type: ignore[attr-defined]
    form = RosterForm(request.POST or None, students=free)
    if request.method == "POST" and form.is_valid():
        try:
            added = event.add(students=form.cleaned_data["students"])
        except Full as full:
            form.add_error(None, str(full))
        else:
            toast(request, f"{added} on the roster.")
            return redirect(event)
    listing = StudentList(request.GET)
    rows = listing.select(free.select_related("school"))[:300]
    context = {"event": event, "form": form, "list": listing, "students": rows}
    return render(request, "placements/roster.html", context)


@can("log")
@require_POST
def roster_remove(request: HttpRequest, pk: int, row: int) -> HttpResponseBase:
    event = one(pk)
    found = get_object_or_404(seen_roster(request, event), pk=row)
    found.delete()
    toast(request, f"{found.student} is off the roster.")
    return redirect(event)


@can("log")
@require_POST
def roll(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who came, among the rows this member sees."""
    event = one(pk)
    rows = seen_roster(request, event)
    form = RollForm(request.POST, rows=rows)
    if rows and form.is_valid() and event.day <= request.district.today() and not event.cancelled_at:  # type: ignore[attr-defined]
        came = {row.pk for row in form.cleaned_data["attended"]}
        event.call_roll(attended=came, among=rows, by=request.user)
        toast(request, f"{len(came)} came.")
    else:
        toast(request, "The roll is called on the day, of students who stand on the roster.")
    return redirect(event)


@can("edit")
def cancel(request: HttpRequest, pk: int) -> HttpResponseBase:
    event, form = one(pk), CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and not event.cancelled_at:
        event.cancel(reason=form.cleaned_data["reason"], by=request.user)
        toast(request, "Cancelled.", reverse("placements:event_restore", args=[pk]))
        return redirect(event)
    return render(request, "placements/event_cancel.html", {"event": event, "form": form})


@can("edit")
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponseBase:
    event = one(pk)
    event.restore()
    toast(request, "It takes place.")
    return redirect(event)


@can("view")
def changes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who changed what of this event."""
    return TRAIL.page(request, one(pk))
