"""A partner's logo: sent in, looked at, drawn anew, shown."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from partners.forms import LogoForm
from partners.models import Organization
from wbl.accounts.access import can
from wbl.files.views import picture
from wbl.web.responses import form_page, go, toast


@can("view")
def logo(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture itself."""
    organization = get_object_or_404(Organization.objects.select_related("logo"), pk=pk)
    if organization.logo is None:
        raise Http404
    return picture(organization.logo)


@can("edit")
def logo_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send in another one."""
    organization = get_object_or_404(Organization, pk=pk)
    form = LogoForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        form.save(organization, by=request.user)
        toast(request, "The logo stands on their page, in their portal and on the public pages that may name them.")
        return go(request, organization)
    return form_page(request, form, title=f"Logo of {organization}", back=organization.get_absolute_url())


@can("edit")
@require_POST
def logo_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the logo off every page."""
    organization = get_object_or_404(Organization.objects.exclude(logo=None), pk=pk)
    organization.logo = None
    organization.save(update_fields=["logo"])
    toast(request, "The logo is gone from every page.")
    return go(request, organization)
