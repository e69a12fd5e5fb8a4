"""One box for everything."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from partners.models import TimelineEntry
from partners.search import Hit, find
from wbl.accounts.access import can
from wbl.web.responses import fragment


@can("view")
def search(request: HttpRequest) -> HttpResponse:
    """Partners by any spelling, person, phone, domain or address; each with who asked it last, for what and when."""
    typed = request.GET.get("q", "").strip()
    hits = find(typed, limit=30)
    _tell_last_asks(hits)
    if len(hits) == 1 and request.GET.get("jump"):
        return redirect(hits[0].organization)
    return fragment(request, "home/search.html", "hits", {"q": typed, "hits": hits})


def _tell_last_asks(hits: list[Hit]) -> None:
    """One query for all of them."""
    ids = [hit.organization.pk for hit in hits]
    asks = TimelineEntry.objects.asks().filter(organization__in=ids).select_related("by")
    last = {
        ask.organization_id: ask for ask in asks.order_by("organization_id", "-at", "-id").distinct("organization_id")
    }
    for hit in hits:
        hit.organization.last_ask = last.get(hit.organization.pk)  # type: ignore[attr-defined]
