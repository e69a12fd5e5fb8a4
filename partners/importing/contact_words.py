"""What a list says of a person beside name and numbers: how and when to reach them, in what language, which class."""

import re
from collections.abc import Callable
from typing import Any

from partners.importing.values import one_line

# keys of partners.models.Channel
_CHANNELS = (
    ("text", re.compile(r"\b(text|sms)\b", re.I)),
    ("in_person", re.compile(r"\b(in[ -]person|visit|face to face)\b", re.I)),
    ("phone", re.compile(r"\b(phone|call|telephone|tel|mobile|cell)\b", re.I)),
    ("email", re.compile(r"\be-?mail\b", re.I)),
)
_LANGUAGES = {"english": "en-us", "en": "en-us", "en-us": "en-us", "eng": "en-us", "spanish": "es", "es": "es", "español": "es", "espanol": "es", "spa": "es"}  # fmt: skip
_YES = frozenset("yes y true 1 x on do not contact dnc opted out opt out optout unsubscribed".split(" ")) | {
    "do not contact", "opted out", "opt out", "do not call", "do not email", "yes - do not contact"
}  # fmt: skip
_NO = frozenset("no n false 0 off ok".split())
_YEAR = re.compile(r"(?:class of |’|')?\s*(\d{4})(?:\.0)?")
OLDEST, NEWEST = 1930, 2100

Read = tuple[Any, str]  # the value, or None with the reason why it is left out


def channel(cell: str) -> Read:
    found = next((key for key, words in _CHANNELS if words.search(cell)), None)
    return (found, "") if found else (None, "is not email, phone, text or in person")


def language(cell: str) -> Read:
    found = _LANGUAGES.get(cell.strip().casefold())
    return (found, "") if found else (None, "is not English or Spanish, the languages of mails")


def year(cell: str) -> Read:
    found = _YEAR.fullmatch(cell.strip())
    if found and OLDEST <= int(found[1]) <= NEWEST:
        return int(found[1]), ""
    return None, "is not a year"


def yes(cell: str) -> Read:
    """Only a plain yes stops mail; a no, which nobody has to say, is no value."""
    text = one_line(cell).casefold().strip(" .")
    if text in _YES:
        return True, ""
    return (None, "") if text in _NO else (None, "is neither yes nor no")


def text(limit: int) -> Callable[[str], Read]:
    def read(cell: str) -> Read:
        value = one_line(cell)
        return (value, "") if len(value) <= limit else (None, f"is longer than {limit} characters")

    return read


READERS: dict[str, tuple[str, Callable[[str], Read]]] = {
    "contact_prefers": ("prefers", channel),
    "contact_best_time": ("best_time", text(80)),
    "contact_language": ("language", language),
    "contact_school": ("alumni_school", text(120)),
    "contact_class": ("alumni_year", year),
    "contact_stop": ("do_not_contact", yes),
}
"""Target of a column: the contact's field, and what reads it."""
