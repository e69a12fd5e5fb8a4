"""Mails of announcements: their words, and what stands against them. Loaded by partners.emails."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.mailings import Mailing
from partners.models.organizations import Organization
from wbl.mail.categories import Category
from wbl.mail.models import MailSettings, Message, State
from wbl.mail.people import Recipient
from wbl.mail.triggers import GONE, MailKind, Verdict, cancel, register, withhold


def announced(organizations: Iterable[int]) -> dict[int, set[tuple[str, int | None]]]:
    """The announcements that went out to each of these partners within the district's days: one query, and its settings."""
    since = timezone.now() - dt.timedelta(days=MailSettings.current().within_days)
    rows = Message.objects.gone_out().filter(
        category=Category.ANNOUNCEMENTS,
        about_kind="partners.organization",
        about_id__in=set(organizations),
        sent_at__gt=since,
    )
    found: dict[int, set[tuple[str, int | None]]] = defaultdict(set)
    for about, key, record in rows.values_list("about_id", "rule_key", "record_id"):
        found[about].add((key, record))
    return found


def _in_hand(messages: Sequence[Message]) -> dict[int, set[tuple[str, int | None]]]:
    """The announcements to the same partners that some worker is sending beside these: one query."""
    rows = Message.objects.in_state(State.SENDING).exclude(pk__in=[m.pk for m in messages])
    rows = rows.filter(
        category=Category.ANNOUNCEMENTS,
        about_kind="partners.organization",
        about_id__in={m.about_id for m in messages},
    )
    found: dict[int, set[tuple[str, int | None]]] = defaultdict(set)
    for about, key, record in rows.values_list("about_id", "rule_key", "record_id"):
        found[about].add((key, record))
    return found


def too_many(had: set[tuple[str, int | None]], this: tuple[str, int | None], settings: MailSettings) -> str:
    """Why this announcement would be one too many for a partner, or nothing."""
    if this in had or len(had) < settings.most:
        return ""
    times = f"{len(had)} announcement{'' if len(had) == 1 else 's'}"
    return f"They had {times} in {settings.within_days} days; {settings.most} may come."


@register
class MailingMail(MailKind):
    key = "partners.mailing"
    label = _("Announcement")
    category = Category.ANNOUNCEMENTS

    def texts(self, record: Mailing, language: str) -> tuple[str, str]:
        return record.text_in(language)

    def still_wanted(self, message: Message, record: Mailing | None) -> Verdict | None:
        if record is None:
            return cancel(GONE)
        return cancel(f"{record.stopped_by or 'Somebody'} stopped it.") if record.stopped_at else None

    def verdicts(self, messages: Sequence[Message]) -> dict[int, Verdict | None]:
        """The cap counts when the mail goes out, not when it was planned."""
        found, now = super().verdicts(messages), timezone.now()
        due = [m for m in messages if m.category == Category.ANNOUNCEMENTS and m.due_at <= now and found[m.pk] is None]
        if not due:
            return found
        settings, had = MailSettings.current(), announced(m.about_id for m in due if m.about_id)
        for message in due:
            this = (message.rule_key, message.record_id)
            if why := too_many(had[message.about_id or 0], this, settings):
                found[message.pk] = withhold(why)
            else:
                had[message.about_id or 0].add(this)
        return found

    def not_yet(self, messages: Sequence[Message]) -> dict[int, str]:
        """Another worker has an announcement to the same partner in its hands: had it gone out, this would be one too many.

        Every worker's claim is committed before it asks, so of two at one instant one sees the other.
        """
        due = [m for m in messages if m.category == Category.ANNOUNCEMENTS and m.about_id]
        others = _in_hand(due) if due else {}
        if not others:
            return {}
        settings, had = MailSettings.current(), announced(others)
        found = {}
        for message in due:
            this, so_far = (message.rule_key, message.record_id), had[message.about_id or 0]
            if not too_many(so_far, this, settings) and too_many(
                so_far | others.get(message.about_id or 0, set()), this, settings
            ):
                found[message.pk] = "Another announcement is on its way to them."
            else:
                so_far.add(this)
        return found

    def instead(self, message: Message, to: Recipient) -> str:
        return "No call was put on a list for an announcement."


@register
class MailingTest(MailKind):
    """The same words to whoever wrote them."""

    key = "partners.mailing_test"
    label = _("Test of an announcement")
    category = Category.ANNOUNCEMENTS
    required = True
    by_hand = True

    def texts(self, record: Mailing, language: str) -> tuple[str, str]:
        subject, body = record.text_in(language)
        return f"[Test] {subject}", body

    def values(self, record: Mailing, to: Recipient) -> dict[str, Any]:
        partner = Organization.objects.filter(pk__in=record.organization_ids[:1]).first()
        return {"organization.name": str(partner or "A partner"), "contact.title": "Title"}
