"""Numbers and phone numbers as US readers write them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

NORTH_AMERICAN = re.compile(r"^\+1(\d{3})(\d{3})(\d{4})(?:(?:;ext=| ?x)(\d+))?$")


def grouped(value: Any) -> str:
    """1,208 or 23.5; a dash for nothing, other text as it is."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return str(value)
    text = f"{value:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def counted(number: int, one: str, many: str = "") -> str:
    """3 partners; `many` where the plural is no rule's: counted(2, "person", "people")."""
    return f"{grouped(number)} {one if number == 1 else many or _plural(one)}"


def _plural(word: str) -> str:
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(s|x|ch|sh)$", word) else f"{word}s"


def phone_text(value: Any) -> str:
    """E.164, or a phonenumbers object, as (555) 014-3381; anything else unchanged."""
    raw = str(value or "")
    match = NORTH_AMERICAN.match(raw)
    if not match:
        return raw
    area, exchange, line, extension = match.groups()
    return f"({area}) {exchange}-{line}" + (f" x{extension}" if extension else "")


def phone_href(value: Any) -> str:
    """The address of a phone link; nothing for what can't be read as a number and was kept as typed."""
    raw = re.sub(r"(;ext=|x)", ",", str(value or ""))
    dialed = re.sub(r"[^\d+,]", "", raw)
    return f"tel:{dialed}" if re.search(r"\d{3}", dialed) else ""
