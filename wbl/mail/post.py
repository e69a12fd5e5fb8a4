"""The hand-over: one conversation with the mail server a mail, and a commit of its own once the server has said yes.

A few mails go out in the caller's own thread. Many go through senders, a thread with a connection each: they only talk
SMTP and mark, so that while one waits for the server or for a commit to reach the disk the next mail is made. A sender
holds one mail until it is marked; so what a crash can repeat is at most one mail for each connection. More senders
start where the server is one that is waited for.
"""

import logging
import queue
import re
import smtplib
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import psycopg
from django.core.mail import mailers
from django.core.mail.backends.smtp import EmailBackend
from django.db import connection
from django.utils import timezone

from wbl.mail.letter import Letter
from wbl.mail.models import Message, State
from wbl.mail.pace import Pace
from wbl.tenancy.scope import current_district_id

log = logging.getLogger(__name__)
FEW = 8  # mails that need no threads
AT_FIRST, MARKING = 4, 4  # senders to begin with; database connections that mark
SLOW = 0.01  # seconds that a server takes for a mail, from which more connections help
READY = 40  # mails that are made and wait for a sender, so that none idles while the next batch is read
STUBBORN = 60  # seconds of trying to mark what a server has taken, while the database restarts
SWITCH = 0.0005  # Python's default of 5 ms makes every answer of a server wait behind the making of mails
# what is made when a mail is due; kept, so that another attempt sends the same
MADE = ("subject", "source", "text", "html", "to_name", "to_email", "reply_to", "link_id", "language", "provider_id")
_DOTS = re.compile(rb"(?m)^\.")
_MARK = (
    f"UPDATE mail_message SET state = %s, sent_at = %s, next_try_at = %s, updated_at = %s, claimed_at = NULL, reason = '', "
    f"{', '.join(f'{name} = %s' for name in MADE)} "
    "WHERE district_id = %s AND id = %s AND state = %s AND claimed_at = %s"
)


class Stale(Exception):
    """The mail waited so long that another worker may take it up."""


class Unmarked(Exception):
    """The mail went out, and the ledger could not be told."""


@dataclass(frozen=True)
class Handed:
    """What became of a mail; without an error it is sent and marked."""

    message: Message
    error: Exception | None = None


class Wire:
    """One connection to the mail server, opened when the first mail comes and kept."""

    def __init__(self) -> None:
        self.backend: Any = mailers["default"]
        self.is_smtp = isinstance(self.backend, EmailBackend)

    def send(self, mail: Letter) -> str:
        """Returns the provider's own id of the mail, if it has one. Raises what smtplib or anymail raises; a connection
        that the server had closed meanwhile is opened once more."""
        if not self.is_smtp:
            self.backend.send_messages([mail])
            known = getattr(getattr(mail, "anymail_status", None), "message_id", None)
            return "" if known is None else str(known)
        content, (sender, recipient) = mail.as_bytes(), mail.envelope()
        try:
            self._talk(sender, recipient, content)
        except smtplib.SMTPServerDisconnected:
            self.close()
            self._talk(sender, recipient, content)
        return ""

    def _talk(self, sender: str, recipient: str, content: bytes) -> None:
        self.backend.open()
        smtp = self.backend.connection
        smtp.ehlo_or_helo_if_needed()
        if smtp.has_extn("pipelining"):
            pipelined(smtp, sender, recipient, content)
        else:
            smtp.sendmail(sender, [recipient], content)

    def close(self) -> None:
        """Never raises: what was sent is sent."""
        try:
            self.backend.close()
        except (OSError, smtplib.SMTPException):
            self.backend.connection = None


def pipelined(smtp: smtplib.SMTP, sender: str, recipient: str, content: bytes) -> None:
    """MAIL, RCPT and DATA in one go (RFC 2920): two waits for the server instead of four. Raises as `sendmail` does."""
    smtp.send(f"MAIL FROM:<{sender}>\r\nRCPT TO:<{recipient}>\r\nDATA\r\n")
    from_reply, to_reply, data_reply = smtp.getreply(), smtp.getreply(), smtp.getreply()
    taken = from_reply[0] == 250 and to_reply[0] in (250, 251)
    if data_reply[0] == 354:
        end = b"" if content.endswith(b"\r\n") else b"\r\n"
        smtp.send((_DOTS.sub(b"..", content) + end if taken else b"") + b".\r\n")
        data_reply = smtp.getreply()
    if taken and data_reply[0] == 250:
        return
    smtp.rset()
    if from_reply[0] != 250:
        raise smtplib.SMTPSenderRefused(*from_reply, sender)
    if not taken:
        raise smtplib.SMTPRecipientsRefused({recipient: to_reply})
    raise smtplib.SMTPDataError(*data_reply)


