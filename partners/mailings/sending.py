"""To whom an announcement goes, what stands against each, and putting it into the ledger."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string

from partners.mailings.mail import announced, too_many
from partners.models import Organization
from partners.models.mailings import Mailing
from partners.rhythm import contacts_of, turn_to
from wbl.mail.categories import Category
from wbl.mail.hindrances import Hindrances
from wbl.mail.models import MailSettings, Message, State
from wbl.mail.people import Recipient
from wbl.mail.tasks import deliver

KIND = "partners.mailing"


@dataclass(frozen=True)
class Reader:
    """One partner of the list, who is written to there, and why it would be withheld (or nothing)."""

    organization: Organization
    to: Recipient
    against: str = ""


def readers(mailing: Mailing) -> list[Reader]:
    """All of them by name, as things stand; a handful of queries, however many."""
    partners = list(Organization.objects.present().filter(pk__in=mailing.organization_ids).select_related("owner"))
    people = contacts_of([p.pk for p in partners])
    to = {p.pk: turn_to(p, people.get(p.pk, [])) for p in partners}
    stand = Hindrances.load(each.email for each in to.values())
    settings, had = MailSettings.current(), announced(to)
    found = []
    for partner in partners:
        verdict = stand.against(to[partner.pk], category=mailing.category)
        why = verdict.reason if verdict else ""
        if not why and mailing.category == Category.ANNOUNCEMENTS:
            why = too_many(had[partner.pk], (KIND, mailing.pk), settings)
        found.append(Reader(partner, to[partner.pk], why))
    return found


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
    row.rule_key, row.by, row.category, row.subject = KIND, by, mailing.category, mailing.subject
    row.because = f"{by} sent it to {len(mailing.organization_ids)} partners."
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
        subject=mailing.subject,
        body="",
        by=user,
        step=get_random_string(12),
        because=f"{user} tries an announcement.",
    )


@dataclass(frozen=True)
class Progress:
    """How far it is: numbers of the ledger."""

    waiting: int
    sent: int
    held: int
    canceled: int
    wrong: int

    @property
    def total(self) -> int:
        return self.waiting + self.sent + self.held + self.canceled + self.wrong


def progress(mailing: Mailing) -> Progress:
    """One query."""
    counts = Counter(mailing.messages.values_list("state", flat=True))
    return Progress(
        waiting=counts[State.PLANNED] + counts[State.DUE] + counts[State.SENDING],
        sent=counts[State.SENT] + counts[State.DELIVERED] + counts[State.COMPLAINED],
        held=counts[State.WITHHELD],
        canceled=counts[State.CANCELLED],
        wrong=counts[State.BOUNCED] + counts[State.FAILED],
    )
