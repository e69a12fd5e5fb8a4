"""The two views with which a record is archived, and brought back by the toast's Undo."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from wbl.accounts.access import can
from wbl.tenancy.shelf import Shelved
from wbl.web.responses import go, toast

View = Callable[..., HttpResponse]


def shelf_views(model: type[Shelved], app: str) -> tuple[View, View]:
    """archive, restore: for the addresses `<app>:archive` and `<app>:restore`, from which one gets to `<app>:list`."""

    @can("edit")
    @require_POST
    def archive(request: HttpRequest, pk: int) -> HttpResponse:
        record = get_object_or_404(model, pk=pk, archived_at=None)
        record.archive()
        toast(request, f"{record} is archived.", reverse(f"{app}:restore", args=[pk]))
        return go(request, f"{app}:list")

    @can("edit")
    @require_POST
    def restore(request: HttpRequest, pk: int) -> HttpResponse:
        record = get_object_or_404(model, pk=pk)
        record.restore()
        toast(request, f"{record} is back.")
        return go(request, record)

    return archive, restore
