"""School days of the open district: terms and non-school days, told from dates alone."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Self

from wbl.tenancy.models import NonSchoolDay, Term


@dataclass
class SchoolCalendar:
    """Terms and breaks as pairs of dates, both ends included. Without terms every weekday is a school day."""

    terms: list[tuple[dt.date, dt.date]] = field(default_factory=list)
    breaks: list[tuple[dt.date, dt.date]] = field(default_factory=list)

    @classmethod
    def load(cls) -> Self:
        """The open district's calendar: two queries."""
        return cls(
            list(Term.objects.order_by("first_day").values_list("first_day", "last_day")),
            list(NonSchoolDay.objects.values_list("first_day", "last_day")),
        )

    def is_school_day(self, day: dt.date) -> bool:
        """A weekday inside a term (if any terms are known around it) and outside the breaks."""
        if day.weekday() >= 5 or any(first <= day <= last for first, last in self.breaks):
            return False
        known = [t for t in self.terms if t[0].year - 1 <= day.year <= t[1].year + 1]
        return not known or any(first <= day <= last for first, last in known)

    def next_school_day(self, day: dt.date, *, within: int = 120) -> dt.date:
        """The first school day on or after `day`; `day` itself when none comes within that many days."""
        return next((d for n in range(within) if self.is_school_day(d := day + dt.timedelta(n))), day)

    def school_week(self, day: dt.date) -> tuple[int, int] | None:
        """(week, weeks in the year) of a day, counted in calendar weeks from the year's first term; None in summer."""
        year = [t for t in self.terms if t[0] - dt.timedelta(330) <= day <= t[1] + dt.timedelta(330)]
        run = _school_year(year, day)
        if not run or not run[0] <= day <= run[1]:
            return None
        monday = run[0] - dt.timedelta(run[0].weekday())
        return (day - monday).days // 7 + 1, (run[1] - monday).days // 7 + 1


def closed_because(day: dt.date, calendar: SchoolCalendar | None = None) -> str:
    """Why a day is no school day in the open district: Saturday, Thanksgiving, between terms; "" for a school day."""
    if (calendar or SchoolCalendar.load()).is_school_day(day):
        return ""
    named = NonSchoolDay.objects.filter(first_day__lte=day, last_day__gte=day).values_list("name", flat=True).first()
    return named or (f"{day:%A}" if day.weekday() >= 5 else "between terms")


def school_year_start(day: dt.date) -> dt.date:
    """The July 1 on or before a day: where a report year begins."""
    return dt.date(day.year if day.month >= 7 else day.year - 1, 7, 1)


def _school_year(terms: list[tuple[dt.date, dt.date]], day: dt.date) -> tuple[dt.date, dt.date] | None:
    start = school_year_start(day)
    inside = [t for t in terms if start <= t[0] < dt.date(start.year + 1, 7, 1)]
    return (min(t[0] for t in inside), max(t[1] for t in inside)) if inside else None
