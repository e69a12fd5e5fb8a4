"""Old addresses of what was merged away lead to where it is now."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from partners.models import Merge

View = Callable[..., HttpResponse]


def follows_merges(kind: str, name: str = "pk") -> Callable[[View], View]:
    """For a view whose address names a record of this kind as `name`: who opens it after a merge is sent on."""

    def dress(view: View) -> View:
        @wraps(view)
        def followed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                return view(request, *args, **kwargs)
            except Http404:
                now = Merge.now_at(kind, kwargs[name]) if request.method == "GET" and kwargs.get(name) else None
                if now is None or request.resolver_match is None:
                    raise
                there = reverse(request.resolver_match.view_name, kwargs={**kwargs, name: now})
                query = request.META.get("QUERY_STRING", "")
                return redirect(f"{there}?{query}" if query else there)

        return followed

    return dress
