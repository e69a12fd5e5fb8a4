"""Pairs of partners that may be one: looked at, merged or dismissed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from partners.models import DuplicatePair, Merge
from partners.tasks import find_duplicates
from wbl.accounts.access import can
from wbl.web.responses import go, toast

SHOWN = 25
MERGES = 100  # the newest of the last thirty days


@can("view")
def duplicates(request: HttpRequest) -> HttpResponse:
    """The likeliest first, each with why, and what was merged of late. `?dismissed=1` shows those that somebody told
    apart."""
    dismissed = "dismissed" in request.GET
    rows = DuplicatePair.objects.exclude(dismissed_at=None) if dismissed else DuplicatePair.objects.waiting()
    found: list[Any] = list(
        rows.select_related("one__owner", "other__owner", "dismissed_by").prefetch_related(
            "one__sites", "other__sites", "one__contacts", "other__contacts"
        )[: SHOWN + 1]
    )
    waiting = DuplicatePair.objects.waiting().count()
    context = {"pairs": found[:SHOWN], "more": len(found) > SHOWN, "waiting": waiting, "dismissed": dismissed}
    context["merges"] = [] if dismissed else Merge.objects.undoable().select_related("by")[:MERGES]
    return render(request, "partners/duplicates/list.html", context)


@can("edit")
@require_POST
def dismissal(request: HttpRequest, pk: int) -> HttpResponse:
    """They are two partners; nobody is asked about them again."""
    pair = get_object_or_404(DuplicatePair.objects.select_related("one", "other"), pk=pk, dismissed_at=None)
    pair.dismiss(by=request.user)
    toast(
        request,
        f"{pair.one} and {pair.other} stay two partners.",
        reverse("partners:duplicate_reconsideration", args=[pk]),
    )
    return go(request, "partners:duplicates")


@can("edit")
@require_POST
def reconsideration(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a dismissed pair back into the list."""
    pair = get_object_or_404(DuplicatePair.objects.exclude(dismissed_at=None), pk=pk)
    pair.reconsider()
    toast(request, "The pair is in the list again.")
    return go(request, "partners:duplicates")


@can("edit")
@require_POST
def search(request: HttpRequest) -> HttpResponse:
    """Look now instead of tonight."""
    find_duplicates.delay_on_commit()
    toast(request, "Looking for duplicates. In a district of thousands of partners it takes some seconds; reload then.")
    return go(request, "partners:duplicates")
