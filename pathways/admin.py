"""Pathways in the district's admin."""

from django.contrib import admin

from pathways.models import Pathway, PathwayOccupation, Step, Tie
from wbl.admin import DistrictAdmin


class StepInline(admin.StackedInline):
    """Names alone: the order is changed in the workspace, beside the map."""

    model = Step
    extra = 0
    fields = ("grade", "name", "kind")

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False


class OccupationInline(admin.StackedInline):
    model = PathwayOccupation
    extra = 0
    fields = ("title", "soc", "wage", "openings", "source", "source_url")


class TieInline(admin.StackedInline):
    model = Tie
    extra = 0
    raw_id_fields = ("organization",)


@admin.register(Pathway)
class PathwayAdmin(DistrictAdmin):
    list_display = ("name", "cluster", "students", "finishers", "published_at", "archived_at")
    list_filter = ("cluster",)
    search_fields = ("name",)
    inlines = (StepInline, OccupationInline, TieInline)
