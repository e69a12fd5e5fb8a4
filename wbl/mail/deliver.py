"""From the ledger to SMTP: claim a batch, look at each once more, hand it over, mark it sent in its own commit.

A worker claims with SKIP LOCKED, so two never hold the same row. It keeps one connection, or up to
`WBL_MAIL_CONNECTIONS` with a thread each where the server is slow. A crash leaves rows in `sending`; they are taken up again when their lease has run out, under the same
Message-ID: nothing is lost, and at most the mails in flight repeat.
"""

import datetime as dt
import logging
import random
import smtplib
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, mailers
from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone

from wbl.mail import aftermath
from wbl.mail.hindrances import Hindrances, out_of_quiet
from wbl.mail.models import Message, State
from wbl.mail.people import Recipient, recipients_of
from wbl.mail.planner import verdicts_of
from wbl.mail.render import CannotRender, Frames, handed_over, render, reply_address
from wbl.mail.triggers import Verdict, find_records, withhold
from wbl.tenancy.models import District
from wbl.tenancy.scope import current_district, district

log = logging.getLogger(__name__)
BATCH = 25
SLOW = 0.02  # seconds at the hand-over of one mail from which more connections help
LEASE = dt.timedelta(minutes=5)  # longer than SMTP's own time limits for one mail
WAITS = (1, 5, 15, 60, 240)  # minutes before the next attempt, then four hours each
ATTEMPTS = 14
# what is made when a mail is due; kept, so that another attempt sends the same
MADE = ("subject", "source", "text", "html", "to_name", "to_email", "reply_to", "link_id", "language")


class Connection:
    """One SMTP connection, opened when the first mail comes and kept."""

    def __init__(self) -> None:
        self.backend = mailers["default"]
        self.is_open = False

    def send(self, mail: EmailMessage) -> None:
        """Raises what smtplib raises; a connection that the server had closed meanwhile is opened once more."""
        try:
            self._send(mail)
        except smtplib.SMTPServerDisconnected:
            self.close()
            self._send(mail)

    def _send(self, mail: EmailMessage) -> None:
        if not self.is_open:
            self.backend.open()
            self.is_open = True
        self.backend.send_messages([mail])

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            self.backend.close()


@dataclass
class Tally:
    """What a run did; threads add to it."""

    sent: int = 0
    stopped: int = 0
    put_off: int = 0
    waited: float = 0.0  # seconds at the hand-over
    lock: Any = field(default_factory=threading.Lock)

    def add(self, what: str) -> None:
        with self.lock:
            setattr(self, what, getattr(self, what) + 1)


def deliver(*, connections_at_once: int | None = None) -> Tally:
    """Send all of the open district's mail that is due; returns what became of it.

    More connections, a thread each, are opened once the server proves to be one that is waited for: beside a fast one
    threads would only fight over Python's lock (measured: one connection 110 mails a second, four 71).
    """
    tally, limit = Tally(), connections_at_once or settings.WBL_MAIL_CONNECTIONS
    helpers: list[threading.Thread] = []
    here = current_district()

    def more() -> None:
        if not helpers and tally.sent and tally.waited / tally.sent > SLOW:
            helpers.extend(
                threading.Thread(target=_in_thread, args=(here, tally), daemon=True) for _ in range(limit - 1)
            )
            for helper in helpers:
                helper.start()

    recover()
    _work(claim(), tally, between=more)
    for helper in helpers:
        helper.join()
    return tally


def _in_thread(where: District, tally: Tally) -> None:
    """A thread starts without a district and with a database connection of its own."""
    try:
        with district(where):
            _work(claim(), tally)
    except Exception:
        log.exception("A thread of the mail worker ended; its mails will be taken up again.")
    finally:
        connections.close_all()


def _work(batch: list[Message], tally: Tally, between: Callable[[], None] = lambda: None) -> None:
    connection, frames = Connection(), Frames()
    try:
        while batch:
            _send_batch(batch, connection, frames, tally)
            if len(batch) == BATCH:
                between()
            batch = claim()
    finally:
        connection.close()


