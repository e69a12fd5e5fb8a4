"""A placement's hours as its page shows them: rows with what they break, weeks as bars, totals."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from placements.labor import Finding, check_hours
from placements.models import HoursEntry, Placement
from placements.models.hours import per_week
from wbl.tenancy.calendar import SchoolCalendar

WEEKS = 18  # as many bars as fit a semester
STEP, BAR, TALL = 36, 22, 96  # px: from bar to bar, width of a bar, height of the tallest


@dataclass(frozen=True)
class Bar:
    """One week of the chart, in pixels from the top left."""

    monday: dt.date
    approved: Decimal
    waiting: Decimal
    x: int
    y: float
    height: float
    y_waiting: float
    height_waiting: float

    @property
    def total(self) -> Decimal:
        return self.approved + self.waiting


@dataclass(frozen=True)
class Line:
    """One entry and the rules it breaks."""

    entry: HoursEntry
    broken: list[Finding]


def hours_of(placement: Placement) -> dict[str, Any]:
    """Entries newest first, the chart's bars, totals. One query for entries, two for the calendar."""
    everywhere = list(
        HoursEntry.objects.filter(placement__student=placement.student_id).select_related("approved_by", "entered_by")
    )
    own = [entry for entry in everywhere if entry.placement_id == placement.pk]
    broken = check_hours(placement, everywhere, SchoolCalendar.load()) if everywhere else {}
    approved = sum((e.hours for e in own if e.approved_at), Decimal(0))
    waiting = [e for e in own if not e.approved_at]
    return {
        "lines": [Line(entry, broken.get(entry.pk, [])) for entry in own],
        "bars": bars(own),
        "hours_approved": approved,
        "hours_waiting": sum((e.hours for e in waiting), Decimal(0)),
        "waiting": waiting,
        "hours_left": max(Decimal(0), placement.hours_goal - approved) if placement.hours_goal else None,
    }


def bars(entries: list[HoursEntry]) -> list[Bar]:
    """The weeks from the first entry to the last (at most WEEKS, the latest), gaps too."""
    weeks = per_week(entries)
    if not weeks:
        return []
    last = max(weeks)
    first = max(min(weeks), last - dt.timedelta(weeks=WEEKS - 1))
    count = (last - first).days // 7 + 1
    top = max(a + w for a, w in weeks.values())
    found = []
    for n in range(count):
        monday = first + dt.timedelta(weeks=n)
        approved, waiting = weeks.get(monday, (Decimal(0), Decimal(0)))
        high, more = float(approved / top * TALL), float(waiting / top * TALL)
        y = 20 + TALL - high
        found.append(Bar(monday, approved, waiting, n * STEP + 8, round(y, 1), round(high, 1), round(y - more, 1), round(more, 1)))
    return found
