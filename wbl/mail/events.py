"""What became of a mail after the hand-over, as a provider's event or a returned mail tells it: the ledger moves, once
for each event; a hard bounce closes the address, a soft one is tried again, a complaint stops what may be stopped."""

import datetime as dt
import logging
import re
from dataclasses import dataclass
from typing import Any, Self

from django.db import transaction
from django.utils import timezone

from wbl.mail import addresses, aftermath, headers
from wbl.mail.categories import OPTIONAL
from wbl.mail.models import Message, MessageEvent, OptOut, State
from wbl.tenancy.models import District
from wbl.tenancy.scope import district, every_district

log = logging.getLogger(__name__)
OUT = (State.SENT, State.DELIVERED)
SOFT_TRIES = 4  # times that a mail which came back softly goes out in all
SOFT_WAIT = dt.timedelta(hours=6)
_CODE = re.compile(r"\b([45])(?:\d\d\b|\.\d{1,3}\.\d{1,3}\b)")
_SOFT_WORDS = {"soft_bounce", "softbounce", "transient", "blocked", "dnserror", "undetermined"}
_GONE = {"bounced", "invalid"}


@dataclass(frozen=True)
class Event:
    """`kind`: delivered, deferred, hard, soft, refused, complaint, unsubscribed; "" for what we don't keep."""

    kind: str
    words: str = ""
    recipient: str = ""
    external_id: str = ""
    message: tuple[int, str] | None = None  # (district, token)
    provider_id: str = ""

    @classmethod
    def read(cls, event: Any, provider: str) -> Self:
        """From anymail's tracking event."""
        metadata = event.metadata or {}
        named = _text(metadata.get("wbl")) if isinstance(metadata, dict) else ""
        number, _, token = named.partition(".")
        is_number = number.isascii() and number.isdigit() and len(number) < 18
        stamp = event.event_id or (event.timestamp.isoformat() if event.timestamp else "")
        said, known_as = event.mta_response or event.description or event.reject_reason, _text(event.message_id)
        words = _text(said)
        return cls(
            kind=_kind(event),
            words=f"{provider}: {words}"[:300] if words else provider,
            recipient=_text(event.recipient).lower(),
            external_id=_text(f"{event.event_type}:{stamp}")[:200],
            message=(int(number), token) if is_number and token else addresses.read_message_id(known_as),
            provider_id=known_as[:200],
        )


def _text(value: Any) -> str:
    """Words on one line; whatever a provider sends where a text should stand."""
    return headers.clean(" ".join(str(value or "").split()))


def _kind(event: Any) -> str:
    match event.event_type:
        case "delivered" | "deferred":
            return str(event.event_type)
        case "complained":
            return "complaint"
        case "unsubscribed":
            return "unsubscribed"
        case "bounced":
            return "soft" if _is_soft(event) else "hard"
        case "rejected" if event.reject_reason in _GONE:
            return "hard"
        case "rejected" if event.reject_reason == "spam":
            return "complaint"
        case "rejected" if event.reject_reason == "unsubscribed":
            return "unsubscribed"
        case "rejected" | "failed":
            return "refused"
    return ""  # queued, sent; opened and clicked are nobody's business


def _is_soft(event: Any) -> bool:
    """Providers say it each in their own word; else the mail server's code does."""
    raw = event.esp_event if hasattr(event.esp_event, "get") else {}
    if raw.get("hard_bounce") is False:
        return True
    bounce = raw.get("bounce")
    nested: dict[str, Any] = bounce if isinstance(bounce, dict) else {}
    said = {str(v).lower() for v in (raw.get("event"), raw.get("Type"), raw.get("type"), nested.get("bounceType"))}
    if said & _SOFT_WORDS:
        return True
    code = _CODE.search(str(event.mta_response or ""))
    return bool(code and code[1] == "4")


def take(event: Event) -> bool:
    """Move the ledger; False when the event is none of ours, no news, or was told before."""
    if not event.kind or (found := find(event)) is None:
        return False
    where, token = found
    with district(where), transaction.atomic():
        message = Message.objects.select_for_update(of=("self",)).filter(token=token).first()
        if message is None or (event.recipient and event.recipient != message.to_email.lower()):
            return False
        return happened(message, event.kind, event.words, external_id=event.external_id)


def find(event: Event) -> tuple[District, str] | None:
    """District and token of the message, by our own mark or the provider's id."""
    if event.message:
        known = District.objects.filter(pk=event.message[0]).first()
        return (known, event.message[1]) if known else None
    if not event.provider_id:
        return None
    with every_district():
        row = Message.objects.filter(provider_id=event.provider_id).values_list("district", "token").first()
    return (District.objects.get(pk=row[0]), row[1]) if row else None


def happened(message: Message, kind: str, words: str, *, external_id: str = "") -> bool:
    """In the message's district: note it once, and do what follows from it."""
    noted = {"hard": "bounced", "soft": "bounce", "refused": "failed", "complaint": "complaint"}.get(kind, kind)
    noted = {"unsubscribed": "opted_out"}.get(noted, noted)
    event = MessageEvent(message=message, what=noted, why=words[:300], external_id=external_id)
    before = MessageEvent.objects.filter(message=message, external_id=external_id).exists() if external_id else False
    if before:
        return False
    event.save()
    _FOLLOWS[kind](message, words)
    return True


def _move(message: Message, state: str, *, reason: str = "", among: tuple[str, ...] = OUT, **more: Any) -> bool:
    rows = Message.objects.filter(pk=message.pk, state__in=[str(s) for s in among])
    return bool(rows.update(state=state, reason=reason[:300], updated_at=timezone.now(), **more))


def _delivered(message: Message, words: str) -> None:
    _move(message, State.DELIVERED, among=(State.SENT,))


def _hard(message: Message, words: str) -> None:
    among = (State.SENDING, *OUT)  # the report may be faster than the mark
    if _move(message, State.BOUNCED, among=among, reason=f"{words}. Nothing more goes to this address."):
        aftermath.close_address(message, words)


def _soft(message: Message, words: str) -> None:
    """It goes out again later, under the same Message-ID; after the last try a person has to look."""
    if message.attempts >= SOFT_TRIES:
        _refused(message, words)
        return
    if message.sent_at:  # the column is for the sending to come
        MessageEvent.objects.create(message=message, what="sent", why=message.to_email, at=message.sent_at)
    _move(message, State.DUE, reason=words, next_try_at=timezone.now() + SOFT_WAIT * message.attempts, sent_at=None)


def _refused(message: Message, words: str) -> None:
    if _move(message, State.FAILED, reason=words):
        aftermath.ask_somebody(message)


def _complaint(message: Message, words: str) -> None:
    _move(message, State.COMPLAINED, reason=words)
    for category in OPTIONAL:
        OptOut.stop(email=message.to_email, category=category, source="marked a mail as spam")
    aftermath.tell_of_complaint(message)


def _unsubscribed(message: Message, words: str) -> None:
    OptOut.stop(email=message.to_email, category=message.category, source="the mail provider")


_FOLLOWS = {
    "delivered": _delivered,
    "deferred": lambda message, words: None,
    "hard": _hard,
    "soft": _soft,
    "refused": _refused,
    "complaint": _complaint,
    "unsubscribed": _unsubscribed,
}
