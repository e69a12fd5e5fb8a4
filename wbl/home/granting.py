"""Giving a partner's contact the portal, and taking it back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partners.models import Contact, PartnerAccess
from wbl.accounts.access import can
from wbl.accounts.models import User
from wbl.mail.models import Message
from wbl.tenancy.scope import absolute, current_district, outside_districts
from wbl.web import toast


@can("edit")
@require_POST
def grant(request: HttpRequest, contact: int) -> HttpResponse:
    """From the partner's page: this contact may sign in, and is mailed how."""
    person = get_object_or_404(Contact.objects.current().select_related("organization"), pk=contact)
    try:
        give(contact=person, by=request.user)  # type: ignore[arg-type]
    except ValidationError as refused:
        toast(request, " ".join(refused.messages))
    else:
        toast(request, f"{person} may use the portal now, and is mailed how.", _undo(person))
    return redirect(person)


def _undo(person: Contact) -> str:
    return reverse("home:portal_revoke", args=[person.pk])


@can("edit")
@require_POST
def revoke(request: HttpRequest, contact: int) -> HttpResponse:
    """The contact may no longer see the portal of this organization."""
    person = get_object_or_404(Contact, pk=contact)
    for access in PartnerAccess.objects.of_district().filter(contact_id=person.pk, ended_at=None):
        access.end()
    toast(request, f"{person} can no longer open the portal.")
    return redirect(person)


@transaction.atomic
def give(*, contact: Contact, by: User) -> PartnerAccess:
    """Grant the portal; who did not have it is mailed how to sign in. Raises ValidationError without an address."""
    had = PartnerAccess.objects.of_district().filter(contact_id=contact.pk, ended_at=None).exists()
    access = PartnerAccess.grant(contact=contact)
    if not had:
        with translation.override(contact.language):
            Message.write(
                kind="partners.portal_access",
                record=contact,
                recipient=contact,
                subject=_("Your page at %(district)s") % {"district": current_district().name},
                body=_letter(contact, by),
                by=by,
                step=f"{timezone.now():%Y%m%d%H%M%S}",
            )
    return access


def _letter(contact: Contact, by: User) -> str:
    with outside_districts():
        address = absolute(reverse("account_request_login_code"))
    context = {"contact": contact, "address": address, "by": by, "district": current_district()}
    return render_to_string("portal/access.txt", context)
