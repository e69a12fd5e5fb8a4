"""The ledger, single mails, and what stops them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST

from wbl.accounts.access import can
from wbl.mail import preview, second_thoughts
from wbl.mail.ledger import Ledger, coming, page_of, rows_of, rule_name, tabs
from wbl.mail.models import Message
from wbl.mail.people import person_kind
from wbl.mail.today import LATELY, withheld_between
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
        "lately": withheld_between((now := timezone.now()) - LATELY, now).count(),
        "chart": chart,
        "counts": (len(lines), len(lines) - held, held),
        "lines": lines if listing.about or listing.off_too else [],
        "off_too": listing.off_too,
        "other_days": f"{listing.query(off='' if listing.off_too else '1')}#n14",
        "whose": listing.whose(rows[0].message) if listing.about and rows else "",
        "tabs": tabs("ledger"),
    }
    return fragment(request, "mail/ledger.html", "rows", context)


@can("view")
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """Exactly what was or would be sent, to whom, why, and what happened to it."""
    found = get_object_or_404(Message.objects.select_related("rule", "owner", "by", "link"), pk=pk)
    return render(request, "mail/message.html", _page(request, found))


def _page(request: HttpRequest, found: Message, asks: str = "") -> dict[str, Any]:
    """`asks`: why it would not go out by itself, where a person may send it all the same."""
    wrong = preview.fill(found)
    return {
        "message": found,
        "row": rows_of([found])[0],
        "rule_name": rule_name(found),
        "trail": found.trail(),
        "replies": found.replies.prefetch_related("files__file"),
        "answering": _answering(found) if request.can.log else "",  # type: ignore[attr-defined]
        "wrong": wrong,
        "text": preview.text_of(found),
        "height": preview.height_of(found),
        "stops": found.state not in ("sending", "sent", "delivered", "complained", "bounced"),
        "waits": found.is_waiting or found.state == "failed",
        "again": second_thoughts.may_plan_again(found),
        "asks": asks,
    }


def _answering(found: Message) -> str:
    """Where what came back is answered; blank when it went to nobody on file."""
    kind = person_kind(found.person_kind)
    if not (kind and kind.param and found.person_id):
        return ""
    return f"{reverse('mail:write')}?{kind.param}={found.person_id}&re={found.pk}"


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
    """Send it now: also what was withheld, canceled or failed. An opt-out or a bounce stands; what else stands is asked about."""
    found = get_object_or_404(Message.objects.select_related("rule", "owner", "by", "link"), pk=pk)
    against = second_thoughts.doubt(found)
    if against and not against.may_override:
        toast(request, f"Not sent. {against.reason} Call, or write to somebody else there.")
        return go(request, found)
    if against and "anyway" not in request.POST:
        return render(request, "mail/message.html", _page(request, found, against.reason), status=422)
    done = second_thoughts.send_now(found, by=request.user)
    _said(request, found, "It goes out within a minute." if done else "", pk)
    return go(request, found)


@can("log")
@require_POST
def cancellation(request: HttpRequest, pk: int) -> HttpResponse:
    """It shall not go out; the planner leaves it alone from now on."""
    found = get_object_or_404(Message, pk=pk)
    done = second_thoughts.call_off(found, by=request.user)
    _said(request, found, "Canceled." if done else "", pk)
    return go(request, found)


@can("log")
@require_POST
def message_return(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo: the mail stands as it stood before somebody canceled it, or wanted it sent now."""
    found = get_object_or_404(Message, pk=pk)
    done = second_thoughts.take_back(found, by=request.user)
    toast(request, "It stands as it stood." if done else f"Too late: it is {found.get_state_display().lower()}.")
    return go(request, found)


def _said(request: HttpRequest, found: Message, done: str, pk: int) -> None:
    """What was done, with the way back; else how the mail stands by now."""
    if done:
        return toast(request, done, reverse("mail:message_return", args=[pk]))
    found.refresh_from_db()
    return toast(request, f"Nothing was done: it is {found.get_state_display().lower()} by now.")
