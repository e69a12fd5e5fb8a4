"""What Today and the rail say of mail."""

import datetime as dt
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from wbl.mail.models import Message, State
from wbl.mail.models.messages import GONE_OUT
from wbl.web.rows import UNHEALTHY, Happened, Row

LATELY = dt.timedelta(1)


def since(district: Any, begin: dt.datetime) -> list[Happened]:
    """How many mails went out and how many were held back, by the last of each: one query."""
    counts = Message.objects.filter(due_at__gte=begin, due_at__lte=timezone.now()).aggregate(
        sent=Count("pk", filter=(out := Q(state__in=GONE_OUT))),
        sent_at=Max("due_at", filter=out),
        withheld=Count("pk", filter=(held_back := Q(state=State.WITHHELD))),
        withheld_at=Max("due_at", filter=held_back),
    )
    ledger = reverse("mail:ledger")
    lines = []
    if sent := counts["sent"]:
        text = f"{sent} mail{'' if sent == 1 else 's'} went out."
        lines.append(Happened(at=counts["sent_at"], icon="mail-out", text=text, href=f"{ledger}?show=sent"))
    if held := counts["withheld"]:
        text = f"{held} mail{' was' if held == 1 else 's were'} withheld."
        lines.append(
            Happened(
                at=counts["withheld_at"], icon="withheld", text=text, href=f"{ledger}?show=withheld", link="See why"
            )
        )
    return lines


def rows(district: Any, user: Any) -> list[Row]:
    """Mails that could not be sent, of the last week: one query."""
    wrong = Message.objects.filter(state=State.FAILED, due_at__gte=timezone.now() - dt.timedelta(7)).order_by("-due_at")
    if user is not None:
        wrong = wrong.filter(owner=user)
    return [
        Row(
            section=UNHEALTHY,
            icon="mail",
            name=message.subject or "A mail",
            href=message.get_absolute_url(),
            after=f" to {message.to_name or message.to_email} could not be sent",
            why=message.reason,
            when=f"{message.due_at:%b} {message.due_at.day}",
            tone="bad",
            action="Look at it",
            action_href=message.get_absolute_url(),
            order=district.local(message.due_at).date(),
            owner_id=message.owner_id,
        )
        for message in wrong[:5]
    ]


def withheld_between(begin: Any, end: Any) -> QuerySet[Message]:
    """Mails that were due then and held back; the rail counts those of the last day (`LATELY`)."""
    return Message.objects.filter(state=State.WITHHELD, due_at__gte=begin, due_at__lte=end)
