"""One page of history for every kind of record that has a page of its own."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wbl.history.reading import History, Joined
from wbl.tenancy.record import kind_of

_trails: list["Trail"] = []


class Trail:
    """What the history of a model's records takes in, declared beside the view that shows it:
    `TRAIL = Trail(Organization, "contacts", "sites")`. Only what some trail takes in can be restored; with
    `restores=False` it is there to be read, since the record's own rules say who may change it when. `joined` tells
    which others became part of a record."""

    def __init__(
        self,
        model: type[models.Model],
        *children: str,
        tabs: str = "",
        restores: bool = True,
        joined: "Callable[[Any], Iterable[Joined]] | None" = None,
    ) -> None:
        self.model, self.children, self.tabs, self.restores = model, children, tabs, restores
        self.joined = joined
        _trails.append(self)

    def page(self, request: HttpRequest, record: Any) -> HttpResponse:
        """The page. The caller has seen to it that this member may see the record."""
        text = request.GET.get("before", "")
        before = int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
        history = History(record, self.children, before=before, joined=self.joined(record) if self.joined else ())
        context = {"record": record, "history": history, "lines": history.lines(), "tabs": self.tabs}
        context["restores"] = self.restores and request.can.edit  # type: ignore[attr-defined]
        return render(request, "history/page.html", context)

    @property
    def kinds(self) -> Sequence[str]:
        children: list[Any] = [self.model._meta.get_field(name).related_model for name in self.children]
        return [kind_of(self.model), *map(kind_of, children)]


def is_tracked(kind: str) -> bool:
    """Does some page show the history of this kind, and restores from it?"""
    return any(each.restores and kind in each.kinds for each in _trails)
