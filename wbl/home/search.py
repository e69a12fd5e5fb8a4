"""One box for everything."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from partners.models import TimelineEntry
from partners.search import Hit, find
from partners.search_text import REACH, Mention, find_text
from wbl.accounts.access import can
from wbl.web.responses import fragment

LETTERS = ("mail_out", "council")  # kinds of entries that one letter leaves at many partners


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions of one kind under their title."""

    title: str
    icon: str
    mentions: list[Mention]


@can("view")
def search(request: HttpRequest) -> HttpResponse:
    """Partners and people by any spelling, phone, domain or address, each with who asked it last, for what and when;
    then where else the words stand: parts of numbers and addresses, notes and tags, the timeline."""
    typed = request.GET.get("q", "").strip()
    hits = find(typed, limit=30)
    groups = _groups(find_text(typed), hits)
    _tell_last_asks(hits)
    if len(hits) == 1 and request.GET.get("jump"):
        return redirect(hits[0].organization)
    found = len(hits) + sum(len(group.mentions) for group in groups)
    context: dict[str, Any] = {"q": typed, "hits": hits, "groups": groups, "found": found}
    return fragment(request, "home/search.html", "hits", context)


def _groups(mentions: list[Mention], hits: list[Hit]) -> list[Group]:
    """By kind; a number or an address of a partner that was found already is not said twice."""
    known = {hit.organization.pk for hit in hits if hit.score >= 1}
    reach = [each for each in mentions if each.what in REACH and each.organization.pk not in known]
    notes = [each for each in mentions if each.what not in REACH and each.entry is None]
    entries = _folded([each for each in mentions if each.entry is not None])
    groups = (
        Group("Phones and addresses", "phone", reach),
        Group("Notes, tags and titles", "note", notes),
        Group("Timeline", "history", entries),
    )
    return [group for group in groups if group.mentions]


def _folded(entries: list[Mention]) -> list[Mention]:
    """A letter that went to many stands once, with how many more have it."""
    alike: dict[Any, list[Mention]] = {}
    for each in entries:
        entry: Any = each.entry
        letter = (entry.kind, entry.summary, timezone.localdate(entry.at))  # its greeting differs from one to the next
        alike.setdefault(letter if entry.kind in LETTERS else entry.pk, []).append(each)
    return [
        replace(same[0], others=len({each.organization.pk for each in same} - {same[0].organization.pk}))
        for same in alike.values()
    ]


def _tell_last_asks(hits: list[Hit]) -> None:
    """One query for all of them."""
    ids = [hit.organization.pk for hit in hits]
    asks = TimelineEntry.objects.asks().filter(organization__in=ids).select_related("by")
    last = {
        ask.organization_id: ask for ask in asks.order_by("organization_id", "-at", "-id").distinct("organization_id")
    }
    for hit in hits:
        hit.organization.last_ask = last.get(hit.organization.pk)  # type: ignore[attr-defined]
