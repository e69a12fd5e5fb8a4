"""Who asked a partner for what: the table of one partner, and the answers."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners.ask_list import PartnerAsks
from partners.asks import AnswerForm
from partners.models import Organization, TimelineEntry
from wbl.accounts.access import can
from wbl.web.exports import TYPES, export
from wbl.web.responses import form_page, go_back, toast


@can("view")
def asks(request: HttpRequest, pk: int) -> HttpResponse:
    """When, who, for which school, for what, and the answer: across all schools of the district."""
    organization = get_object_or_404(Organization, pk=pk)
    listing = PartnerAsks(request.GET)
    page = listing.page(organization.timeline.asks())
    return render(request, "partners/asks.html", {"organization": organization, "list": listing, "page": page})


@can("view")
def asks_file(request: HttpRequest, pk: int, form: str) -> Any:
    """The same table as shown, as CSV or XLSX."""
    if form not in TYPES:
        raise Http404
    organization = get_object_or_404(Organization, pk=pk)
    listing = PartnerAsks(request.GET)
    rows = listing.select(organization.timeline.asks()).iterator()
    return export(f"asks {organization.name}"[:60], listing.export_columns(), rows, kind=form)


def _ask(organization: int, pk: int) -> TimelineEntry:
    return get_object_or_404(
        TimelineEntry.objects.asks().select_related("organization"), pk=pk, organization=organization
    )


@can("log")
def answer(request: HttpRequest, organization: int, pk: int) -> HttpResponse:
    """Write down what they answered to one ask; a word to it becomes a note."""
    entry = _ask(organization, pk)
    form = AnswerForm(request.POST or None, initial={"answer": entry.answer or "yes"})
    if request.method == "POST" and form.is_valid():
        form.save(entry, by=request.user)
        undo = reverse("partners:ask_answer_removal", args=[organization, pk])
        toast(request, f"Their answer is written down: {entry.get_answer_display().lower()}.", undo)  # type: ignore[attr-defined]
        return go_back(request, entry.organization)
    title = f"What did {entry.organization} answer?"
    return form_page(request, form, title=title, back=entry.organization.get_absolute_url())


@can("log")
@require_POST
def answer_removal(request: HttpRequest, organization: int, pk: int) -> HttpResponse:
    """Undo of the answer: the ask waits again."""
    entry = _ask(organization, pk)
    entry.settle(answer="")
    toast(request, "The ask waits for its answer again.")
    return go_back(request, entry.organization)
