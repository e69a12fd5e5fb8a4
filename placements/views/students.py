"""Students: list, card, page."""

from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render

from placements.forms.fields import StudentField
from placements.forms.students import StudentForm
from placements.lists import StudentList
from placements.models import Student
from wbl.accounts.access import can
from wbl.history.page import Trail
from wbl.saved.lists import listing_for
from wbl.web import fragment, toast
from wbl.web.exports import export_list

TRAIL = Trail(Student)


def seen(request: HttpRequest) -> Any:
    return Student.objects.seen_by(request.membership).select_related("school", "pathway")  # type: ignore[attr-defined]


def _rows(request: HttpRequest) -> Any:
    counts = {"placement_count": Count("placements", distinct=True), "event_count": Count("roster", distinct=True)}
    return seen(request).annotate(**counts)


@can("students")
def student_list(request: HttpRequest) -> HttpResponseBase:
    listing, views = listing_for(request, StudentList)
    if views.opens_with:
        return redirect(views.opens_with)
    context = {"list": listing, "page": listing.page(_rows(request)), "views": views}
    return fragment(request, "placements/students.html", "rows", context)


@can("students")
def student_export(request: HttpRequest, form: str) -> HttpResponseBase:
    return export_list("students", listing_for(request, StudentList)[0], _rows(request), form)


@can("edit")
def names(request: HttpRequest) -> HttpResponseBase:
    """Names for the field in which a student is typed (placements.forms.fields)."""
    field = StudentField()
    field.membership = request.membership  # type: ignore[attr-defined]
    found = field.candidates(request.GET.get(request.GET.get("field", "student"), ""))
    return render(request, "components/names.html", {"labels": field.labels(found)})


@can("students")
def detail(request: HttpRequest, pk: int) -> HttpResponseBase:
    student = get_object_or_404(seen(request), pk=pk)
    context = {
        "student": student,
        "placements": student.placements.with_hours().select_related("organization", "school"),
        "roster": student.roster.select_related("event__organization").order_by("-event__day"),
    }
    return render(request, "placements/student.html", context)


@can("edit")
def new(request: HttpRequest) -> HttpResponseBase:
    form = StudentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        student = form.save()
        toast(request, f"{student} is on the list.")
        return redirect(student)
    return render(request, "placements/student_form.html", {"form": form})


@can("edit")
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    student = get_object_or_404(seen(request), pk=pk)
    form = StudentForm(request.POST or None, instance=student)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved.")
        return redirect(student)
    return render(request, "placements/student_form.html", {"form": form, "student": student})


@can("log")
def changes(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who changed what of this student; birth dates stand in it, so it is for whoever sees the card."""
    return TRAIL.page(request, get_object_or_404(seen(request), pk=pk))
