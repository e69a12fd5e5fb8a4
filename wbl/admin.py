"""The admin of one district, at /<district>/admin/: asks the membership, not `is_staff`."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.decorators import method_decorator

from wbl.accounts.models import Membership, User
from wbl.history.reading import History
from wbl.tenancy.base import DistrictModel
from wbl.web.urls import outside


class DistrictAdminSite(admin.AdminSite):
    site_header = "Work-based learning"
    index_title = "All rows (admin)"
    site_url = None  # the index links back to the workspace itself
    enable_nav_sidebar = True
    final_catch_all_view = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Tenant tables alone: people, their addresses, second factors and sessions are no district's to see or edit.

        So what other packages register (allauth's EmailAddress, Authenticator …) stays out.
        """
        models = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        if own := [m for m in models if issubclass(m, DistrictModel)]:
            super().register(own, admin_class, **options)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """One door: ours has second factors and limits."""
        if self.has_permission(request):
            return HttpResponseRedirect(reverse("admin:index"))
        return redirect_to_login(reverse("admin:index"), settings.LOGIN_URL)

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(outside("account_logout"))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return HttpResponseRedirect(outside("account_change_password"))

    password_change_done = password_change  # type: ignore[assignment]

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

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """People are chosen among the district's own members: the table of users is everybody's."""
        if db_field.related_model is User:
            kwargs["queryset"] = User.objects.filter(
                memberships__in=Membership.objects.of_district().filter(ended_at=None)
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Who changed what of a row, from our own history."""
        row = self.get_object(request, object_id)
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        lines = History(row, ()).lines()
        context = {**self.admin_site.each_context(request), "title": f"History of {row}", "object": row, "lines": lines}
        return TemplateResponse(request, "admin/object_history.html", {**context, "opts": self.opts})

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The trigger has written it."""

    log_change = log_addition  # type: ignore[assignment]

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:
        """The trigger has written them."""
