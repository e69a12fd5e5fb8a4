"""Students, placements, hours and events in the district's admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from placements.models import Event, HoursEntry, Placement, PlacementStep, RosterRow, Student
from wbl.admin import DistrictAdmin


@admin.register(Student)
class StudentAdmin(DistrictAdmin):
    list_display = ("name", "school", "grade", "graduation_year", "pathway", "concentrator", "left_on")
    list_filter = ("school", "grade", "concentrator")
    list_select_related = ("school", "pathway")
    search_fields = ("name", "goes_by")


class StepInline(admin.StackedInline):
    model = PlacementStep
    extra = 0
    fields = ("step", "at", "note")
    readonly_fields = ("at",)


class HoursInline(admin.StackedInline):
    model = HoursEntry
    extra = 0
    fields = ("date", "hours", "begins", "ends", "note")


@admin.register(Placement)
class PlacementAdmin(DistrictAdmin):
    list_display = ("student", "organization", "type", "status", "school", "starts", "ends", "ended_on")
    list_filter = ("status", "type", "school")
    list_select_related = ("student", "organization", "school")
    search_fields = ("student__name", "organization__name")
    raw_id_fields = ("student", "organization", "site", "supervisor")
    readonly_fields = ("status", "status_since", "school", "grade", "ended_on", "ended_by", "ended_reason")
    inlines = (StepInline, HoursInline)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Steps may have been ticked here: the status follows them."""
        super().save_related(request, form, formsets, change)
        form.instance.follow_steps()


class RosterInline(admin.StackedInline):
    model = RosterRow
    extra = 0
    fields = ("student", "school", "attended")
    raw_id_fields = ("student",)


@admin.register(Event)
class EventAdmin(DistrictAdmin):
    list_display = ("headline", "organization", "day", "begins", "school", "seats", "rolled_at", "cancelled_at")
    list_filter = ("type", "school")
    list_select_related = ("organization", "school")
    search_fields = ("title", "organization__name")
    raw_id_fields = ("organization", "contact")
    inlines = (RosterInline,)
