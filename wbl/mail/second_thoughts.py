"""What a person decides about one mail in the ledger, with the way back while it is not out."""

import datetime as dt
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from wbl.mail.hindrances import Hindrances
from wbl.mail.models import Message, State
from wbl.mail.models.messages import WAITING
from wbl.mail.planner import verdicts_of
from wbl.mail.tasks import deliver
from wbl.mail.triggers import GONE

GRACE = dt.timedelta(seconds=30)  # between "Send now" and the hand-over: long enough to press Undo
_PLAIN = ("state", "reason", "by_hand", "attempts", "stopped_by_id")
_MOMENTS = ("due_at", "next_try_at")


@dataclass(frozen=True)
class Doubt:
    """Why a mail would not go out now, and whether a person may send it all the same."""

    reason: str
    may_override: bool = False


def doubt(message: Message) -> Doubt | None:
    """What the worker would find if somebody sent it now, asked of the same code."""
    to, now_due = message.to, copy(message)
    against = Hindrances.load([to.email]).against(
        to, category=message.category, required=message.required, by_hand=True
    )
    if against:
        return Doubt(against.reason)
    now_due.by_hand, now_due.due_at = False, timezone.now()
    verdict = None if message.by_hand else verdicts_of([now_due])[message.pk]
    return Doubt(verdict.reason, may_override=verdict.reason != GONE) if verdict else None


@transaction.atomic
def call_off(message: Message, *, by: Any) -> bool:
    """It shall not go out, and the planner leaves it alone. False where nothing waits any more."""
    why = f"{by} canceled it."
    return message.change(
        (*WAITING, State.FAILED),
        why=why,
        by=by,
        before=_standing(message),
        state=State.CANCELLED,
        reason=why[:300],
        stopped_by=by,
    )


@transaction.atomic
def send_now(message: Message, *, by: Any) -> bool:
    """A person wants it out, whatever held it back but an opt-out or a bounce. It leaves when the grace is over."""
    return message.revive(
        why=f"{by} asked for it to be sent now.",
        by=by,
        due_at=timezone.now() + GRACE,
        by_hand=True,
        before=_standing(message),
    )


def may_plan_again(message: Message) -> bool:
    """Somebody canceled this one mail, and its hour has not passed."""
    last = message.events.order_by("-at", "-id").first() if message.state == State.CANCELLED else None
    due = parse_datetime((last.before or {}).get("due_at", "")) if last else None
    return due is not None and due > timezone.now()


@transaction.atomic
def take_back(message: Message, *, by: Any) -> bool:
    """The last of these decisions is undone: the mail stands as it stood. False where it is out, or somebody went on."""
    last = message.events.order_by("-at", "-id").first()
    if last is None or last.before is None:
        return False
    new = {name: last.before[name] for name in _PLAIN}
    new |= {name: parse_datetime(last.before[name]) for name in _MOMENTS}
    held_by = WAITING if last.what in WAITING else (last.what,)
    done = message.change(held_by, why=f"{by} took it back.", by=by, **new)
    if done and message.is_waiting:
        deliver.delay_on_commit()  # its hour may have come meanwhile
    return done


def _standing(message: Message) -> dict[str, Any]:
    """What `take_back` brings back, as JSON."""
    now = Message.objects.select_for_update().get(pk=message.pk)
    plain = {name: getattr(now, name) for name in _PLAIN}
    return plain | {name: getattr(now, name).isoformat() for name in _MOMENTS}
