"""What anyone sees of pathways: the district's front window."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from pathways.models import Pathway
from pathways.words import drawn
from wbl.accounts.access import public


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
