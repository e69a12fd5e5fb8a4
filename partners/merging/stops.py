"""Mail and merges: who said no to one address of a person said no to them all, and nobody gets the same mail twice."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from partners.models import Contact
from wbl.mail.models import Message, OptOut, State
from wbl.mail.models.messages import SAME, WAITING
from wbl.tenancy import rows
from wbl.tenancy.record import kind_of


def keep_mail_stopped(survivor: Contact, loser: Contact) -> list[dict[str, Any]]:
    """The strictest wins: each standing opt-out of either's address counts for the other's too. Steps of what was added."""
    pair = {survivor.email.lower(), loser.email.lower()} - {""}
    if len(pair) < 2:
        return []
    steps: list[dict[str, Any]] = []
    standing = OptOut.objects.standing().filter(email__in=pair)
    for stop in list(standing):
        (twin,) = pair - {stop.email}
        if standing.filter(email=twin, category=stop.category).exists():
            continue
        before = OptOut.objects.filter(email=twin, category=stop.category).values_list("pk", flat=True).first()
        was = rows.read(OptOut, [before])[0] if before else None
        OptOut.stop(email=twin, category=stop.category, source=f"{OptOut.COPIED} {stop.email}"[:200])
        pk = before or OptOut.objects.get(email=twin, category=stop.category).pk
        (now,) = rows.read(OptOut, [pk])
        if was is None:
            steps.append({"do": "make", "model": kind_of(OptOut), "row": now})
        else:
            changed = {c: [was[c], now[c]] for c in now if was[c] != now[c] and c != "updated_at"}
            steps.append({"do": "change", "model": kind_of(OptOut), "id": pk, "columns": changed, "whole": True})
    return steps


def move_mail(survivor: Contact, loser: Contact) -> list[dict[str, Any]]:
    """The ledger knows people by kind and id: what the one got, the other got. Waiting mail that both would get goes out once."""
    steps: list[dict[str, Any]] = []
    kind = kind_of(Contact)
    old, new = f"{kind}:{loser.pk}", f"{kind}:{survivor.pk}"
    rest = [name for name in SAME if name not in ("district", "recipient")]
    had = set(Message.objects.filter(recipient=new).values_list(*rest))
    for message in Message.objects.filter(recipient=old).order_by("pk"):
        if tuple(getattr(message, name) for name in rest) not in had:
            steps += _change(message, {"recipient": new})
        elif message.state in WAITING:
            reason = f"{survivor} gets the same mail: the two are one person."[:300]
            steps += _change(message, {"state": str(State.CANCELLED), "reason": reason})
    return steps


def _change(message: Message, values: dict[str, Any]) -> list[dict[str, Any]]:
    before = {name: getattr(message, name) for name in values}
    Message.objects.filter(pk=message.pk).filter(Q(**before)).update(**values, updated_at=timezone.now())
    columns = {name: [before[name], value] for name, value in values.items()}
    return [{"do": "change", "model": kind_of(Message), "id": message.pk, "columns": columns}]
