"""From the ledger to SMTP: claim a batch, look at each once more, make it, hand it over (wbl.mail.post).

A worker claims with SKIP LOCKED, so two never hold the same row. A crash leaves rows in `sending`; they are taken up
again when their lease has run out, under the same Message-ID: nothing is lost, and at most the mails in flight repeat.
"""

import datetime as dt
import logging
import random
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from wbl.mail import aftermath
from wbl.mail.hindrances import Hindrances, out_of_quiet
from wbl.mail.letter import Letter
from wbl.mail.models import Message, State
from wbl.mail.people import Recipient, recipients_of
from wbl.mail.planner import not_yet_of, verdicts_of
from wbl.mail.post import MADE, Handed, Post, Stale, Unmarked
from wbl.mail.render import CannotRender, Frames, handed_over, render, reply_address
from wbl.mail.triggers import Verdict, find_records, withhold

log = logging.getLogger(__name__)
BATCH = 100
LEASE = dt.timedelta(seconds=settings.WBL_MAIL_LEASE)  # longer than SMTP's own time limits for one mail
WAITS = (1, 5, 15, 60, 240)  # minutes before the next attempt, then four hours each
ATTEMPTS = 14
PASSING = (401, 403, 408, 425, 429)  # a provider's refusals that are about us or the moment, not about the mail


@dataclass
class Tally:
    """What a run did."""

    sent: int = 0
    stopped: int = 0
    put_off: int = 0

    def add(self, what: str) -> None:
        setattr(self, what, getattr(self, what) + 1)


def deliver(*, connections_at_once: int | None = None) -> Tally:
    """Send all of the open district's mail that is due, over up to so many connections; returns what became of it."""
    tally, frames = Tally(), Frames()
    people: dict[int, Recipient] = {}  # of what is on its way
    recover()
    batch, limit = claim(), connections_at_once or settings.WBL_MAIL_CONNECTIONS
    with Post(expected=len(batch), limit=limit, fresh=LEASE.total_seconds() / 2) as post:
        try:
            while batch:
                _hand_on(batch, post, frames, tally, people)
                _settle(post.collect(), tally, people)
                batch = claim()  # what the post still holds goes out meanwhile
        finally:
            _settle(post.collect(all_of_them=True), tally, people)
    return tally


def claim() -> list[Message]:
    """Take up to a batch of due messages for this worker alone."""
    now = timezone.now()
    with transaction.atomic():
        rows = list(
            Message.objects.overdue()
            .prefetch_related("rule", "owner", "link")  # one object each, however many mails are theirs
            .order_by("next_try_at", "id")
            .select_for_update(skip_locked=True, of=("self",))[:BATCH]
        )
        Message.objects.filter(pk__in=[m.pk for m in rows]).update(
            state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1
        )
    for message in rows:
        message.state, message.claimed_at, message.attempts = State.SENDING, now, message.attempts + 1
    return rows


def recover() -> int:
    """Messages of a worker that died: their lease has run out, so they are due again."""
    stuck = Message.objects.in_state(State.SENDING).filter(claimed_at__lt=timezone.now() - LEASE)
    found = list(stuck)
    for message in found:
        message.change((State.SENDING,), why="The worker that held it ended.", state=State.DUE)
    return len(found)


@dataclass
class Batch:
    """What is read once for a batch."""

    people: dict[int, Recipient]
    stand: Hindrances
    waits: dict[int, str]
    verdicts: dict[int, Verdict | None]
    records: dict[Any, Any]

    @classmethod
    def of(cls, messages: Sequence[Message]) -> "Batch":
        people = recipients_of(messages)
        stand = Hindrances.load(to.email for to in people.values())
        return cls(people, stand, not_yet_of(messages), verdicts_of(messages), find_records(messages))


def _hand_on(batch: list[Message], post: Post, frames: Frames, tally: Tally, people: dict[int, Recipient]) -> None:
    known = Batch.of(batch)
    people.update(known.people)
    for message in batch:
        if not _holds(message):
            continue
        if isinstance(made := _make(message, known, frames), Letter):
            post.send(message, made)
        else:
            tally.add(made)


def _settle(results: list[Handed], tally: Tally, people: dict[int, Recipient]) -> None:
    """Write down what did not go out, and tell of what did."""
    sent = []
    for handed in results:
        outcome = _went_wrong(handed.message, handed.error) if handed.error else "sent"
        tally.add(outcome)
        if outcome == "sent":
            sent.append(handed.message)
    aftermath.tell(sent, {m.pk: people.pop(m.pk) for m in sent})


