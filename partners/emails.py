"""Mail to the people of partners: how they are read, what is told to the timeline, and the follow-up that is due."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import F, Func, Max, Q
from django.db.models.functions import Lower
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners import document_mail, letters  # noqa: F401 - declare their triggers and texts
from partners.asks import LetterAsk
from partners.mailings import mail as mailing_mail  # noqa: F401 - declares its kinds
from partners.models import Channel, Contact, Kind, Organization, TimelineEntry
from partners.models.stages import stage_choices
from partners.models.timeline import CONTACT_KINDS, LOGGED_BY_HAND
from partners.reach import is_email
from partners.rhythm import contacts_of, turn_to
from partners.sequences import mail as sequence_mail  # noqa: F401 - declares its trigger
from partners.sequences.going_on import stop_sequences
from wbl.accounts.models import Membership
from wbl.mail.categories import Category
from wbl.mail.models import IncomingMail, Message
from wbl.mail.people import AudienceFilter, PersonKind, Recipient, register_people
from wbl.mail.triggers import MailKind, Occasion, Trigger, Verdict, Window, cancel, register, withhold
from wbl.todo.models import Todo
from wbl.web.dates import plain_day

_WORDS = {Channel.PHONE: "the phone", Channel.TEXT: "text messages", Channel.IN_PERSON: "to meet in person"}
_ABOUT = re.compile(r"\b(?:about|regarding|re:)\s+(.+)$", re.IGNORECASE)
CALLS = [kind for kind in LOGGED_BY_HAND if kind in CONTACT_KINDS]


@register_people
class Contacts(PersonKind):
    model = Contact
    single = "partners.letter"
    param, about_param = "contact", "partner"
    fields = {"organization.name": "the partner", "contact.title": "the person’s role or title"}

    def fetch(self, ids: Iterable[int]) -> dict[int, Contact]:
        return Contact.objects.select_related("organization__owner").in_bulk(list(ids))

    def recipient(self, person: Contact) -> Recipient:
        return Recipient(
            email=person.email if is_email(person.email) else "",
            name=person.name,
            called=person.called,
            person=person,
            about=person.organization,
            language=person.language,
            prefers=_WORDS.get(person.prefers, ""),  # type: ignore[call-overload]
            do_not_contact=person.do_not_contact,
            gone=_gone(person),
            other_emails=tuple(person.emails[1:]),
        )

    def among(self, about_id: int) -> list[Contact]:
        rows = Contact.objects.current().filter(organization=about_id, organization__archived_at=None)
        return list(rows.select_related("organization"))

    def audience(self) -> list[AudienceFilter]:
        members = Membership.objects.of_district().filter(ended_at=None).select_related("user").order_by("user__name")
        tags = Organization.objects.present().values_list(Func("tags", function="unnest"), flat=True).order_by()
        return [
            AudienceFilter("kind", "Kinds of partner", [(k.value, str(k.label)) for k in Kind]),
            AudienceFilter("stage", "Stages", stage_choices()),
            AudienceFilter("owner", "Owners", [(str(m.user_id), str(m.user)) for m in members]),
            AudienceFilter("tag", "Tags", [(tag, tag) for tag in sorted(set(tags))[:60]]),
        ]

    def admits(self, to: Recipient, wanted: dict[str, list[str]]) -> bool:
        if not isinstance(partner := to.about, Organization):
            return False
        has = {
            "kind": {partner.kind},
            "stage": {partner.stage},
            "owner": {str(partner.owner_id or "")},
            "tag": set(partner.tags),
        }
        return all(has.get(key, set()) & set(values) for key, values in wanted.items())

    def some(self, number: int) -> list[Contact]:
        rows = Contact.objects.current().with_email().filter(organization__archived_at=None)
        return list(rows.select_related("organization__owner").order_by("-pk")[:number])

    def values(self, to: Recipient) -> dict[str, str]:
        return {
            "organization.name": str(to.about or ""),
            "contact.title": getattr(to.person, "title", ""),
        }

    def search(self, words: str) -> list[Contact]:
        rows = Contact.objects.current().filter(organization__archived_at=None).select_related("organization")
        for word in words.split()[:5]:
            rows = rows.filter(
                Q(name__icontains=word) | Q(email__icontains=word) | Q(organization__name__icontains=word)
            )
        return list(rows.order_by("sort_name", "pk")[:20])

    def beside(self, person: Contact, request: HttpRequest) -> LetterAsk:
        own = request.membership.school_ids or ()  # type: ignore[attr-defined]
        return LetterAsk(
            request.POST or None,
            initial={"asked_for": request.GET.get("asked_for", "")},
            partner=person.organization,
            by=request.user,
            school_id=next(iter(own)) if len(own) == 1 else None,
        )

    def sent(self, mails: Sequence[tuple[Contact, Message]]) -> None:
        Organization.record_mails(mails)

    def received(self, person: Contact, message: Message, mail: IncomingMail) -> None:
        theirs = mail.kind == IncomingMail.Kind.REPLY
        if theirs:
            stop_sequences(person, f"{person} wrote on {_day(mail.received_at)}.")
        who = "" if theirs else f" from {mail.from_name or mail.from_email}, not {person.name}"
        automatic = mail.kind == IncomingMail.Kind.AUTOMATIC
        person.organization.record(
            kind="note" if automatic else "mail_in",
            summary=f"Automatic answer: {mail.subject}" if automatic else f"{mail.subject}{who}",
            body=mail.text,
            quoted=mail.quoted,
            contact=person if theirs else None,
            at=mail.received_at,
            about=message,
        )

    def place_of(self, person: Contact, message: Message, mail: IncomingMail) -> str:
        """Its line on the timeline, unfolded; wherever the person is by now."""
        told = TimelineEntry.objects.of_record(message).filter(kind="mail_in", at=mail.received_at)
        entry = told.select_related("organization").first()
        return entry.place_to_read if entry else ""

    def by_emails(self, emails: Sequence[str]) -> list[Contact]:
        words = Q()
        for address in emails[:20]:
            words |= Q(email__iexact=address) | Q(other_emails__icontains=address)
        found = Contact.objects.filter(words).select_related("organization__owner").order_by("left_on", "pk")[:20]
        return [c for c in found if any(self.owns(c, address) for address in emails)] if words else []

    def all_by_email(self, emails: Collection[str]) -> list[Contact]:
        rows = Contact.objects.annotate(address=Lower("email")).filter(address__in=emails)
        return list(rows.select_related("organization__owner").order_by(F("left_on").desc(nulls_first=True), "pk"))

    def logged(self, person: Contact, mail: IncomingMail, *, outgoing: bool) -> None:
        person.organization.record(
            kind="mail_out" if outgoing else "mail_in",
            summary=mail.subject or "(no subject)",
            body=mail.text if outgoing or not mail.quoted else f"{mail.text}\n\n{mail.quoted}".strip(),
            contact=person,
            by=mail.by,
            at=mail.received_at,
        )


def _gone(person: Contact) -> str:
    if person.left_on:
        return f"{person.name} left on {plain_day(person.left_on)}."
    return f"{person.organization.name} is archived." if person.organization.archived_at else ""


@register
class Letter(MailKind):
    """One mail that somebody writes to a contact."""

    key = "partners.letter"
    label = _("Written by hand")
    category = Category.REQUESTS
    by_hand = True
    markdown = True


@register
class PortalAccess(MailKind):
    """How to sign in to the portal: a district's answer to somebody it works with, so no opt-out stops it."""

    key = "partners.portal_access"
    label = _("Portal access")
    category = Category.REQUIRED
    required = True
    by_hand = True


