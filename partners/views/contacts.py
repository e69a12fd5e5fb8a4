"""The people of a partner."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners import onboarding
from partners.forms import ContactForm, MoveForm
from partners.merging.history import joined
from partners.models import Contact, Organization
from wbl.accounts.access import can
from wbl.history.page import Trail
from wbl.web.responses import form_page, go, go_back, toast

TRAIL = Trail(Contact, joined=joined)


@can("log")
def contact_add(request: HttpRequest, organization: int) -> HttpResponse:
    """Add a person; teachers may, for they meet them first."""
    owner = get_object_or_404(Organization, pk=organization)
    form = ContactForm(request.POST or None, instance=Contact(organization=owner))
    if request.method == "POST" and form.is_valid():
        contact = form.save()
        onboarding.look(owner)
        toast(request, f"{contact} is a contact of {owner}.")
        return go_back(request, owner)
    return form_page(request, form, title=f"Add a contact of {owner}", back=owner.get_absolute_url())


@can("edit")
@transaction.atomic
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a person; who saves second sees what the first changed."""
    rows = Contact.objects.select_related("organization").select_for_update(of=("self",))
    found = get_object_or_404(rows, pk=pk)
    form = ContactForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        onboarding.look(found.organization)
        toast(request, f"Saved.{form.kept_in_words}")
        return go(request, found.organization)
    return form_page(request, form, title=found.name, back=found.organization.get_absolute_url())


@can("edit")
@require_POST
def contact_departure(request: HttpRequest, pk: int) -> HttpResponse:
    """The person left the organization (or came back): their history stays where it is."""
    found = get_object_or_404(Contact.objects.select_related("organization"), pk=pk)
    if found.left_on:
        found.come_back()
        toast(request, f"{found} is with {found.organization} again.")
    else:
        found.leave()
        toast(request, f"{found} has left {found.organization}.", reverse("partners:contact_departure", args=[pk]))
    return go_back(request, found.organization)


@can("edit")
def contact_move(request: HttpRequest, pk: int) -> HttpResponse:
    """The person works for another partner now; what passed stays where it was."""
    found = get_object_or_404(Contact.objects.current().select_related("organization"), pk=pk)
    today = request.district.today()  # type: ignore[attr-defined]
    form = MoveForm(request.POST or None, contact=found, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        there = form.save(by=request.user)
        toast(
            request,
            f"{there} is a contact of {there.organization} now.",
            reverse("partners:contact_move_undo", args=[there.pk]),
        )
        return go(request, there.organization)
    return form_page(
        request, form, title=f"{found} moved to another partner", back=found.organization.get_absolute_url()
    )


@can("edit")
@require_POST
def contact_move_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a move back, unless something has passed with the person at the new partner."""
    rows = Contact.objects.exclude(moved_from=None).select_related("organization", "moved_from__organization")
    found = get_object_or_404(rows, pk=pk)
    before = found.moved_from
    if found.undo_move():
        toast(request, f"{before} is with {before.organization} again.")
        return go(request, before.organization)
    toast(request, f"Not undone: calls or mails with {found} stand at {found.organization} already.")
    return go(request, found.organization)


@can("view")
def contact_changes(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what of this person."""
    return TRAIL.page(request, get_object_or_404(Contact.objects.select_related("organization"), pk=pk))
