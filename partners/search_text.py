"""What stands about partners outside their names: in notes, tags, the timeline, parts of phones and addresses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from partners.models import Contact, Organization, TimelineEntry
from wbl.web.numbers import phone_text

SHORTEST = 3
LEAST_DIGITS = 4
AROUND = 40
REACH = ("phone", "web", "email")
SAID = {
    "phone": "Phone", "web": "Web", "email": "Email", "tag": "Tag", "industry": "Industry", "referred": "Referred by",
    "note": "Note", "title": "Title",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """Where the words stand: at a partner, at a person of theirs, or in an entry of the timeline. `said` shows them."""

    organization: Organization
    contact: Contact | None
    entry: TimelineEntry | None
    what: str
    said: str
    others: int = 0  # more partners who have the same entry of the same day: a letter to many

    @property
    def label(self) -> str:
        return SAID.get(self.what, "")

    @property
    def href(self) -> str:
        """The partner; for an entry its timeline filtered to these words is where it stands."""
        return self.organization.get_absolute_url()


def find_text(typed: str, *, limit: int = 10) -> list[Mention]:
    """Partners, people and entries that hold the words, at most `limit` of each: four queries; nothing for short words."""
    typed = " ".join(typed.replace("\x00", "").split())[:100]
    digits = re.sub(r"\D", "", typed)
    if len(digits) < LEAST_DIGITS or re.search(r"[A-Za-z]", typed):
        digits = ""
    if len(typed) < SHORTEST:
        return []
    words = re.findall(r"\w+", typed)[:8]
    query = " & ".join(f"{word}:*" for word in words)
    with connection.cursor() as cursor:
        cursor.execute("select * from partners_search_text(%s, %s, %s, %s)", [typed, query, digits, limit])
        found = cursor.fetchall()
    return _mentions(found, typed, words, digits)


def _mentions(found: list[tuple[int, int, int, str]], typed: str, words: list[str], digits: str) -> list[Mention]:
    organizations = Organization.objects.present().in_bulk({row[0] for row in found})
    people = Contact.objects.in_bulk({row[1] for row in found if row[1]})
    entries = TimelineEntry.objects.select_related("by").in_bulk({row[2] for row in found if row[2]})
    mentions = []
    for organization, contact, entry, what in found:
        partner, person, line = organizations.get(organization), people.get(contact), entries.get(entry)
        if partner is None:
            continue
        said = _entry(line, words) if line else _said(person or partner, what, typed, digits)
        mentions.append(Mention(partner, person, line, what, said))
    return mentions


def _entry(entry: TimelineEntry, words: list[str]) -> str:
    """The entry's own line, with what its text says when the words stand there."""
    if any(word.casefold() in entry.summary.casefold() for word in words):
        return entry.summary
    return f"{entry.summary}: {around(entry.body, words)}"


def _said(of: Organization | Contact, what: str, typed: str, digits: str) -> str:
    if what == "phone":
        numbers = (of.phone, getattr(of, "mobile", ""), *getattr(of, "other_phones", "").split(","))
        return next((phone_text(n.strip()) for n in numbers if digits in re.sub(r"\D", "", n)), "")
    fields: Iterable[str] = {
        "web": ("website", "domain"), "email": ("email", "other_emails"), "industry": ("industry",),
        "referred": ("source_detail",), "note": ("notes",), "title": ("title",), "tag": (),
    }[what]  # fmt: skip
    texts = getattr(of, "tags", []) if what == "tag" else [getattr(of, field, "") for field in fields]
    return around(next((text for text in texts if typed.casefold() in text.casefold()), ""), [typed])


def around(text: str, words: list[str]) -> str:
    """The place of a text where one of the words stands, with a few words before and after."""
    flat = " ".join(text.split())
    at = min((where for word in words if (where := flat.casefold().find(word.casefold())) >= 0), default=0)
    begin, end = max(at - AROUND, 0), min(at + 2 * AROUND, len(flat))
    if begin:  # at a space, unless one word is longer than what is shown
        begin = flat.find(" ", begin, at) + 1 or begin
    if end < len(flat) and (space := flat.rfind(" ", at + 1, end + 1)) > at:
        end = space
    return f"{'…' if begin else ''}{flat[begin:end].strip()}{'…' if end < len(flat) else ''}"