@register
class FollowUpDue(Trigger):
    """The follow-up that a log line asked for has come due: mail the person it was about."""

    key = "partners.follow_up_due"
    label = _("Follow up when due")
    about = _("When a follow-up comes due, the contact it is about gets a mail; the to-do stays on its owner’s list.")
    category = Category.REMINDERS
    repeats = False  # once a mail about it is out, it waits for a person
    subject = _("Following up: {{ topic|our conversation }}")
    body = _(
        "Hello {{ contact.called }},\n\n"
        "when we were last in touch about {{ topic|working together }}, I said I would come back to you. "
        "Is now a good time? A line in answer to this mail is enough, or tell me when I may call.\n\n"
        "Thank you for working with our students.\n\n"
        "{{ owner.name|Your coordinator }}\n{{ district.name }}"
    )
    subject_es = "Seguimiento: {{ topic|nuestra conversación }}"
    body_es = (
        "Hola, {{ contact.called }}:\n\n"
        "cuando hablamos por última vez sobre {{ topic|trabajar juntos }}, le dije que volvería a escribirle. "
        "¿Es buen momento? Basta con una línea en respuesta a este correo, o dígame cuándo puedo llamarle.\n\n"
        "Gracias por su trabajo con nuestros estudiantes.\n\n"
        "{{ owner.name|Su coordinador }}\n{{ district.name }}"
    )
    fields = {
        "topic": "what the follow-up is about",
        "due": "the day it is due",
    }
    may_be_empty = frozenset({"topic"})

    def describe(self, record: Todo) -> str:
        return record.title

    def due(self, window: Window) -> Iterator[Occasion]:
        todos = Todo.objects.open().filter(due__gte=window.first, due__lte=window.last)
        yield from self.occasions_of(list(_follow_ups(todos)))

    def occasions_of(self, records: Sequence[Todo]) -> Iterator[Occasion]:
        waiting = [t for t in records if _waits(t)]
        ids = {t.about_id for t in waiting}
        partners = Organization.objects.present().select_related("owner").in_bulk(ids)
        contacts = contacts_of(ids)
        talked = _last_talks(ids)
        for todo in waiting:
            partner = partners.get(todo.about_id)
            if partner is None or talked.get(partner.pk, todo.created_at) > todo.created_at:
                continue
            yield Occasion(
                record=todo,
                date=todo.due,
                to=_to_whom(todo, partner, contacts.get(partner.pk, [])),
                owner=todo.owner or partner.owner,
                because=f"The follow-up “{todo.title}” is due on {plain_day(todo.due)}."[:300],
            )

    def values(self, record: Todo, to: Recipient) -> dict[str, str]:
        return {
            "topic": _topic(record),
            "organization.name": record.about_label,  # also where nobody there is named
            "due": plain_day(record.due) if record.due else "",
        }

    def why_not(self, record: Todo) -> Verdict:
        if (talk := _newer_talk(record)) and talk.kind == "mail_in":
            return cancel(f"{talk.contact or 'Somebody there'} wrote on {_day(talk.created_at)}.")
        if talk:
            who = talk.by.short_name if talk.by else "Somebody"
            return cancel(f"{who} logged {_a(talk.get_kind_display().lower())} on {_day(talk.created_at)}.")
        if record.done_at:
            who = record.done_by.short_name if record.done_by else "Somebody"
            return withhold(f"{who} closed the to-do on {_day(record.done_at)}.")
        if record.due is None:
            return cancel("The to-do has no day any more.")
        if record.mail_sent_at:
            return cancel(f"A mail about it went out on {_day(record.mail_sent_at)}.")
        if not Organization.objects.present().filter(pk=record.about_id).exists():
            return withhold("The partner is archived.")
        return cancel("The to-do is no follow-up any more, or names somebody else.")

    def instead(self, message: Message, to: Recipient) -> str:
        owner = message.owner
        return f"The follow-up stays on {owner.short_name}’s list." if owner else "The follow-up stays on the list."

    def on_sent(self, messages: Sequence[Message]) -> None:
        """The to-dos stay, marked “mail sent”."""
        at = max(m.sent_at for m in messages if m.sent_at)
        Todo.objects.filter(pk__in=[m.record_id for m in messages]).update(mail_sent_at=at)


