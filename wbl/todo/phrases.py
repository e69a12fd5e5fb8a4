"""Days as people type them: "in 7 days", "tomorrow", "Friday", "Dec 1", "12/1/2026"."""

import datetime as dt
import re
from dataclasses import dataclass

from dateutil import parser
from dateutil.relativedelta import relativedelta

_UNITS = {"day": "days", "week": "weeks", "month": "months", "year": "years"}
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_IN = re.compile(
    r"\b(?:in|within|after)\s+(\d{1,3}|a|an|one|two|three|four|five|six|seven|ten)\s+(day|week|month|year)s?\b", re.I
)
_ON = re.compile(
    r"\b(?:on\s+|by\s+|next\s+)*(today|tomorrow|next week|next month|mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b",
    re.I,
)
_DATE = re.compile(
    r"\b(?:on\s+|by\s+)?((?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?\s+\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?"
    r"|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?)(?=\W|$)",
    re.I,
)


class NoSuchDay(ValueError):
    """A day was named that the calendar does not have."""


@dataclass(frozen=True)
class Phrase:
    """What was typed, the day it names (None: it names none) and the words without it."""

    text: str
    day: dt.date | None
    rest: str


def read(text: str, today: dt.date) -> Phrase:
    """Find a day in a line. Raises NoSuchDay for one that looks like a date and is none ("Feb 31")."""
    for pattern, meaning in ((_IN, _after), (_ON, _named), (_DATE, _dated)):
        if found := pattern.search(text):
            rest = re.sub(r"\s{2,}", " ", text[: found.start()] + text[found.end() :]).strip(" ,;:")
            return Phrase(text, meaning(found, today), rest)
    return Phrase(text, None, text.strip())


def _after(found: re.Match[str], today: dt.date) -> dt.date:
    number = _WORDS.get(found[1].lower()) or int(found[1])
    return today + relativedelta(**{_UNITS[found[2].lower()]: number})  # type: ignore[arg-type]


def _named(found: re.Match[str], today: dt.date) -> dt.date:
    word = found[1].lower()
    fixed = {"today": 0, "tomorrow": 1, "next week": 7 - today.weekday()}
    if word in fixed:
        return today + dt.timedelta(fixed[word])
    if word == "next month":
        return today + relativedelta(months=1, day=1)
    weekday = next(n for n, day in enumerate(_DAYS) if day.startswith(word[:3]))
    return today + dt.timedelta((weekday - today.weekday() - 1) % 7 + 1)


def _dated(found: re.Match[str], today: dt.date) -> dt.date:
    typed = found[1]
    try:
        day = parser.parse(typed, default=dt.datetime.combine(today.replace(month=1, day=1), dt.time())).date()
    except (ValueError, OverflowError):
        raise NoSuchDay(f"“{typed}” is no day of the calendar.") from None
    has_year = re.search(r"\d{4}|/\d+/\d+$", typed)
    return day if has_year or day >= today else day + relativedelta(years=1)
