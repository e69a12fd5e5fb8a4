"""What the youth-employment rules (placements.labor_rules) say of a placement and of a day's hours."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from placements.labor_rules import (
    AS_OF,
    CHECK,
    LIMITS,
    ORDERS,
    STUDENT_LEARNER_NEEDS,
    STUDENT_LEARNER_SOURCE,
    SUMMER_BEGINS,
    UNDER_16_BARRED,
    Limits,
)
from placements.models import HoursEntry, Placement
from wbl.tenancy.calendar import SchoolCalendar
from wbl.web.dates import plain_day
from wbl.web.numbers import grouped


@dataclass(frozen=True)
class Finding:
    """One sentence with its source; `bad` when it breaks a rule."""

    text: str
    source: str
    bad: bool = False


@dataclass
class Verdict:
    """May this student do this? A word, its tone, and why."""

    word: str
    tone: str
    findings: list[Finding] = field(default_factory=list)
    check: str = CHECK
    as_of: dt.date = AS_OF


def limits_for(age: int, *, work_experience_program: bool = False) -> Limits:
    """The limits of an age; those of a work-experience program only where the law knows one for it."""
    fitting = [rule for rule in LIMITS if rule.ages[0] <= age <= rule.ages[1]]
    wanted = [rule for rule in fitting if rule.work_experience_program == work_experience_program]
    return (wanted or fitting)[0]


def verdict(placement: Placement) -> Verdict:
    """What the federal floor says of a placement, over its whole length: birthdays in it count."""
    student, found = placement.student, []
    first, last = placement.starts, placement.ends or placement.starts
    youngest = limits_for(student.age_on(first), work_experience_program=placement.work_experience_program)
    oldest = limits_for(student.age_on(last), work_experience_program=placement.work_experience_program)
    found.append(Finding(youngest.in_short, youngest.source, bad=not youngest.may_work))
    if oldest != youngest:
        found.append(Finding(f"Later in this placement: {oldest.in_short}", oldest.source))
    if youngest.hazards == "barred" and youngest.may_work:
        found.append(Finding(*UNDER_16_BARRED))
    found += hazard_findings(placement.hazards, youngest, student_learner=placement.student_learner)
    if any(f.bad for f in found):
        return Verdict("Not allowed", "bad", found)
    limited = youngest.school_day is not None or (placement.hazards and youngest.hazards != "free")
    return Verdict("Allowed with limits", "warn", found) if limited else Verdict("Allowed", "good", found)


def hazard_findings(keys: Iterable[str], limits: Limits, *, student_learner: bool) -> list[Finding]:
    """What each hazardous order named for a placement means at this age."""
    found = []
    for order in (ORDERS[key] for key in keys if key in ORDERS):
        label = f"{order.key}, {order.title[0].lower()}{order.title[1:]}"
        if limits.hazards == "free":
            continue
        if limits.hazards == "by exemption" and order.exempt and student_learner:
            needs = "; ".join(STUDENT_LEARNER_NEEDS)
            found.append(Finding(f"{label}: only as a student-learner, if {needs}.", STUDENT_LEARNER_SOURCE))
        elif limits.hazards == "by exemption" and order.exempt:
            found.append(
                Finding(f"{label}: barred without a written student-learner agreement.", order.source, bad=True)
            )
        else:
            found.append(Finding(f"{label}: barred at this age, without exemption.", order.source, bad=True))
    return found


def is_summer(day: dt.date) -> bool:
    """June 1 through Labor Day, both included."""
    september = dt.date(day.year, 9, 1)
    labor_day = september + dt.timedelta(-september.weekday() % 7)
    return dt.date(day.year, *SUMMER_BEGINS) <= day <= labor_day


def broken_rules(
    limits: Limits,
    day: dt.date,
    *,
    hours: Decimal,
    week_hours: Decimal,
    begins: dt.time | None,
    ends: dt.time | None,
    school_day: bool,
    school_week: bool,
) -> list[Finding]:
    """What a day's work breaks. `hours` are the day's, `week_hours` those of its week up to and with that day."""
    if not limits.may_work:
        return [Finding(limits.in_short, limits.source, bad=True)]
    friday = ", Fridays too" if school_day and day.weekday() == 4 else ""
    a_day, a_week = (
        (limits.school_day, f"over {limits.school_day} h on a school day{friday}")
        if school_day
        else (limits.non_school_day, f"over {limits.non_school_day} h"),
        (limits.school_week, f"over {limits.school_week} h in a school week")
        if school_week
        else (limits.non_school_week, f"over {limits.non_school_week} h in a week"),
    )
    latest = limits.latest_summer if is_summer(day) else limits.latest
    told = (
        (a_day[0] is not None and hours > a_day[0], a_day[1]),
        (a_week[0] is not None and week_hours > a_week[0], a_week[1]),
        (begins is not None and limits.earliest is not None and begins < limits.earliest, "before 7 am"),
        (ends is not None and latest is not None and ends > latest, f"after {latest.hour - 12} pm" if latest else ""),
    )
    return [Finding(text, limits.source, bad=True) for is_broken, text in told if is_broken]


def check_hours(
    placement: Placement, entries: Iterable[HoursEntry], calendar: SchoolCalendar
) -> dict[int, list[Finding]]:
    """What each entry of a student (with all partners) breaks, by its id. Weeks run from Monday to Sunday."""
    by_day: dict[dt.date, Decimal] = {}
    ordered = sorted(entries, key=lambda e: (e.date, e.pk))
    found: dict[int, list[Finding]] = {}
    for entry in ordered:
        by_day[entry.date] = by_day.get(entry.date, Decimal(0)) + entry.hours
        monday = entry.date - dt.timedelta(entry.date.weekday())
        week = [monday + dt.timedelta(n) for n in range(7)]
        limits = limits_for(
            placement.student.age_on(entry.date), work_experience_program=placement.work_experience_program
        )
        found[entry.pk] = broken_rules(
            limits,
            entry.date,
            hours=by_day[entry.date],
            week_hours=sum((by_day.get(day, Decimal(0)) for day in week), Decimal(0)),
            begins=entry.begins,
            ends=entry.ends,
            school_day=calendar.is_school_day(entry.date),
            school_week=any(calendar.is_school_day(day) for day in week),
        )
    return found


def sentence(finding: Finding) -> str:
    return f"{finding.text[0].upper()}{finding.text[1:]} ({finding.source})"


def turns(placement: Placement) -> str:
    """“Turns 16 on Mar 3” when a birthday that matters falls inside the placement, else nothing."""
    born = placement.student.birth_date
    last = placement.ends or placement.starts
    for age in (14, 16, 18):
        try:
            birthday = born.replace(year=born.year + age)
        except ValueError:  # February 29
            birthday = dt.date(born.year + age, 3, 1)
        if placement.starts < birthday <= last:
            return f"Turns {grouped(age)} on {plain_day(birthday)}."
    return ""
