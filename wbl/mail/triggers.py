"""Kinds of mail, and triggers: what date, whose, about which record. Apps declare them in `<app>/emails.py`.

    @register
    class MeetingReminder(Trigger):
        key = "councils.meeting_reminder"
        label = "Council meets"
        category = Category.COUNCIL
        offsets = (-2,)
        subject = "{{ meeting.name }} on {{ meeting.day }}"
        body = "Dear {{ contact.called }}, …"
        fields = {"meeting.name": "the council", "meeting.day": "the day"}

        def due(self, window): yield Occasion(record=meeting, date=meeting.day, to=recipient_of(contact))
        def values(self, record, to): return {"meeting.name": …}

They are loaded when Django starts (`MailConfig.ready`). All methods run inside the district's scope.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from wbl.mail import texts
from wbl.mail.categories import Category
from wbl.mail.people import Recipient, find_person, people_fields, person_kind
from wbl.tenancy.record import kind_of, resolve, tenant_model
from wbl.web.dates import plain_day

if TYPE_CHECKING:
    from wbl.links.models import SignedLink
    from wbl.mail.models import Message, Rule

GONE = "What it was about is gone."
# fields that every text may use
COMMON_FIELDS: dict[str, str] = {
    "contact.called": "how the person is addressed",
    "contact.name": "the person's full name",
    "owner.name": "the coordinator who answers",
    "owner.called": "the coordinator's first name",
    "district.name": "your district",
}

COMMON_MAY_BE_EMPTY = frozenset({"owner.name", "owner.called", "contact.title"})


@dataclass(frozen=True)
class Window:
    """Reference dates that the planner asks for, both ends included."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Occasion:
    """One date of one record that a mail may be about, for one recipient."""

    record: models.Model
    date: dt.date
    to: Recipient
    owner: Any = None  # the User whom the recipient may answer, and who gets the to-dos
    because: str = ""  # one sentence for the ledger: why this mail exists
    until: dt.datetime | None = None  # from then on the mail would be pointless
    school: int | None = None  # whose record it is, where the trigger goes by school


@dataclass(frozen=True)
class Verdict:
    """Why a mail must not go out. `state` is withheld or cancelled."""

    state: str
    reason: str


def withhold(reason: str) -> Verdict:
    """It was wanted, and something stands against it."""
    return Verdict("withheld", reason)


def cancel(reason: str) -> Verdict:
    """It is not wanted any more."""
    return Verdict("cancelled", reason)


class MailKind:
    """What a mail is about and what happens when it went out. One-off mails name theirs in `Message.write(kind=…)`."""

    key: ClassVar[str]
    label: ClassVar[Any]
    category: ClassVar[str] = Category.REMINDERS
    required: ClassVar[bool] = False  # an opt-out does not stop it: a seat one sits on, a signature, safety
    by_hand: ClassVar[bool] = False  # somebody chose to write to this very person: their preferred channel is advice
    markdown: ClassVar[bool] = False  # what was typed is Markdown for the HTML part; the plain part has it as typed

    def describe(self, record: Any) -> str:
        """The record in a few words, for the ledger."""
        return str(record)

    link_label: ClassVar[Any] = _("Answer here")

    def still_wanted(self, message: "Message", record: Any) -> Verdict | None:
        """Asked when the mail is about to go out; `record` is None when it is gone. None: it may go."""
        return cancel(GONE) if message.record_id and record is None else None

    def verdicts(self, messages: Sequence["Message"]) -> dict[int, Verdict | None]:
        """`still_wanted` of many, by message id; records are read together."""
        records = find_records(messages)
        return {m.pk: self.still_wanted(m, records.get((m.record_kind, m.record_id))) for m in messages}

    def link(self, message: "Message") -> "SignedLink | None":
        """The personal link for `{{ link }}`; asked when the text is made."""
        return message.link

    def attachments(self, message: "Message") -> Iterable[tuple[str, str, bytes]]:
        """Files that go along, as (name, content type, content); made anew for every attempt."""
        return ()

    def not_yet(self, messages: Sequence["Message"]) -> dict[int, str]:
        """Which of a worker's messages wait until something else is settled, and for what, by id."""
        return {}

    def instead(self, message: "Message", to: Recipient) -> str | None:
        """The person wants no email: a sentence on what is done instead; None lets a call be put on the owner's list."""
        return None

    def texts(self, record: Any, language: str) -> tuple[str, str] | None:
        """(subject, body) in Markdown with merge fields, for mails whose words are made when they are due."""
        return None

    def values(self, record: Any, to: Recipient) -> dict[str, str]:
        """Values of the fields that are this record's own."""
        return {}

    def on_sent(self, messages: Sequence["Message"]) -> None:
        """These went out. The recipients' own history is told already."""


