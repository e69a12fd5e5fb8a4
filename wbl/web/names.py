"""Names of people, districts and organizations, as a page shows them."""

from __future__ import annotations

import re
from typing import Any

# The generic part of a district's name goes on the second line of the brand.
GENERIC = re.compile(
    r"\s+((?:independent |unified |consolidated |community |central |union |high |area |county |city )*"
    r"(?:public schools?|school district(?: no\.? ?\d+)?|schools|technology center|career center|isd|usd)"
    r"(?: \d+)?)$",
    re.IGNORECASE,
)
SMALL_WORDS = {"the", "of", "and", "&", "a", "an"}


def brand_parts(name: str) -> tuple[str, str]:
    """("Cedar Valley", "Public Schools"); a name without a generic part stays whole."""
    found = GENERIC.search(name)
    return (name[: found.start()], found[1]) if found else (name, "")


def full_name_of(person: Any) -> str:
    """The name of a user or contact, or the string itself; an address when there is no name."""
    if person is None or isinstance(person, str):
        return person or ""
    return getattr(person, "name", "") or getattr(person, "email", "") or str(person)


def first_name_of(person: Any) -> str:
    called = getattr(person, "goes_by", "")
    return called or next(iter(full_name_of(person).split()), "")


def initials_of(name: str) -> str:
    words = [word for word in re.split(r"[\s@.]+", name) if word[:1].isalnum()]
    if not words:
        return "–"
    ends = words if len(words) < 3 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper()


def mark_of(name: str) -> str:
    words = [word for word in name.split() if word.lower() not in SMALL_WORDS]
    return (words[0] if words else name)[:2].capitalize()


BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "a Chromebook"),
    ("Mac OS", "a Mac"),
    ("Linux", "Linux"),
)


def browser_name(user_agent: str) -> str:
    """Firefox on Windows; the first words of what it says of itself when it is unknown."""
    browser = next((name for sign, name in BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in SYSTEMS if sign in user_agent), "")
    if browser:
        return f"{browser} on {system}" if system else browser
    return user_agent.split("/")[0][:40] or "Unknown"
