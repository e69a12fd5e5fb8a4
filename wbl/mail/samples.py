"""Real records to try a text on, without sending anything."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from wbl.mail import render
from wbl.mail.models import Message
from wbl.mail.people import people_kinds
from wbl.mail.triggers import Occasion, Trigger, Window, kind_and_id

TRIED = 20  # records to choose from


@dataclass(frozen=True)
class Sample:
    """One record with its reader; `key` is how an address names it."""

    occasion: Occasion
    label: str

    @property
    def key(self) -> str:
        return str(self.occasion.record.pk)

    @property
    def name(self) -> str:
        return self.occasion.to.name or self.label

    def values(self, trigger: Trigger | None) -> dict[str, str]:
        """What the merge fields become for it."""
        message = Message.addressed(self.occasion.to, self.occasion.record, self.occasion.owner)
        message.rule_key = trigger.key if trigger else ""
        message.person_kind, message.person_id = kind_and_id(self.occasion.to.person)
        return render.values_for(message, self.occasion.to, self.occasion.record)


def samples(trigger: Trigger | None, *, owner: Any = None) -> list[Sample]:
    """Those around today, whom a mail would reach before the others, soonest first; for a text that goes to people, some people."""
    if trigger is None:
        return [_person(kind.recipient(one), owner) for kind in people_kinds() for one in kind.some(TRIED)]
    today = timezone.localdate()
    window = Window(today - dt.timedelta(90), today + dt.timedelta(90))
    near = sorted(trigger.due(window), key=lambda o: (not o.to.email, *_nearness(o, today)))
    return [Sample(o, f"{o.to.name or o.to.email}: {trigger.describe(o.record)}") for o in near[:TRIED]]


def _nearness(occasion: Occasion, today: dt.date) -> tuple[bool, int, int]:
    return occasion.date < today, abs((occasion.date - today).days), occasion.record.pk


def _person(to: Any, owner: Any) -> Sample:
    occasion = Occasion(record=to.person, date=timezone.localdate(), to=to, owner=owner)
    return Sample(occasion, f"{to.name}, {to.about}" if to.about else to.name)


def chosen(found: list[Sample], asked: str) -> Sample | None:
    """The one that was asked for, else the first."""
    return next((s for s in found if s.key == asked), found[0] if found else None)
