"""Sign-in and membership, asked before any view runs: default deny, opened by name (wbl.accounts.access)."""

from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from wbl.accounts.access import SAFE, Access
from wbl.accounts.models import CAPABILITIES, Can, Membership, OperatorEntry, Role
from wbl.tenancy.prepared import Given, Prepared
from wbl.tenancy.scope import acting

MEMBERSHIPS = Prepared(lambda: Membership.objects.of_user(Given("user")))
MEMBER = Access("member", "manage", "manage")  # what carries no mark: Django's admin


class AccessMiddleware(LoginRequiredMiddleware):
    """Anonymous: sign-in (htmx: 401). Signed in without membership: 404. Member without the capability: 403."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.membership = None  # type: ignore[attr-defined]
        request.can = Can()  # type: ignore[attr-defined]
        if "_auth_user_id" not in request.session:
            return self.get_response(request)  # type: ignore[return-value]
        answer = self._for_somebody(request)
        # a classroom's computer: after signing out, “back” shows nobody what stood there
        answer.headers.setdefault("Cache-Control", "private, no-store")
        return answer

    def _for_somebody(self, request: HttpRequest) -> HttpResponseBase:
        if not request.district:  # type: ignore[attr-defined]
            return self.get_response(request)  # type: ignore[return-value]
        with acting(request.user.pk):
            return self.get_response(request)  # type: ignore[return-value]

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: Any
    ) -> HttpResponseBase | None:
        access: Access = getattr(view_func, "access", MEMBER)
        district = request.district  # type: ignore[attr-defined]
        if district and request.user.is_authenticated:
            self._enter(request)
        if (refused := super().process_view(request, view_func, view_args, view_kwargs)) is not None:
            return refused
        if not district or access.kind != "member" or not getattr(view_func, "login_required", True):
            return None
        if request.membership is None:  # type: ignore[attr-defined]
            raise Http404
        if not getattr(request.can, access.get if request.method in SAFE else access.post):  # type: ignore[attr-defined]
            raise PermissionDenied
        translation.activate(settings.LANGUAGE_CODE)  # the workspace is in English, whatever the browser prefers
        return None

    def get_login_url(self, view_func: Any) -> str:
        """One door, for Django's admin too."""
        return settings.LOGIN_URL

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> HttpResponseBase:
        if getattr(request, "htmx", False):
            return HttpResponse("Sign in to go on.", status=401, content_type="text/plain")
        return super().handle_no_permission(request, view_func)

    def _enter(self, request: HttpRequest) -> None:
        """Find what this person is here: a member, or an operator who came in with a reason."""
        district: Any = request.district  # type: ignore[attr-defined]
        everywhere = MEMBERSHIPS(user=request.user.pk)
        request.memberships = everywhere  # type: ignore[attr-defined]
        membership = next((m for m in everywhere if m.district_id == district.pk), None)
        if membership is None and request.user.is_operator and request.session.get("operator_in") == district.pk:  # type: ignore[union-attr]
            entry = OperatorEntry.objects.filter(operator=request.user, left_at=None, until__gt=timezone.now()).first()
            if entry:
                membership = Membership(user=request.user, district=district, role=Role.ADMIN)
                request.operator_entry = entry  # type: ignore[attr-defined]
        if membership:
            membership.district = district
            request.membership = membership  # type: ignore[attr-defined]
            request.can = Can(CAPABILITIES[membership.role])  # type: ignore[attr-defined]