def _follow_ups(todos: Any) -> Any:
    return todos.filter(
        kind=Todo.Kind.FOLLOW_UP, about_kind="partners.organization", about_id__isnull=False, mail_sent_at=None
    ).select_related("owner")


def _waits(todo: Todo) -> bool:
    about_partner = todo.about_kind == "partners.organization" and todo.kind == Todo.Kind.FOLLOW_UP
    return bool(about_partner and todo.due and not todo.done_at and not todo.mail_sent_at)


def _to_whom(todo: Todo, partner: Organization, contacts: list[Contact]) -> Recipient:
    """The contact named in the log line, else the partner's first current contact with an email."""
    named = [c for c in contacts if todo.person_kind == "partners.contact" and c.pk == todo.person_id]
    return turn_to(partner, contacts, named[0] if named else None)


def _talks(organizations: Iterable[int | None]) -> Any:
    """Contacts that somebody logged by hand, and mails that came in: they overtake a follow-up that was made before."""
    talked = Q(kind__in=CALLS, by__isnull=False) | Q(kind="mail_in")
    return TimelineEntry.objects.filter(talked, organization__in=organizations)


def _last_talks(organizations: Iterable[int | None]) -> dict[int, dt.datetime]:
    rows = _talks(organizations).values("organization").annotate(last=Max("created_at")).order_by()
    return {row["organization"]: row["last"] for row in rows}


def _newer_talk(todo: Todo) -> TimelineEntry | None:
    newer = _talks([todo.about_id]).filter(created_at__gt=todo.created_at)
    return newer.select_related("by", "contact").order_by("created_at").first()


def _topic(todo: Todo) -> str:
    """What the note or the title says it is about: “Follow up about the job shadows” is about “the job shadows”."""
    if note := todo.note.strip():
        return note.splitlines()[0][:120]
    found = _ABOUT.search(todo.title)
    return found[1].strip(" .")[:120] if found else ""


def _a(noun: str) -> str:
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _day(moment: dt.datetime) -> str:
    return plain_day(timezone.localdate(moment))
