"""Old addresses of what was merged away lead to where it is now, whatever page of it they name."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, reverse

from partners.models import Merge

View = Callable[..., HttpResponse]
# how an address begins, and of which kind of record the number in it is
BEGINNINGS = (
    ("<int:pk>/", "partners.organization", "pk"),
    ("<int:organization>/", "partners.organization", "organization"),
    ("contacts/<int:pk>/", "partners.contact", "pk"),
)


def lead_on(patterns: Iterable[URLPattern | URLResolver]) -> None:
    """Whoever opens one of these addresses of a record that was merged away is sent on."""
    for pattern in patterns:
        for beginning, kind, name in BEGINNINGS:
            if isinstance(pattern, URLPattern) and str(pattern.pattern).startswith(beginning):
                pattern.callback = follows_merges(kind, name)(pattern.callback)


def follows_merges(kind: str, name: str = "pk") -> Callable[[View], View]:
    """For a view whose address names a record of this kind as `name`. A stranger's 404 stays one."""

    def dress(view: View) -> View:
        @wraps(view)
        def followed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Http404:
                now = _now_at(request, kind, kwargs.get(name))
                if now is None or request.resolver_match is None:
                    raise
                there = reverse(request.resolver_match.view_name, kwargs={**kwargs, name: now})
                query = request.META.get("QUERY_STRING", "")
                return redirect(f"{there}?{query}" if query else there)

        return followed

    return dress


def _now_at(request: HttpRequest, kind: str, pk: int | None) -> int | None:
    if request.method != "GET" or not pk or getattr(request, "membership", None) is None:
        return None
    return Merge.now_at(kind, pk)
