"""Which view answers a mailed link: `@signed_link("councils.reply")` in an app's public.py."""

from collections.abc import Callable
from typing import Any

View = Callable[..., Any]
_views: dict[str, tuple[View, bool]] = {}


def signed_link(purpose: str, *, works_when_done: bool = True) -> Callable[[View], View]:
    """Register the view of a purpose. It gets `request.link`; the record may be gone (then the link is unknown).

    `works_when_done=False`: a finished link shows "done on …" instead of the view.
    """

    def register(view: View) -> View:
        _views[purpose] = (view, works_when_done)
        return view

    return register


def view_for(purpose: str) -> tuple[View, bool] | None:
    return _views.get(purpose)


def purposes() -> list[str]:
    return sorted(_views)
