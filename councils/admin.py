"""Councils in the district's admin."""

from django.contrib import admin

from councils.models import AgendaItem, Council, Meeting, Recommendation, Seat
from wbl.admin import DistrictAdmin


class SeatInline(admin.StackedInline):
    model = Seat
    extra = 0
    fields = ("contact", "organization", "category", "title", "chair", "term_from", "term_to")
    raw_id_fields = ("contact", "organization")


class AgendaInline(admin.StackedInline):
    """Titles and lengths; minutes are written on the meeting's page, where a conflict is seen."""

    model = AgendaItem
    extra = 0
    fields = ("title", "presenter", "minutes_allotted")

    def has_add_permission(self, request: object, obj: object = None) -> bool:
        return False


@admin.register(Council)
class CouncilAdmin(DistrictAdmin):
    list_display = ("name", "kind", "minimum_members", "maximum_members", "meetings_per_year", "archived_at")
    search_fields = ("name",)
    inlines = (SeatInline,)


@admin.register(Meeting)
class MeetingAdmin(DistrictAdmin):
    list_display = ("council", "number", "day", "starts", "place", "closed_at", "approved_at")
    list_filter = ("council",)
    list_select_related = ("council",)
    date_hierarchy = "day"
    inlines = (AgendaInline,)

    def has_add_permission(self, request: object) -> bool:
        """A meeting is called in the workspace, which numbers it and invites."""
        return False


@admin.register(Recommendation)
class RecommendationAdmin(DistrictAdmin):
    list_display = ("label", "text", "purpose", "contact", "state", "state_on")
    list_filter = ("council", "state", "purpose")
    list_select_related = ("council", "contact")
    search_fields = ("text",)

    raw_id_fields = ("contact", "meeting", "item")

    def has_add_permission(self, request: object) -> bool:
        """It takes its number from the council, on the meeting's page."""
        return False
