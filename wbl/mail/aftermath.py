"""What follows from a mail that went out, was stopped, bounced or failed: timelines and to-dos."""

import datetime as dt
import logging
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from wbl.mail.channels import channel_for
from wbl.mail.hindrances import NO_EMAIL
from wbl.mail.models import IncomingMail, Message, State, Suppression
from wbl.mail.people import Recipient, person_kind, recipients_of
from wbl.mail.triggers import Verdict
from wbl.tenancy.record import kind_of
from wbl.todo.models import Todo

log = logging.getLogger(__name__)
HELD = (State.SENDING,)


def tell(messages: Sequence[Message], people: dict[int, Recipient] | None = None) -> None:
    """Put sent mails on their recipients' timelines, once each: the same transaction notes that they are told."""
    if not messages:
        return
    with transaction.atomic():
        ids = {m.pk for m in messages}
        free = Message.objects.filter(pk__in=ids, told_at=None, sent_at__isnull=False)
        untold = set(free.select_for_update(skip_locked=True).values_list("pk", flat=True))
        mails = [m for m in messages if m.pk in untold]
        _tell(mails, recipients_of(mails) if people is None else people)
        Message.objects.filter(pk__in=untold).update(told_at=timezone.now())


def _tell(messages: Sequence[Message], people: dict[int, Recipient]) -> None:
    """Each app once for all its mails of the batch."""
    to_people: dict[str, list[tuple[Any, Message]]] = {}
    kinds: dict[str, list[Message]] = {}
    for message in messages:
        kinds.setdefault(message.kind.key, []).append(message)
        if (person := people[message.pk].person) is not None:
            to_people.setdefault(message.person_kind, []).append((person, message))
    for name, mails in to_people.items():
        if kind := person_kind(name):
            _each(kind.sent, mails)
    for group in kinds.values():
        _each(group[0].kind.on_sent, group)


def _each(tell_app: Callable[[Any], None], mails: Sequence[Any]) -> None:
    """A mistake over one mail must not keep the others from being told, nor any from counting as sent."""
    try:
        with transaction.atomic():
            tell_app(mails)
    except Exception:
        if len(mails) == 1:
            log.exception("A mail went out, but its timeline could not be told: %s", mails[0])
            return
        for mail in mails:
            _each(tell_app, [mail])


def tell_late() -> int:
    """Sent mails whose worker ended before it told anybody."""
    late = Message.objects.filter(sent_at__lt=timezone.now() - dt.timedelta(minutes=1), told_at=None)
    found = list(late.select_related("rule", "owner")[:500])
    tell(found)
    return len(found)


def stop(message: Message, verdict: Verdict, to: Recipient) -> str:
    """Withheld or cancelled at the last look, with what a person does instead."""
    with transaction.atomic():
        reason = verdict.reason
        if verdict.state == State.WITHHELD and (done := _instead(message, to)):
            reason = f"{reason} {done}"
        message.change(HELD, why=reason, state=verdict.state, reason=reason[:300])
    return "stopped"


def _instead(message: Message, to: Recipient) -> str:
    """Another channel than email is a call to make; no address is one to find."""
    if to.gone or to.do_not_contact or not (to.prefers or not to.email):
        return ""
    own = message.kind.instead(message, to)
    if own is not None:
        return own
    if channel := channel_for(to):
        return channel.hand_over(message, to)
    if not message.owner or Todo.objects.filter(source_kind="mail.message", source_id=message.pk).exists():
        return ""
    _todo(message, to, f"Find an email address of {to.name}", kind="task")
    return f"It was put on {message.owner.short_name}’s list."


def bounce(message: Message, words: str) -> str:
    """The address does not exist: nothing more goes there, and somebody has to find another."""
    with transaction.atomic():
        message.change(
            HELD, why=words, state=State.BOUNCED, reason=f"{words}. Nothing more goes to this address."[:300]
        )
        close_address(message, words)
    return "stopped"


def close_address(message: Message, words: str) -> None:
    """Nothing more goes to where this message went."""
    Suppression.add(email=message.to_email, detail=words[:120])
    _todo(message, message.to, f"Find another email address of {message.to_name or message.to_email}", kind="task")


def answers_to(message: Message) -> Any:
    """To-dos to read what came back to this mail, which its answer settles."""
    return Todo.objects.open().filter(source_kind=kind_of(IncomingMail), source_id__in=message.replies.values("pk"))


def fail(message: Message, why: str) -> str:
    """It can't be sent, and a person has to look."""
    with transaction.atomic():
        message.change(HELD, why=why[:300], state=State.FAILED, reason=why[:300])
        ask_somebody(message)
    return "stopped"


def ask_somebody(message: Message) -> None:
    _todo(message, message.to, f"A mail to {message.to_name or message.to_email} could not be sent", kind="task")


def tell_of_complaint(message: Message) -> None:
    """They called it spam: no more mail that one may stop, and somebody had better talk to them."""
    who = message.to_name or message.to_email
    _todo(message, message.to, f"{who} marked a mail as spam: talk before anything else is sent", kind="call")


def tell_of_answer(message: Message, mail: IncomingMail) -> None:
    """Its owner reads it: a line on their list, where the mail itself does not come to their mailbox."""
    if not message.owner:
        return
    who = mail.from_name or mail.from_email
    title = f"Read the answer of {who}: {mail.subject or message.subject}"
    _todo(message, message.to, title, kind="task", source=mail, note=mail.text[:2000])


def _todo(
    message: Message,
    to: Recipient,
    title: str,
    *,
    kind: str,
    source: IncomingMail | None = None,
    note: str = "",
) -> None:
    Todo.open(
        title=title,
        due=timezone.localdate(),
        owner=message.owner,
        about=to.about,
        person=to.person,
        source=source or message,
        kind=kind,
        note=note or message.subject,
    )


__all__ = [
    "NO_EMAIL",
    "answers_to",
    "ask_somebody",
    "bounce",
    "close_address",
    "fail",
    "stop",
    "tell",
    "tell_late",
    "tell_of_answer",
    "tell_of_complaint",
]