def _holds(message: Message) -> bool:
    """Is the lease still ours? Asked only when the batch has taken long; renewed then."""
    now = timezone.now()
    if message.claimed_at and now - message.claimed_at < LEASE / 4:
        return True
    mine = Message.objects.filter(pk=message.pk, state=State.SENDING, claimed_at=message.claimed_at)
    message.claimed_at = now
    return bool(mine.update(claimed_at=now))


def _make(message: Message, known: Batch, frames: Frames) -> Letter | str:
    """The mail, made; or what became of a message that does not go out: stopped, or put off."""
    to = known.people[message.pk]
    if verdict := known.verdicts[message.pk] or _stands_against(message, to, known.stand):
        return aftermath.stop(message, verdict, to)
    if later := _quiet_until(message, known.stand):
        message.change((State.SENDING,), why="Quiet hours.", state=State.DUE, next_try_at=later, attempts=0)
        return "put_off"
    if why := known.waits.get(message.pk):
        later = timezone.now() + dt.timedelta(seconds=random.uniform(20, 60))
        message.change((State.SENDING,), why=why, state=State.DUE, next_try_at=later, attempts=message.attempts - 1)
        return "put_off"
    try:
        message.readdress(to)
        if not message.text:
            render(message, to, known.records.get((message.record_kind, message.record_id)), frames)
        message.reply_to = message.reply_to or reply_address(message)
        return handed_over(message, frames)
    except CannotRender as wrong:
        return aftermath.stop(message, withhold(str(wrong)), to)
    except ValueError as error:  # an address or a name that no header can hold
        return aftermath.fail(message, f"The mail could not be addressed: {error}")
    except Exception as error:  # our own mistake: the next release may have mended it
        log.exception("A mail could not be made: message %s", message.pk)
        return _put_off(message, f"The mail could not be made: {error}")


def _stands_against(message: Message, to: Recipient, stand: Hindrances) -> Verdict | None:
    automatic = message.rule_id is not None and not message.by_hand
    return stand.against(
        to, category=message.category, required=message.required, by_hand=message.by_hand, automatic=automatic
    )


def _quiet_until(message: Message, stand: Hindrances) -> dt.datetime | None:
    """A rule's mail that comes late waits for the end of the quiet hours."""
    if message.rule is None or not message.rule.quiet_hours or message.by_hand:
        return None
    end = out_of_quiet(stand.district, now := timezone.now())
    return end if end > now else None


def _went_wrong(message: Message, error: Exception) -> str:
    """The hand-over failed: what the server's word means for the message."""
    match error:
        case Stale() | Unmarked():  # the lease decides
            return "put_off"
        case smtplib.SMTPRecipientsRefused():
            return _refused(message, *next(iter(error.recipients.values()), (550, b"refused")))
        case smtplib.SMTPResponseException():
            return _refused(message, error.smtp_code, error.smtp_error)
        case ValueError():  # an address or a name that no server could be told
            return aftermath.fail(message, f"The mail could not be addressed: {error}")
        case AnymailRecipientsRefused():
            return aftermath.bounce(message, "The mail provider refused the address")
        case AnymailAPIError() if 400 <= (code := getattr(error, "status_code", 0) or 0) < 500 and code not in PASSING:
            return aftermath.fail(message, f"The mail provider refused it: {_first_line(error)}")
        case AnymailError():
            return _put_off(message, f"The mail provider could not take it: {_first_line(error)}")
        case OSError():  # no server, no network, no TLS
            return _put_off(message, f"The mail server could not be reached: {error}")
    log.error("A mail could not be handed over: message %s", message.pk, exc_info=error)
    return _put_off(message, f"The mail could not be handed over: {error}")


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [""])[0][:200]


def _refused(message: Message, code: int, text: bytes | str) -> str:
    said = " ".join((text.decode("utf-8", "replace") if isinstance(text, bytes) else str(text)).split())
    words = f"{code} {said}".strip()[:200]
    if code < 500:
        return _put_off(message, f"The mail server said: {words}")
    if code in (550, 551, 553) and (said.startswith("5.1.") or not said[:2].startswith("5.")):
        return aftermath.bounce(message, words)
    return aftermath.fail(message, f"The mail server refused it: {words}")


def _put_off(message: Message, why: str) -> str:
    """Try again later, at a time that scatters; after the last attempt a person has to look."""
    if message.attempts >= ATTEMPTS:
        return aftermath.fail(message, why)
    minutes = WAITS[min(message.attempts, len(WAITS)) - 1] if message.attempts else WAITS[0]
    later = timezone.now() + dt.timedelta(minutes=minutes * random.uniform(0.75, 1.25))
    kept = {name: getattr(message, name) for name in MADE}
    message.change((State.SENDING,), why=why[:300], state=State.DUE, reason=why[:300], next_try_at=later, **kept)
    return "put_off"
