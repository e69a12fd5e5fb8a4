"""The portal: a person who acts for an organization, by PartnerAccess."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect

from partners.models import Contact, Merge, Organization, PartnerAccess
from wbl.accounts.access import Access

View = Callable[..., Any]


def portal(view: View) -> View:
    """A view at /<district>/portal/<organization>/…: signed in, with access to this organization; anybody else 404.

    It gets `request.organization` and `request.contact`, who is still there: whoever left or was removed, by whatever
    page, comes in no more. (None where access was given to nobody in particular.)
    """

    @wraps(view)
    def opened(request: HttpRequest, organization: int, *args: Any, **kwargs: Any) -> Any:
        access = (
            PartnerAccess.objects.of_user(request.user)
            .filter(district=request.district, organization_id=organization)
            .first()
        )  # type: ignore[attr-defined]
        if access is None:
            return _where_it_went(request, organization, kwargs)
        request.organization = get_object_or_404(Organization.objects.present(), pk=organization)  # type: ignore[attr-defined]
        here = Contact.objects.current().filter(pk=access.contact_id, organization=organization)
        request.contact = get_object_or_404(here) if access.contact_id else None  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    opened.access = Access("portal")  # type: ignore[attr-defined]
    return opened


def _where_it_went(request: HttpRequest, organization: int, kwargs: dict[str, Any]) -> Any:
    """After a merge an old address of the portal leads to the new one, for those who may open that; anybody else 404."""
    now = Merge.now_at("partners.organization", organization)
    mine = PartnerAccess.objects.of_user(request.user).filter(district=request.district, organization_id=now)  # type: ignore[attr-defined]
    if now is None or request.resolver_match is None or not mine.exists():
        raise Http404
    return redirect(request.resolver_match.view_name, **{**kwargs, "organization": now})
