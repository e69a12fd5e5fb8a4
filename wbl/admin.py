"""The admin of one district, at /<district>/admin/: asks the membership, not `is_staff`."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class DistrictAdminSite(admin.AdminSite):
    site_header = "Work-based learning"
    index_title = "Set up the district"
    site_url = None  # the index links back to the workspace itself
    enable_nav_sidebar = True
    final_catch_all_view = False

    def has_permission(self, request: HttpRequest) -> bool:
        """True for whoever manages the open district; AccessMiddleware answers 404 and 403 before."""
        can = getattr(request, "can", None)
        return bool(can and can.manage)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().each_context(request)
        if request.district:  # type: ignore[attr-defined]
            context["site_header"] = context["site_title"] = request.district.name  # type: ignore[attr-defined]
        return context


class DistrictAdmin(admin.ModelAdmin):
    """Rows of the open district. Changes are in our own walled history, so Django's LogEntry is not written."""

    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return admin.site.has_permission(request)

    has_view_permission = has_change_permission = has_delete_permission = lambda self, request, obj=None: (
        admin.site.has_permission(request)
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.site.has_permission(request)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The trigger has written it."""

    log_change = log_addition  # type: ignore[assignment]

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:
        """The trigger has written them."""
