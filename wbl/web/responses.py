"""Answers that work with and without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.forms import BaseForm, BaseFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

UNDO = "undo:"


def is_htmx(request: HttpRequest) -> bool:
    """Did htmx ask for a part of a page? (Going back in history asks for the whole of it.)"""
    wants_part = request.headers.get("HX-Request") == "true"
    return wants_part and request.headers.get("HX-History-Restore-Request") != "true"


def fragment(
    request: HttpRequest,
    template: str,
    partial: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """The whole page, or its `{% partialdef partial %}` alone when htmx asks.

    Toasts that wait travel along with a partial, out of band.
    """
    context = dict(context or {})
    if request.headers.get("HX-Target") == "dialog":
        _own_ids(context)
    if not is_htmx(request):
        return HttpResponse(render_to_string(template, context, request), status=status)
    html = render_to_string(f"{template}#{partial}", context, request)
    if status < 300:
        html += render_to_string("components/toasts.html", {"out_of_band": True}, request)
    response = HttpResponse(html, status=status)
    response["Vary"] = "HX-Request"
    return response


def _own_ids(context: Mapping[str, Any]) -> None:
    """Names fields in a dialog apart from those of the page behind it: a label would belong to the first of two."""
    for value in context.values():
        members = [value, *value.forms] if isinstance(value, BaseFormSet) else [value]
        for member in members:
            if isinstance(member, BaseForm | BaseFormSet):
                member.auto_id = "dialog_%s"


def form_page(request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
    """A page with one form, in a dialog when htmx asks. What else it takes stands in `layouts/form.html`."""
    status = 422 if form.is_bound else 200
    return fragment(request, "layouts/form.html", "form", {"form": form, **context}, status=status)


def go(request: HttpRequest, to: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """Redirect after a POST; htmx loads the whole new page instead of swapping it into a row."""
    url = iri_to_uri(resolve_url(to, *args, **kwargs))  # a header holds no line break and no letter beyond ASCII
    if not is_htmx(request):
        return HttpResponseRedirect(url, status=303)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = url
    return response


def own_path(request: HttpRequest, path: str) -> str:
    """The path if it is one of ours that a browser may be sent to; else nothing. It comes from a form or an address."""
    safe = url_has_allowed_host_and_scheme(path, {request.get_host()}, require_https=request.is_secure())
    return path if path.startswith("/") and safe else ""


def came_from(request: HttpRequest) -> str:
    """Where somebody began: the page that a form names as `next`, or the one behind the dialog; else nothing."""
    named = request.POST.get("next") or request.GET.get("next") or ""
    behind = urlsplit(request.headers.get("HX-Current-URL", "") if is_htmx(request) else "")
    if not named and behind.netloc == request.get_host():
        named = behind._replace(scheme="", netloc="", fragment="").geturl()
    return own_path(request, named)


def go_back(request: HttpRequest, to: Any, *args: Any) -> HttpResponse:
    """Redirect to where somebody began, else `to`: what acts on a record from a list leads back to the list."""
    return go(request, came_from(request) or to, *args)


def toast(request: HttpRequest, text: str, undo_url: str | None = None) -> None:
    """One sentence on what was done, on this page or the next; Undo posts to `undo_url`."""
    messages.success(request, text, extra_tags=f"{UNDO}{undo_url}" if undo_url else "")
