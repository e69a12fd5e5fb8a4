"""The first part of the path names the district: it becomes the script prefix, and the scope is opened."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject

from wbl.tenancy.models import RESERVED_SLUGS, District, FormerSlug
from wbl.tenancy.prepared import Given, Prepared
from wbl.tenancy.scope import district

BY_SLUG = Prepared(lambda: District.objects.filter(slug=Given("slug")))


class DistrictMiddleware:
    """`/cedar/partners/` is `/partners/` of the district table, inside Cedar's scope."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        slug, slash, rest = request.path_info[1:].partition("/")
        request.district = None  # type: ignore[attr-defined]
        if "\x00" in request.path_info:  # no address of ours holds one, and the database would take it for an error
            return not_found(request)
        if not slug or slug in RESERVED_SLUGS:
            return self.get_response(request)
        found = BY_SLUG.first(slug=slug)
        if found is None:
            return _moved(request, slug, rest) or not_found(request)
        if not slash:
            return HttpResponseRedirect(f"/{slug}/" + _query(request))
        request.district = found  # type: ignore[attr-defined]
        request.path_info = "/" + rest
        request.META["SCRIPT_NAME"] = f"/{slug}"
        request.urlconf = settings.DISTRICT_URLCONF  # type: ignore[attr-defined]
        with district(found):
            response: Any = self.get_response(request)
        if response.streaming and not response.is_async:
            response.streaming_content = in_scope(found, response.streaming_content)
        return response


def in_scope(found: District, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A streamed body is made after the scope has closed: open it anew for each chunk, and never between two."""
    source, done = iter(chunks), object()
    while True:
        with district(found):
            chunk = next(source, done)
        if chunk is done:
            return
        yield chunk  # type: ignore[misc]


def _moved(request: HttpRequest, slug: str, rest: str) -> HttpResponse | None:
    former = FormerSlug.objects.filter(slug=slug).select_related("district").first()
    return HttpResponseRedirect(f"/{former.district.slug}/{rest}" + _query(request)) if former else None


def _query(request: HttpRequest) -> str:
    return "?" + request.META["QUERY_STRING"] if request.META.get("QUERY_STRING") else ""


def not_found(request: HttpRequest) -> HttpResponse:
    """The page for an address that nobody may know more about."""
    request.user = SimpleLazyObject(lambda: None)  # type: ignore[assignment]
    return HttpResponseNotFound(render_to_string("404.html", {}))
