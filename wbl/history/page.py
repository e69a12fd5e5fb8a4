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
    `TRAIL = Trail(Organization, "contacts", "sites")`. Only what some trail takes in can be restored. What the
    record's own rules guard (who may change it when) is there to be read: the children named in `guarded`, and with
    `restores=False` all of it. `joined` tells which others became part of a record."""

    def __init__(
        self,
        model: type[models.Model],
        *children: str,
        tabs: str = "",
        restores: bool = True,
        guarded: Sequence[str] = (),
        joined: "Callable[[Any], Iterable[Joined]] | None" = None,
    ) -> None:
        self.model, self.children, self.tabs, self.joined = model, children, tabs, joined
        self.restores, self.guarded = restores, guarded
        _trails.append(self)

    def page(self, request: HttpRequest, record: Any) -> HttpResponse:
        """The page. The caller has seen to it that this member may see the record."""
        text = request.GET.get("before", "")
        before = int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
        history = History(record, self.children, before=before, joined=self.joined(record) if self.joined else ())
        context = {"record": record, "history": history, "lines": history.lines(), "tabs": self.tabs}
        context["restores"] = self.restored if request.can.edit else ()  # type: ignore[attr-defined]
        return render(request, "history/page.html", context)

    @property
    def restored(self) -> Sequence[str]:
        """The kinds of record that can be set back from this page."""
        if not self.restores:
            return ()
        children = (self.model._meta.get_field(name) for name in self.children if name not in self.guarded)
        return [kind_of(self.model), *(kind_of(child.related_model) for child in children)]  # type: ignore[arg-type]


def is_restored(kind: str) -> bool:
    """Does some page show the history of this kind, and restore from it?"""
    return any(kind in each.restored for each in _trails)
