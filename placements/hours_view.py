"""A placement's hours as its page shows them: rows with what they break, weeks as columns, totals."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from placements.labor import Finding, check_hours, limits_for
from placements.models import HoursEntry, Placement
from placements.models.hours import hours_in_words, per_week
from wbl.tenancy.calendar import SchoolCalendar
from wbl.web.charts import Chart, columns
from wbl.web.dates import plain_day

WEEKS, WIDTH = 10, 640  # columns of the chart, and the px of the place it stands in


@dataclass(frozen=True)
class Line:
    """One entry and the rules it breaks."""

    entry: HoursEntry
    broken: list[Finding]


@dataclass(frozen=True)
class Approval:
    """Entries that wait for the school's approval, and how many of their hours the employer has confirmed."""

    waiting: list[HoursEntry]

    @property
    def confirmed(self) -> list[HoursEntry]:
        return [e for e in self.waiting if e.confirmed_at and not e.disputed_at]

    @property
    def hours(self) -> dict[str, Decimal]:
        """Hours in all, confirmed, not confirmed, and those of the latter that are disputed."""
        every, confirmed = _sum(self.waiting), _sum(self.confirmed)
        disputed = _sum([e for e in self.waiting if e.disputed_at])
        return {"all": every, "confirmed": confirmed, "unconfirmed": every - confirmed, "disputed": disputed}


def hours_of(placement: Placement) -> dict[str, Any]:
    """Entries newest first, the chart of weeks, totals. One query for entries, two for the calendar."""
    everywhere = list(
        HoursEntry.objects.filter(placement__student=placement.student_id).select_related("approved_by", "entered_by")
    )
    own = [entry for entry in everywhere if entry.placement_id == placement.pk]
    broken = check_hours(placement, everywhere, SchoolCalendar.load()) if everywhere else {}
    approved = _sum([e for e in own if e.approved_at])
    return {
        "lines": [Line(entry, broken.get(entry.pk, [])) for entry in own],
        "chart": weeks_chart(placement, own),
        "hours_approved": approved,
        "approval": Approval([e for e in own if not e.approved_at]),
        "hours_left": max(Decimal(0), placement.hours_goal - approved) if placement.hours_goal else None,
    }


def _sum(entries: list[HoursEntry]) -> Decimal:
    return sum((e.hours for e in entries), Decimal(0))


def weeks_chart(placement: Placement, entries: list[HoursEntry]) -> Chart | None:
    """Hours per week, weeks without any too; for whom the law limits the week, with that line."""
    weeks = per_week(entries)
    if not weeks:
        return None
    last = max(weeks)
    first = max(min(weeks), last - dt.timedelta(weeks=WEEKS - 1))
    mondays = [first + dt.timedelta(weeks=n) for n in range(WEEKS)]  # as many always: few would look like slabs
    limit = limits_for(
        placement.student.age_on(last), work_experience_program=placement.work_experience_program
    ).school_week
    return columns(
        [(plain_day(monday), float(weeks.get(monday, Decimal(0)))) for monday in mondays],
        says=f"Hours per week since {plain_day(first)}; the most in one week were {hours_in_words(max(weeks.values()))}.",
        unit="Hours",
        limit=limit,
        limit_label=f"{limit} in a school week" if limit else "",
        width=WIDTH,
        kind="chart--weeks",
    )
