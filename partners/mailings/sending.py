"""To whom an announcement goes, what stands against each, and putting it into the ledger."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from partners.mailings.mail import announced, too_many
from partners.models import Contact, Organization
from partners.models.mailings import Mailing
from partners.rhythm import contacts_of, turn_to
from wbl.mail import preview
from wbl.mail.categories import Category
from wbl.mail.hindrances import Hindrances
from wbl.mail.models import MailSettings, Message, State
from wbl.mail.models.messages import GONE_OUT, WAITING
from wbl.mail.models.templates import LANGUAGES
from wbl.mail.people import Recipient, recipient_of
from wbl.mail.tasks import deliver
from wbl.tenancy.record import kind_of

KIND = "partners.mailing"


@dataclass(frozen=True)
class Reader:
    """One partner of the list, who is written to there, and why it would be withheld (or nothing).

    `instead` says why it is not the first contact with an address.
    """

    organization: Organization
    to: Recipient
    against: str = ""
    instead: str = ""


def readers(mailing: Mailing) -> list[Reader]:
    """All of them by name, as things stand; a handful of queries, however many."""
    partners = list(Organization.objects.present().filter(pk__in=mailing.organization_ids).select_related("owner"))
    people_of = [p.pk for p in partners]
    people = contacts_of(people_of)
    stand = Hindrances.load(c.email for found in people.values() for c in found)
    settings, had = MailSettings.current(), announced(people_of)
    return [
        _reader(mailing, each, people.get(each.pk, []), stand, too_many(had[each.pk], (KIND, mailing.pk), settings))
        for each in partners
    ]


def _reader(
    mailing: Mailing, partner: Organization, people: Sequence[Contact], stand: Hindrances, too_many_for_them: str
) -> Reader:
    """The first contact whom nothing stands against; where there is none, whom one would turn to, with what does."""
    first = turn_to(partner, people)
    verdict = stand.against(first, category=mailing.category)
    to, why, instead = first, verdict.reason if verdict else "", ""
    if verdict:
        others = [recipient_of(c) for c in people if not c.left_on and c.email and c != first.person]
        free = next((each for each in others if not stand.against(each, category=mailing.category)), None)
        if free:
            to, why, instead = free, "", f"In place of {first.name}: {why}"
    if not why and mailing.category == Category.ANNOUNCEMENTS:
        why = too_many_for_them
    return Reader(partner, to, why, "" if why else instead)


@transaction.atomic
def dispatch(mailing: Mailing, *, send_at: dt.datetime | None, by: Any) -> int:
    """Write its rows; a worker sends them from `send_at` (or now) on. How many; 0 where it was sent already."""
    at = send_at or timezone.now()
    if not mailing.claim(send_at=at):
        return 0
    rows = [_row(mailing, reader, at, by) for reader in readers(mailing)]
    Message.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    deliver.delay_on_commit()
    return len(rows)


def _row(mailing: Mailing, reader: Reader, at: dt.datetime, by: Any) -> Message:
    row = Message.addressed(reader.to, mailing, reader.organization.owner or by)
    row.rule_key, row.by, row.category, row.subject = KIND, by, mailing.category, str(mailing)[:300]
    row.because = f"{by} sent it to {len(mailing.organization_ids)} partners. {reader.instead}".strip()[:300]
    row.reason = reader.against[:300]  # as things stand; looked at once more when it is due
    row.due_at = row.next_try_at = at
    if not reader.to.email:  # a row each, withheld with its reason: people without an address are not one recipient
        row.step = f"partner {reader.organization.pk}"
    return row


def test_to(mailing: Mailing, *, user: Any) -> Message:
    """The mail as it is now, to oneself."""
    to = Recipient(email=user.email, name=str(user), called=user.short_name)
    return Message.write(
        kind="partners.mailing_test",
        record=mailing,
        recipient=to,
        subject=str(mailing),
        body="",
        by=user,
        step=get_random_string(12),
        because=f"{user} tries an announcement.",
    )


@dataclass(frozen=True)
class Letter:
    """The mail as one of its readers gets it. `language` is said only where there are several."""

    message: Message
    text: str
    height: int
    language: str = ""


def letters_of(mailing: Mailing) -> list[Letter]:
    """One for each language that its readers have; of those who got it or will, if anybody does: a handful of queries."""
    rows = mailing.messages.select_related("owner", "by", "link")
    rows = rows.annotate(held=~Q(reason=""))  # who got none stands last, behind whom nothing keeps from it
    rows = rows.order_by("language", "sent_at", "held", "pk").distinct("language")
    first = sorted(rows, key=lambda m: (m.sent_at is None, m.held))[: None if mailing.body_es else 1]
    made = []
    for message in first:
        code = message.language
        preview.fill(message)
        language = str(dict(LANGUAGES).get(code, code)) if len(first) > 1 else ""
        made.append(Letter(message, preview.text_of(message), preview.height_of(message), language))
    return made


@dataclass(frozen=True)
class Figure:
    """A number, its word, and the ledger's filter that shows the rows behind it."""

    number: int
    word: str
    show: str


@dataclass(frozen=True)
class Progress:
    """How far it is: numbers of the ledger. `waiting` would go out, `held` waits too and would be withheld."""

    total: int
    waiting: int
    held: int
    sent: int
    figures: list[Figure]


def progress(mailing: Mailing) -> Progress:
    """Two queries."""
    rows = list(mailing.messages.values_list("state", "reason", "attempts"))
    counts = Counter(state for state, _reason, _attempts in rows)
    held = sum(state in WAITING and bool(reason) and not attempts for state, reason, attempts in rows)
    out = sum(counts[s] for s in GONE_OUT)
    figures = [
        Figure(counts[State.DELIVERED], "delivered", "delivered"),
        Figure(mailing.messages.answered().count() if out else 0, "answered", "answered"),
        Figure(counts[State.WITHHELD], "withheld, each with its reason", "withheld"),
        Figure(counts[State.BOUNCED] + counts[State.FAILED], "bounced or failed", "bounced"),
        Figure(counts[State.COMPLAINED], "marked as spam", "spam"),
        Figure(counts[State.CANCELLED], "canceled", "canceled"),
    ]
    waiting = counts[State.PLANNED] + counts[State.DUE] + counts[State.SENDING]
    return Progress(sum(counts.values()), waiting - held, held, out, [f for f in figures if f.number])


def came_of(mailings: Sequence[Mailing]) -> dict[int, str]:
    """What came of each so far, in words, by id: one query."""
    sent = [m.pk for m in mailings if m.send_at]
    rows = Message.objects.filter(rule_key=KIND, record_kind=kind_of(Mailing), record_id__in=sent)
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for pk, state, number in rows.values_list("record_id", "state").annotate(n=Count("pk")).order_by():
        found[pk][state] = number
    return {pk: f"{sum(c[s] for s in GONE_OUT)} of {sum(c.values())}" for pk, c in found.items()}
