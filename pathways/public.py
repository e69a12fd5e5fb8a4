"""What anyone sees of pathways: the district's front window."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from pathways.models import Pathway
from pathways.words import drawn
from wbl.accounts.access import public
from wbl.files.views import picture


@public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Published pathways, by cluster."""
    pathways = Pathway.objects.public().prefetch_related("steps", "occupations")
    return render(request, "pathways/public_list.html", {"pathways": pathways})


@public
@require_GET
def pathway(request: HttpRequest, pk: int) -> HttpResponse:
    """One pathway for families and job-seekers: what comes next, who teaches it, who hires."""
    found = get_object_or_404(Pathway.objects.public().drawn(), pk=pk)
    named = [tie for tie in found.ties.all() if tie.agreed_on and not tie.organization.archived_at]
    return render(request, "pathways/public.html", {"pathway": found, "map": drawn(found), "named": named})


@public
@require_GET
def logo(request: HttpRequest, pk: int, organization: int) -> HttpResponse:
    """The logo of a partner who agreed to be named on this published pathway; 404 for any other."""
    found = get_object_or_404(Pathway.objects.public(), pk=pk)
    ties = found.ties.filter(organization=organization, organization__archived_at=None).exclude(agreed_on=None)
    tie = ties.select_related("organization__logo").first()
    if tie is None or tie.organization.logo is None:
        raise Http404
    return picture(tie.organization.logo)