class Trigger(MailKind):
    """A date of a record that a district may let mails follow."""

    about: ClassVar[Any] = ""  # a sentence for the list of rules
    offsets: ClassVar[tuple[int, ...]] = (0,)
    hour: ClassVar[dt.time] = dt.time(8, 0)
    subject: ClassVar[Any] = ""
    body: ClassVar[Any] = ""
    subject_es: ClassVar[str] = ""
    body_es: ClassVar[str] = ""
    fields: ClassVar[Mapping[str, str]] = {}
    may_be_empty: ClassVar[frozenset[str]] = frozenset()  # fields that a text must give words to stand in for
    has_link: ClassVar[bool] = False
    by_school: ClassVar[bool] = False  # its records belong to schools
    is_listed: ClassVar[bool] = True  # its rules stand in the list of rules; others have pages of their own
    repeats: ClassVar[bool] = True  # a second mail about the same date may follow the first

    def due(self, window: Window) -> Iterable[Occasion]:
        """The occasions whose date lies in the window; only those that still want a mail."""
        raise NotImplementedError

    def due_for(self, rule: "Rule", window: Window) -> Iterable[Occasion]:
        """Those of one rule, for triggers whose rules are not all about the same records."""
        return self.due(window)

    def page_of(self, rule: "Rule") -> str:
        """The address of the page that stands for its rules, where they are not listed."""
        return ""

    def prepare(self) -> None:
        """Called before planning in earnest, where a rule over it is on: what has to happen first."""

    def occasions_of(self, records: Sequence[Any]) -> Iterable[Occasion]:
        """The occasions of these records as they are now; none of a record that wants no mail any more."""
        raise NotImplementedError

    def days_moved(self, messages: Sequence["Message"]) -> dict[int, str]:
        """By record, of mails to come: why the reference date itself is not the day that was meant, a sentence each."""
        return {}

    def school_of(self, record: Any) -> int | None:
        """The id of the school that the record belongs to."""
        return None

    def moved(self, day: dt.date) -> str:
        """A sentence for the ledger: the reference date is another one now."""
        return f"The date moved to {plain_day(day)}."

    def why_not(self, record: Any) -> Verdict:
        """The record wants no mail any more: why?"""
        return cancel("It is no longer due.")

    def verdicts(self, messages: Sequence["Message"]) -> dict[int, Verdict | None]:
        records = find_records(messages)
        dates: dict[tuple[str, int | None, str], list[dt.date]] = {}
        for found in self.occasions_of(list(records.values())):
            dates.setdefault((*kind_and_id(found.record), found.to.key), []).append(found.date)
        return {m.pk: self._verdict(m, records, dates) for m in messages}

    def _verdict(self, message: "Message", records: dict[Any, Any], dates: dict[Any, list[dt.date]]) -> Verdict | None:
        record = records.get((message.record_kind, message.record_id))
        if record is None:
            return cancel(GONE)
        mine = dates.get((message.record_kind, message.record_id, message.recipient), [])
        if message.reference_date in mine:
            return None
        return cancel(self.moved(min(mine))) if mine else self.why_not(record)


class OneOff(MailKind):
    """For mails whose kind no app declared: told to the recipient's history, nothing more."""

    def __init__(self, key: str) -> None:
        self.key = key  # type: ignore[misc]
        self.label = key.rpartition(".")[2].replace("_", " ").capitalize()  # type: ignore[misc]


_kinds: dict[str, MailKind] = {}


def register(kind: type[MailKind]) -> type[MailKind]:
    """Class decorator. Raises ValueError for a key that is taken."""
    if kind.key in _kinds and type(_kinds[kind.key]) is not kind:
        raise ValueError(f"Two kinds of mail are called {kind.key}.")
    _kinds[kind.key] = kind()
    return kind


def mail_kind(key: str) -> MailKind:
    return _kinds.get(key) or OneOff(key)


def trigger(key: str) -> Trigger:
    """Raises LookupError for a trigger that no installed app declares."""
    found = _kinds.get(key)
    if not isinstance(found, Trigger):
        raise LookupError(f"No app declares the trigger {key}.")
    return found


def all_triggers() -> list[Trigger]:
    return sorted((k for k in _kinds.values() if isinstance(k, Trigger)), key=lambda t: t.key)


def fields_of(found: Trigger | None) -> dict[str, str]:
    """The merge fields of a text, each with what it is: everybody's, and the trigger's own."""
    everybody = {**COMMON_FIELDS, **people_fields()}
    if found is None:
        return everybody
    return {**everybody, **found.fields, **({texts.LINK: "the personal link"} if found.has_link else {})}


def wrong_in(text: str, found: Trigger | None) -> list[str]:
    """What would go wrong with a subject or text, a sentence each: unknown fields, and empty ones without words."""
    known = fields_of(found)
    wrong = [f"There is no field “{name}”." for name in texts.unknown(text, known)]
    shaky = COMMON_MAY_BE_EMPTY | (found.may_be_empty if found else frozenset())
    return wrong + [
        f"“{name}” may be empty: write what stands there then, as {{{{ {name}|words }}}}."
        for name in texts.without_spare(text)
        if name in shaky
    ]


def kind_and_id(record: models.Model | None) -> tuple[str, int | None]:
    return (kind_of(record), record.pk) if record is not None else ("", None)


def find_records(messages: Sequence["Message"]) -> dict[tuple[str, int | None], Any]:
    """The records of these messages by (kind, id): one query for each kind."""
    ids: dict[str, set[int]] = {}
    for message in messages:
        if message.record_kind and message.record_id:
            ids.setdefault(message.record_kind, set()).add(message.record_id)
    return {
        (kind, record.pk): record
        for kind, wanted in ids.items()
        for record in tenant_model(kind).objects.filter(pk__in=wanted).fetch_mode(models.FETCH_PEERS)
    }


def resolve_record(kind: str, pk: int | None) -> Any:
    return resolve(kind, pk) if kind and pk else None


__all__ = [
    "COMMON_FIELDS",
    "MailKind",
    "Occasion",
    "Recipient",
    "Trigger",
    "Verdict",
    "Window",
    "cancel",
    "find_person",
    "mail_kind",
    "person_kind",
    "register",
    "trigger",
    "withhold",
]