def claim() -> list[Message]:
    """Take up to a batch of due messages for this worker alone."""
    now = timezone.now()
    with transaction.atomic():
        rows = list(
            Message.objects.overdue()
            .select_related("rule", "owner", "link")
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
    verdicts: dict[int, Verdict | None]
    records: dict[Any, Any]

    @classmethod
    def of(cls, messages: Sequence[Message]) -> "Batch":
        people = recipients_of(messages)
        stand = Hindrances.load(to.email for to in people.values())
        return cls(people, stand, verdicts_of(messages), find_records(messages))


def _send_batch(batch: list[Message], connection: Connection, frames: Frames, tally: Tally) -> None:
    known, sent = Batch.of(batch), []
    for message in batch:
        if not _holds(message):
            continue
        outcome = _handle(message, known, connection, frames, tally)
        tally.add(outcome)
        if outcome == "sent":
            sent.append(message)
    aftermath.tell(sent)


def _holds(message: Message) -> bool:
    """Is the lease still ours? Asked only when the batch has taken long; renewed then."""
    now = timezone.now()
    if message.claimed_at and now - message.claimed_at < LEASE / 4:
        return True
    mine = Message.objects.filter(pk=message.pk, state=State.SENDING, claimed_at=message.claimed_at)
    message.claimed_at = now
    return bool(mine.update(claimed_at=now))


def _handle(message: Message, known: Batch, connection: Connection, frames: Frames, tally: Tally) -> str:
    """One message to its end: sent, stopped, or put off."""
    to = known.people[message.pk]
    if verdict := known.verdicts[message.pk] or _stands_against(message, to, known.stand):
        return aftermath.stop(message, verdict, to)
    if later := _quiet_until(message, known.stand):
        message.change((State.SENDING,), why="Quiet hours.", state=State.DUE, next_try_at=later, attempts=0)
        return "put_off"
    try:
        message.readdress(to)
        if not message.text:
            render(message, to, known.records.get((message.record_kind, message.record_id)), frames)
        message.reply_to = message.reply_to or reply_address(message)
        mail = handed_over(message, frames)
    except CannotRender as wrong:
        return aftermath.stop(message, withhold(str(wrong)), to)
    except ValueError as error:  # an address or a name that no header can hold
        return aftermath.fail(message, f"The mail could not be addressed: {error}")
    except Exception as error:  # our own mistake: the next release may have mended it
        log.exception("A mail could not be made: message %s", message.pk)
        return _put_off(message, f"The mail could not be made: {error}")
    return _hand_over(message, mail, connection, tally)


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


def _hand_over(message: Message, mail: EmailMessage, connection: Connection, tally: Tally) -> str:
    begin = time.monotonic()
    try:
        connection.send(mail)  # the mail is built before the conversation begins
    except smtplib.SMTPRecipientsRefused as refused:
        code, text = next(iter(refused.recipients.values()), (550, b"refused"))
        return _refused(message, code, text)
    except smtplib.SMTPResponseException as error:
        connection.close()
        return _refused(message, error.smtp_code, error.smtp_error)
    except (OSError, smtplib.SMTPException) as error:  # no server, no network, no TLS
        connection.close()
        return _put_off(message, f"The mail server could not be reached: {error}")
    except ValueError as error:  # an address that no server could be told
        return aftermath.fail(message, f"The mail could not be addressed: {error}")
    tally.waited += time.monotonic() - begin
    mark_sent(message)
    return "sent"


def mark_sent(message: Message) -> None:
    """One UPDATE, one commit: after it the message never goes out again."""
    message.sent_at = timezone.now()
    message.state = State.SENT
    values = {name: getattr(message, name) for name in ("state", "sent_at", *MADE)}
    held = Message.objects.filter(pk=message.pk, state=State.SENDING, claimed_at=message.claimed_at)
    held.update(**values, reason="", claimed_at=None, next_try_at=message.sent_at, updated_at=message.sent_at)


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
