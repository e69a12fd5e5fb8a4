"""Writing down a contact: from a partner's page, or from anywhere."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners import onboarding
from partners.log import LogForm, move_back, undo_address, wait_again
from partners.models import Organization, TimelineEntry
from partners.models.timeline import LOGGED_BY_HAND
from wbl.accounts.access import can
from wbl.todo.models import Todo
from wbl.web.responses import fragment, go_back, toast

# what an address may preset in the log
PRESET = ("partner", "contact", "kind", "asked_for", "summary", "next_step", "closes", "asking")


@can("log")
def log(request: HttpRequest, organization: int | None = None) -> HttpResponse:
    """One contact, in twenty seconds; without `organization` the partner is named in the form."""
    partner = get_object_or_404(Organization.objects.present(), pk=organization) if organization else None
    initial = {key: request.GET[key] for key in PRESET if key in request.GET}
    form = LogForm(request.POST or None, organization=partner, initial=initial, **_writer(request))
    if request.method == "POST" and form.is_valid():
        entry, todo = form.save(by=request.user)
        onboarding.look(entry.organization)
        toast(request, _said(entry, todo, form.moved), undo_address(entry, form.settled))
        return go_back(request, entry.organization)
    return fragment(request, "partners/log.html", "form", {"form": form, "partner": partner, "back": _back(partner)})


def _writer(request: HttpRequest) -> dict[str, Any]:
    """Who writes, on which day, for which schools of their own."""
    own = request.membership.school_ids  # type: ignore[attr-defined]
    return {"by": request.user, "today": request.district.today(), "schools": own}  # type: ignore[attr-defined]


@can("log")
@require_POST
def entry_removal(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what one logged by hand, with the next step that came of it."""
    entry = get_object_or_404(
        TimelineEntry.objects.select_related("organization"), pk=pk, by=request.user, kind__in=LOGGED_BY_HAND
    )
    Todo.objects.open().filter(source_kind="partners.timelineentry", source_id=entry.pk).delete()
    wait_again(entry, request.GET.getlist("again"), by=request.user)
    move_back(entry)
    entry.remove()
    toast(request, "Taken back.")
    return go_back(request, entry.organization)


def _said(entry: Any, todo: Any, moved: bool) -> str:
    written = f"{entry.get_kind_display()} with {entry.organization} logged{', now Contacted' if moved else ''}."
    return f"{written} {todo.title}: {todo.due_in_words}." if todo else written


def _back(partner: Organization | None) -> str:
    return partner.get_absolute_url() if partner else reverse("home:today")
