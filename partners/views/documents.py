"""Papers of a partner: added, renewed, opened, ended."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from partners import onboarding
from partners.document_forms import DocumentForm
from partners.models import Organization, PartnerDocument
from wbl.accounts.access import can
from wbl.files.views import attachment
from wbl.web.responses import form_page, go_back, toast


@can("edit")
@transaction.atomic
def document(request: HttpRequest, organization: int, pk: int | None = None) -> HttpResponse:
    """Add a paper, or change one."""
    owner = get_object_or_404(Organization, pk=organization)
    rows = PartnerDocument.objects.select_for_update(of=("self",))
    found = get_object_or_404(rows, pk=pk, organization=owner) if pk else PartnerDocument(organization=owner)
    form = DocumentForm(request.POST or None, request.FILES or None, instance=found)
    if request.method == "POST" and form.is_valid():
        saved = form.save_by(request.user)
        onboarding.look(owner)
        toast(request, f"{saved} is kept.{form.kept_in_words}")
        return go_back(request, owner)
    return _page(request, form, f"Document of {owner}")


@can("edit")
@transaction.atomic
def document_renewal(request: HttpRequest, organization: int, pk: int) -> HttpResponse:
    """The next one of its kind: it takes the place of this one, which stays on file."""
    old = get_object_or_404(_standing(), pk=pk, organization=organization)
    fresh = PartnerDocument(organization=old.organization)
    initial = {name: getattr(old, name) for name in PartnerDocument.renewed} | {"starts": old.expires}
    form = DocumentForm(request.POST or None, request.FILES or None, instance=fresh, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = form.save_by(request.user)
        old.end()
        onboarding.look(old.organization)
        toast(request, f"{saved} is renewed; the old one stays on file.")
        return go_back(request, old.organization)
    return _page(request, form, f"{old} of {old.organization}, renewed")


@can("edit")
def document_file(request: HttpRequest, organization: int, pk: int) -> HttpResponse:
    """The file, as it came."""
    found = get_object_or_404(PartnerDocument.objects.select_related("file"), pk=pk, organization=organization)
    if found.file is None:
        raise Http404
    return attachment(found.file)


@can("edit")
@require_POST
def document_ending(request: HttpRequest, organization: int, pk: int) -> HttpResponse:
    """It stands no more; the same address lets an ended one stand again."""
    rows = PartnerDocument.objects.select_related("organization")
    found = get_object_or_404(rows, pk=pk, organization=organization)
    found.stand_again() if found.ended_at else found.end()
    toast(
        request,
        f"{found} {'is ended' if found.ended_at else 'stands again'}.",
        request.path if found.ended_at else None,
    )
    return go_back(request, found.organization)


def _standing() -> Any:
    return PartnerDocument.objects.standing().select_related("organization")


def _page(request: HttpRequest, form: DocumentForm, title: str) -> HttpResponse:
    back = form.instance.organization.get_absolute_url()
    return form_page(request, form, title=title, back=back)
