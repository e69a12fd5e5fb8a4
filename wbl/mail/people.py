"""Whom mail goes to. An app that has people declares a PersonKind in its emails.py; mail knows them by kind and id."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest

from wbl.tenancy.record import kind_of, resolve

if TYPE_CHECKING:
    from wbl.mail.models import IncomingMail, Message


@dataclass(frozen=True)
class Recipient:
    """A person as mail sees them now. `about` is the record they belong to, such as their organization."""

    email: str
    name: str = ""
    called: str = ""  # how a letter addresses them
    person: models.Model | None = None
    about: models.Model | None = None
    language: str = "en-us"
    prefers: str = ""  # "phone": words for a channel that is not email; then a call is made instead
    do_not_contact: bool = False
    gone: str = ""  # a sentence: they left, the organization is archived
    other_emails: tuple[str, ...] = field(default=())

    @property
    def key(self) -> str:
        """What the ledger's unique key knows them by: who they are, not the address of the day."""
        return f"{kind_of(self.person)}:{self.person.pk}" if self.person else self.email.lower()

    @property
    def is_known(self) -> bool:
        return bool(self.person or self.email)


@dataclass(frozen=True)
class AudienceFilter:
    """One thing that rules choose people by: a key, its words, and values with theirs."""

    key: str
    label: str
    choices: list[tuple[str, str]]


class PersonKind:
    """How an app's people are read and told. Subclasses name `model` and override."""

    model: type[models.Model]
    single = ""  # key of the MailKind for a mail that somebody writes to one of them
    # what the address of the page "write a mail" calls one of them, and the record they belong to
    param = ""
    about_param = ""

    # merge fields of their own, each with what it is
    fields: dict[str, str] = {}

    def values(self, to: Recipient) -> dict[str, str]:
        """Values of `fields` for one of them."""
        return {}

    def audience(self) -> list[AudienceFilter]:
        """What a rule may choose them by."""
        return []

    def admits(self, to: Recipient, wanted: dict[str, list[str]]) -> bool:
        """Does each of these filters, by key, have one of its values here?"""
        return False

    def among(self, about_id: int) -> list[Any]:
        """The people of that record whom one may write to."""
        return []

    def search(self, words: str) -> list[Any]:
        """People by name, address or organization: twenty at most."""
        return []

    def some(self, number: int) -> list[Any]:
        """A few people whom one may write to, to try a text on."""
        return []

    def recipient(self, person: Any) -> Recipient:
        raise NotImplementedError

    def fetch(self, ids: Iterable[int]) -> dict[int, Any]:
        """These people by id, with all that `recipient` reads: one query."""
        return self.model.objects.in_bulk(list(ids))  # type: ignore[attr-defined]

    def owns(self, person: Any, email: str) -> bool:
        """Is this address one of theirs?"""
        to = self.recipient(person)
        return email.lower() in {to.email.lower(), *(other.lower() for other in to.other_emails)}

    def beside(self, person: Any, request: HttpRequest) -> Any:
        """A form that stands beside a letter to one of them, bound when one is sent; None for none. It names its
        `template`, and `save(message)` is called once the letter is written."""
        return None

    def sent(self, mails: Sequence[tuple[Any, "Message"]]) -> None:
        """Mails went out, as pairs of person and message: put them where these people's history is kept."""

    def received(self, person: Any, message: "Message", mail: "IncomingMail") -> None:
        """An answer came in to a mail that went to them; `mail.kind` says from whom."""

    def place_of(self, person: Any, message: "Message", mail: "IncomingMail") -> str:
        """The address where that answer is read; blank: on the page of the mail it answers."""
        return ""

    def by_emails(self, emails: Sequence[str]) -> list[Any]:
        """Whose addresses these are: a few people."""
        return []

    def all_by_email(self, emails: Collection[str]) -> list[Any]:
        """Who has one of these addresses, in small letters, as the one that mail goes to: one query, however many."""
        return []

    def logged(self, person: Any, mail: "IncomingMail", *, outgoing: bool) -> None:
        """A member logged a mail to or from them by their drop-box."""


_kinds: dict[str, PersonKind] = {}


def register_people(kind: type[PersonKind]) -> type[PersonKind]:
    """Class decorator, in an app's emails.py."""
    _kinds[kind_of(kind.model)] = kind()
    return kind


def person_kind(kind: str) -> PersonKind | None:
    return _kinds.get(kind)


def people_kinds() -> list[PersonKind]:
    return list(_kinds.values())


def people_fields() -> dict[str, str]:
    """The fields of all people that one may write to."""
    return {name: meaning for kind in _kinds.values() for name, meaning in kind.fields.items()}


def values_of(to: Recipient) -> dict[str, str]:
    """What these fields are for one person."""
    found = _kinds.get(kind_of(to.person)) if to.person else None
    return found.values(to) if found else {}


def recipient_of(person: models.Model) -> Recipient:
    """Raises LookupError for a record that is nobody."""
    found = _kinds.get(kind_of(person))
    if found is None:
        raise LookupError(f"{kind_of(person)} is nobody that mail can go to.")
    return found.recipient(person)


def recipients_of(messages: Iterable["Message"]) -> dict[int, Recipient]:
    """The recipients of many messages as they are now, by message id: one query for each kind of people."""
    messages = list(messages)
    ids: dict[str, set[int]] = {}
    for message in messages:
        if message.person_id and message.person_kind in _kinds:
            ids.setdefault(message.person_kind, set()).add(message.person_id)
    people = {kind: _kinds[kind].fetch(wanted) for kind, wanted in ids.items()}
    found = {}
    for message in messages:
        person = people.get(message.person_kind, {}).get(message.person_id)
        found[message.pk] = _kinds[message.person_kind].recipient(person) if person else as_written(message)
    return found


def as_written(message: "Message") -> Recipient:
    """The recipient as the ledger has them: an address without a person, or somebody who is no longer on file."""
    gone = "The person is no longer on file." if message.person_id else ""
    return Recipient(email=message.to_email, name=message.to_name, called=message.to_name, gone=gone)


def find_person(kind: str, pk: int | None) -> models.Model | None:
    """The person in the open district, or None; a kind that is no person counts as nobody."""
    return resolve(kind, pk) if kind in _kinds and pk else None
