"""The ledger, single mails, and what stops them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST

from wbl.accounts.access import can
from wbl.mail import preview
from wbl.mail.ledger import Ledger, Row, coming, page_of, rule_name, tabs
from wbl.mail.models import Message, OptOut, Suppression
from wbl.mail.triggers import cancel
from wbl.saved.lists import listing_for
from wbl.web.responses import fragment, go, toast

# a mail brings its own styles and nothing else: no script, no picture from elsewhere, no form
MAIL_CSP = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "img-src": ["data:"],
    "frame-ancestors": [CSP.SELF],
    "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
}


@can("view")
def ledger(request: HttpRequest) -> HttpResponse:
    """Every mail, planned or past, with its reason; above it what the next 14 days hold."""
    district: Any = request.district  # type: ignore[attr-defined]
    listing, views = listing_for(request, Ledger)
    if views.opens_with:
        return redirect(views.opens_with)
    page, rows, more = page_of(listing)
    chart, lines = coming(district, ledger=listing)
    held = sum(1 for line in lines if line.verdict)
    context = {
        "list": listing,
        "views": views,
        "page": page,
        "rows": rows,
        "more_planned": more,
        "choices": listing.choices(),
        "chart": chart,
        "counts": (len(lines), len(lines) - held, held),
        "lines": lines if listing.about else [],
        "whose": listing.whose(rows[0].message) if listing.about and rows else "",
        "tabs": tabs("ledger"),
    }
    return fragment(request, "mail/ledger.html", "rows", context)


@can("view")
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly what was or would be sent, to whom, why, and what happened to it."""
    found = get_object_or_404(Message.objects.select_related("rule", "owner", "by", "link"), pk=pk)
    wrong = preview.fill(found)
    context = {
        "message": found,
        "row": Row(found),
        "rule_name": rule_name(found),
        "trail": found.trail(),
        "replies": found.replies.prefetch_related("files__file"),
        "wrong": wrong,
        "text": preview.text_of(found),
        "height": preview.height_of(found),
        "stops": found.state not in ("sending", "sent", "delivered", "complained", "bounced"),
    }
    return render(request, "mail/message.html", context)


@can("view")
@xframe_options_sameorigin
@csp_override(MAIL_CSP)
def message_html(request: HttpRequest, pk: int) -> HttpResponse:
    """The HTML part alone, shut off from everything, for the frame on the message's page."""
    found = get_object_or_404(Message.objects.select_related("rule", "owner", "link"), pk=pk)
    preview.fill(found)
    return HttpResponse(preview.html_of(found))


@can("log")
@require_POST
def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """Send it now: also what was withheld, canceled or failed; an opt-out or a bounce still stands."""
    found = get_object_or_404(Message, pk=pk)
    done = found.send_now(by=request.user)
    toast(request, "It goes out within a minute." if done else "It has gone out already.")
    return go(request, found)


@can("log")
@require_POST
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """It shall not go out; the planner leaves it alone from now on."""
    found = get_object_or_404(Message, pk=pk)
    done = found.stop(cancel(f"{request.user} canceled it."), by=request.user)
    toast(request, "Canceled." if done else "It has gone out already.")
    return go(request, found)


@can("view")
def stops(request: HttpRequest) -> HttpResponse:
    """Addresses that get nothing, or not everything: opt-outs and bounces, newest first."""
    context = {
        "suppressions": Suppression.objects.standing().order_by("-since")[:200],
        "opt_outs": OptOut.objects.standing().order_by("-since")[:200],
        "tabs": tabs("stops"),
    }
    return render(request, "mail/stops.html", context)


@can("edit")
@require_POST
def suppression_lifting(request: HttpRequest, pk: int) -> HttpResponse:
    """The address works again."""
    found = get_object_or_404(Suppression.objects.standing(), pk=pk)
    found.lift(by=request.user)
    toast(request, f"Mail goes to {found.email} again.")
    return redirect("mail:stops")
