"""One address for all mailed links. GET changes nothing, because mail scanners press links."""

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from wbl.accounts.access import opened
from wbl.links.models import SignedLink
from wbl.links.registry import view_for

RATE = 60  # requests a minute for one link


@opened("link")
def go(request: HttpRequest, token: str) -> HttpResponseBase:
    """Dispatch to the view of the link's purpose; an expired link offers a fresh one to the same address."""
    link = SignedLink.from_token(token)
    found = view_for(link.purpose) if link else None
    if link is None or found is None or link.record is None:
        raise Http404
    if _too_often(link):
        return _private(render(request, "links/slow_down.html", status=429))
    view, works_when_done = found
    request.link = link  # type: ignore[attr-defined]
    if link.done_at and not works_when_done:
        return _private(render(request, "links/done.html", {"link": link}))
    if link.is_expired:
        return _private(render(request, "links/expired.html", {"link": link, "token": token}, status=410))
    if request.method == "GET":
        link.opened()
    return _private(view(request))


@opened("link")
@require_POST
def renew(request: HttpRequest, token: str) -> HttpResponseBase:
    """Mail a fresh link to the address that the expired one went to; nothing is shown here."""
    link = SignedLink.from_token(token)
    if link is None or not link.email or _too_often(link):
        raise Http404
    from wbl.links.emails import send_fresh  # the mail app declares its own models on these

    if link.is_expired:
        send_fresh(link)
    return _private(render(request, "links/renewed.html", {"link": link}))


def _too_often(link: SignedLink) -> bool:
    key = f"link:{link.pk}"
    cache.add(key, 0, timeout=60)
    try:
        return cache.incr(key) > RATE and not settings.DEBUG
    except ValueError:  # it expired between the two calls
        return False


def _private(response: HttpResponse | HttpResponseBase) -> HttpResponseBase:
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