class Post:
    """Hands over mails of the open district: `send` each, `collect` what became of them, leave the block to finish."""

    def __init__(self, *, expected: int, limit: int, fresh: float) -> None:
        """`fresh`: seconds after its claim within which a mail may be handed over."""
        self.fresh, self.limit, self.pace = fresh, limit, Pace.of_settings()
        self.threaded = expected > FEW and limit > 1 and not connection.in_atomic_block
        self.done: deque[Handed] = deque()
        self.jobs: queue.SimpleQueue[tuple[Message, Letter] | None] = queue.SimpleQueue()
        self.room = threading.Semaphore(READY)
        self.server_takes = 0.0  # seconds a mail, lately
        self.senders: list[threading.Thread] = []
        self.marks: queue.SimpleQueue[Marker] = queue.SimpleQueue()
        self.markers = 0
        self.own = Wire()

    def __enter__(self) -> Self:
        self.switch = sys.getswitchinterval()
        if self.threaded:
            sys.setswitchinterval(SWITCH)
            for _ in range(min(AT_FIRST, self.limit)):
                self._start_sender()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for _ in self.senders:
            self.jobs.put(None)
        for sender in self.senders:
            sender.join()
        self.own.close()
        for _ in range(self.markers):
            self.marks.get().close()
        sys.setswitchinterval(self.switch)

    def send(self, message: Message, mail: Letter) -> None:
        """Waits for its turn and for a free sender; the outcome is in `collect`."""
        self.pace.wait()
        if not self.threaded:
            self.done.append(self._one(message, mail, self.own, self._mark_here))
            return
        if not self.room.acquire(blocking=False):
            if self.server_takes > SLOW and len(self.senders) < self.limit:
                self._start_sender()
            self.room.acquire()
        self.jobs.put((message, mail))

    def collect(self, *, all_of_them: bool = False) -> list[Handed]:
        """What is done by now, or (waiting) everything."""
        if all_of_them and self.threaded:
            for _ in range(READY + len(self.senders)):
                self.room.acquire()
            self.room.release(READY + len(self.senders))
        return [self.done.popleft() for _ in range(len(self.done))]

    # --- senders ------------------------------------------------------------------------------------

    def _start_sender(self) -> None:
        if self.markers < MARKING:
            self.markers += 1
            self.marks.put(Marker())
        sender = threading.Thread(target=self._send_on, daemon=True)
        self.senders.append(sender)
        sender.start()

    def _send_on(self) -> None:
        wire = Wire()
        self.room.release()
        while job := self.jobs.get():
            self.done.append(self._one(*job, wire, self._mark_beside))
            self.room.release()
        wire.close()

    def _one(self, message: Message, mail: Letter, wire: Wire, mark: Callable[[Message], None]) -> Handed:
        try:
            if message.claimed_at and (timezone.now() - message.claimed_at).total_seconds() > self.fresh:
                raise Stale
            begin = time.monotonic()
            message.provider_id = wire.send(mail)[:200]
            took = time.monotonic() - begin
            self.server_takes += (took - self.server_takes) / (8 if self.server_takes else 1)
        except Exception as error:
            if isinstance(error, OSError) and not isinstance(error, smtplib.SMTPRecipientsRefused):
                wire.close()
            return Handed(message, error)
        message.state, message.sent_at = State.SENT, timezone.now()
        try:
            mark(message)
        except Exception as error:  # it went out: all that is left is to say so
            log.exception("A mail went out and could not be marked: message %s", message.pk)
            return Handed(message, Unmarked(str(error)))
        return Handed(message)

    def _mark_here(self, message: Message) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_MARK, values_of(message))

    def _mark_beside(self, message: Message) -> None:
        marker = self.marks.get()
        try:
            marker.mark(message)
        finally:
            self.marks.put(marker)


class Marker:
    """A database connection of its own, in the open district: each mark is a prepared statement and a commit."""

    def __init__(self) -> None:
        self.district = str(current_district_id())
        self.how = {**connection.get_connection_params(), "autocommit": True, "cursor_factory": psycopg.Cursor}
        self.connection = self._open()

    def _open(self) -> Any:
        made = psycopg.connect(**self.how)
        made.execute("SELECT set_config('wbl.district', %s, false)", [self.district])
        return made

    def mark(self, message: Message) -> None:
        """While the database restarts, again until it is back. Raises psycopg.Error when it does not come back."""
        values, until = values_of(message), time.monotonic() + STUBBORN
        while True:
            try:
                if self.connection.closed:
                    self.connection = self._open()
                self.connection.execute(_MARK, values, prepare=True)
                return
            except psycopg.OperationalError:
                self.connection.close()
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def close(self) -> None:
        self.connection.close()


def values_of(message: Message) -> list[Any]:
    """One UPDATE, one commit: after it the message never goes out again. It holds only while the claim is ours."""
    sent = message.sent_at
    made = [getattr(message, name) for name in MADE]
    held = [message.district_id, message.pk, str(State.SENDING), message.claimed_at]
    return [str(State.SENT), sent, sent, sent, *made, *held]
