"""Dates and times as people say them, in the district's zone (the active one)."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def stamp(moment: dt.datetime) -> int:
    """A moment as an address carries it: microseconds since 1970, so that what was done then can be taken back."""
    return (moment - EPOCH) // dt.timedelta(microseconds=1)


def moment_of(stamp: int) -> dt.datetime | None:
    """The moment of a stamp; None beyond the years that there are."""
    try:
        return EPOCH + dt.timedelta(microseconds=stamp)
    except OverflowError:
        return None


def local_day(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return timezone.localdate(value) if timezone.is_aware(value) else value.date()
    return value


def day_in_words(value: dt.date | dt.datetime, *, month: str = "%b", today: dt.date | None = None) -> str:
    """Today, Oct 9, or Oct 9, 2025 when it is another year's. A list tells `today` once for all its rows."""
    on, today = local_day(value), today or timezone.localdate()
    if on == today:
        return "Today"
    return plain_day(on, month=month, today=today)


def plain_day(on: dt.date, *, month: str = "%b", today: dt.date | None = None) -> str:
    """Oct 9, with the year if it isn't this one; never "Today"."""
    text = f"{on.strftime(month)} {on.day}"
    return text if on.year == (today or timezone.localdate()).year else f"{text}, {on.year}"


def time_in_words(value: dt.time | dt.datetime) -> str:
    """7:30 am; noon and midnight by name."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    if value.minute == 0 and value.hour in (0, 12):
        return "noon" if value.hour else "midnight"
    half = "am" if value.hour < 12 else "pm"
    return f"{value.hour % 12 or 12}:{value.minute:02} {half}"


def moment_in_words(value: dt.datetime) -> str:
    """Today 2:00 pm; Wed 6:02 am within six days; else Oct 9, 2:00 pm."""
    on = local_day(value)
    away = abs((on - timezone.localdate()).days)
    if away == 0:
        return f"Today {time_in_words(value)}"
    if away < 7:
        return f"{on:%a} {time_in_words(value)}"
    return f"{plain_day(on)}, {time_in_words(value)}"


def days_late(due: dt.date | dt.datetime) -> int:
    """How many days past due; negative while it is still ahead."""
    return (timezone.localdate() - local_day(due)).days
