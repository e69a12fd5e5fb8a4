"""Days as people type them: "in 7 days", "tomorrow", "Friday", "Dec 1", "1 December", "Tuesday, Dec 1", "12/1/2026"."""

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
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NTH, _YEAR = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:,?\s+(?:19|20)\d\d)?"
# Dec 1, 1 Dec, the 1st of December; of May only with the number behind it or “of”: it is a verb, too ("2 may come")
_WRITTEN = rf"(?:{_MONTH}\s+{_NTH}(?![\d:]){_YEAR}|(?:the\s+)?{_NTH}\s+(?:of\s+{_MONTH}|(?!may\b){_MONTH}|may\b(?!\s+[a-z])){_YEAR})"
_WEEKDAY = r"(?:(?P<weekday>mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)"
_PLAIN = rf"(?P<date>{_WRITTEN}|\d{{4}}-\d{{1,2}}-\d{{1,2}}|\d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?)(?=\W|$)"
_DATE = re.compile(rf"\b(?:on\s+|by\s+)?{_PLAIN}", re.I)
_DATE_AND_WEEKDAY = re.compile(rf"\b(?:on\s+|by\s+)?{_WEEKDAY}{_PLAIN}", re.I)
_IN_WORDS = re.compile(rf"\b{_WRITTEN}(?=\W|$)", re.I)
_LITTLE = re.compile(r"\b(?:on|by|at|the|due|this|coming|next)\b|[\W_]", re.I)


class NoSuchDay(ValueError):
    """A day was named that the calendar does not have."""


@dataclass(frozen=True)
class Phrase:
    """What was typed, the day it names (None: it names none) and the words without it."""

    text: str
    day: dt.date | None
    rest: str


def read(text: str, today: dt.date) -> Phrase:
    """Find a day in a line. Raises NoSuchDay for one that looks like a date and is none ("Feb 31", "31 Feb")."""
    for date in _IN_WORDS.finditer(text):
        _on_calendar(date[0], today)
    for pattern, meaning in ((_DATE_AND_WEEKDAY, _dated), (_IN, _after), (_ON, _named), (_DATE, _dated)):
        if found := pattern.search(text):
            rest = re.sub(r"\s{2,}", " ", text[: found.start()] + text[found.end() :]).strip(" ,;:")
            return Phrase(text, meaning(found, today), rest)
    return Phrase(text, None, text.strip())


def read_day(text: str, today: dt.date) -> dt.date:
    """The day that a line names, which holds nothing else. Raises NoSuchDay, with a sentence, for any other line."""
    found = read(text, today)
    if found.day is None:
        raise NoSuchDay(f"“{text}” is no day we can read. Name one: Friday, in 7 days, Dec 1.")
    if _LITTLE.sub("", found.rest):
        raise NoSuchDay(f"“{found.rest}” is no part of a day. Name the day alone: Friday, in 7 days, Dec 1.")
    return found.day


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
    day = _on_calendar(found["date"], today)
    if (weekday := found.groupdict().get("weekday")) and not f"{day:%A}".lower().startswith(weekday[:3].lower()):
        raise NoSuchDay(f"{day:%B} {day.day}, {day.year} is a {day:%A}. Name the weekday or the date.")
    return day


def _on_calendar(typed: str, today: dt.date) -> dt.date:
    plain = re.sub(r"\b(?:the|of)\b", " ", typed, flags=re.I)
    try:
        day = parser.parse(plain, default=dt.datetime.combine(today.replace(month=1, day=1), dt.time())).date()
    except (ValueError, OverflowError):
        raise NoSuchDay(f"“{typed}” is no day of the calendar.") from None
    has_year = re.search(r"\d{4}|/\d+/\d+$", typed)
    return day if has_year or day >= today else day + relativedelta(years=1)
