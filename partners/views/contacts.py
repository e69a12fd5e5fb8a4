"""The people of a partner."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners.forms import ContactForm
from partners.models import Contact, Organization
from wbl.accounts.access import can
from wbl.web.responses import fragment, go, toast


@can("log")
def contact_add(request: HttpRequest, organization: int) -> HttpResponse:
    """Add a person; teachers may, for they meet them first."""
    owner = get_object_or_404(Organization, pk=organization)
    form = ContactForm(request.POST or None, instance=Contact(organization=owner))
    if request.method == "POST" and form.is_valid():
        contact = form.save()
        toast(request, f"{contact} is a contact of {owner}.")
        return go(request, owner)
    return fragment(
        request,
        "partners/form.html",
        "form",
        {"form": form, "title": f"Add a contact of {owner}", "back": owner.get_absolute_url()},
    )


@can("edit")
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a person."""
    found = get_object_or_404(Contact.objects.select_related("organization"), pk=pk)
    form = ContactForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        toast(request, "Saved.")
        return go(request, found.organization)
    return fragment(
        request,
        "partners/form.html",
        "form",
        {"form": form, "title": found.name, "back": found.organization.get_absolute_url()},
    )


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
    return go(request, found.organization)
