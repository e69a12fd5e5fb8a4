"""Restoring from a page of history."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from wbl.accounts.access import can
from wbl.history.forms import BackForm
from wbl.history.page import is_restored
from wbl.history.restoring import bring_back, restore_value
from wbl.tenancy.models import Change
from wbl.web.responses import go, own_path, toast


@can("edit")
@require_POST
def value(request: HttpRequest, pk: int, column: str) -> HttpResponse:
    """One value as it was before a change; a newer change of it is not overwritten."""
    return _restore(request, pk, lambda change: f"{restore_value(change, column)}: the value is as before.")


@can("edit")
@require_POST
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """A removed record comes back."""
    return _restore(request, pk, lambda change: f"{bring_back(change)} is back.")


def _restore(request: HttpRequest, pk: int, verb: Callable[[Change], str]) -> HttpResponse:
    change = get_object_or_404(Change, pk=pk)
    if not is_restored(change.kind):
        raise Http404
    try:
        toast(request, verb(change))
    except ValidationError as problem:
        toast(request, f"Not restored: {problem.messages[0]}")
    return go(request, _back(request))


def _back(request: HttpRequest) -> Any:
    form = BackForm(request.POST)
    back = form.cleaned_data["back"] if form.is_valid() else ""
    return own_path(request, back) or reverse("home:today")
