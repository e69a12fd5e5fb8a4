"""The portal: a person who acts for an organization, by PartnerAccess."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from partners.models import Contact, Organization, PartnerAccess
from wbl.accounts.access import Access

View = Callable[..., Any]


def portal(view: View) -> View:
    """A view at /<district>/portal/<organization>/…: signed in, with access to this organization; anybody else 404.

    It gets `request.organization` and `request.contact` (None if the contact is gone).
    """

    @wraps(view)
    def opened(request: HttpRequest, organization: int, *args: Any, **kwargs: Any) -> Any:
        access = (
            PartnerAccess.objects.of_user(request.user)
            .filter(district=request.district, organization_id=organization)
            .first()
        )  # type: ignore[attr-defined]
        if access is None:
            raise Http404
        request.organization = get_object_or_404(Organization.objects.present(), pk=organization)  # type: ignore[attr-defined]
        request.contact = Contact.objects.filter(pk=access.contact_id).first()  # type: ignore[attr-defined]
        return view(request, *args, **kwargs)

    opened.access = Access("portal")  # type: ignore[attr-defined]
    return opened
