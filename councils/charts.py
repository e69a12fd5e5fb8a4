"""Numbers of the drawings: the cadence of a year, the quorum, who sits at the table. Templates draw them."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from councils.models import Category, Council, Seat
from pathways.models import Tie

HELD, BOOKED, MISSING = "held", "booked", "missing"
# who should be heard on any council (the field's founding documents; a district adds its own seats)
EXPECTED = (Category.BUSINESS, Category.LABOR, Category.EDUCATION, Category.WORKFORCE)
SIZES = ((50, "Under 50 people"), (250, "50 to 249"), (10**9, "250 and more"))


@dataclass(frozen=True)
class Cadence:
    """Meetings of this school year against how many there should be."""

    held: int
    booked: int
    wanted: int
    next: Any = None

    @property
    def boxes(self) -> list[dict[str, Any]]:
        """One box a meeting, left to right: x in units of the drawing, and its state."""
        states = [HELD] * self.held + [BOOKED] * self.booked
        states += [MISSING] * (self.wanted - len(states))
        return [{"x": n * 20, "state": state} for n, state in enumerate(states)]

    @property
    def width(self) -> int:
        return len(self.boxes) * 20 - 4

    @property
    def in_words(self) -> str:
        booked = f", {self.booked} booked" if self.booked else ""
        return f"{self.held} held{booked} of {self.wanted}"

    @property
    def is_behind(self) -> bool:
        """Fewer held and booked than the year asks for."""
        return self.held + self.booked < self.wanted


def cadence_of(council: Council, now: dt.datetime) -> Cadence:
    """Needs `council.year_meetings` (CouncilQuerySet.with_year)."""
    past = [m for m in council.year_meetings if m.closed_at or m.ends_at <= now]  # type: ignore[attr-defined]
    ahead = [m for m in council.year_meetings if m not in past]  # type: ignore[attr-defined]
    return Cadence(len(past), len(ahead), council.meetings_per_year, ahead[0] if ahead else None)


@dataclass(frozen=True)
class QuorumGauge:
    """Present against filled seats; the mark stands after the seat that makes the quorum."""

    present: int
    seats: int
    needed: int

    WIDTH = 284

    @property
    def reached(self) -> bool:
        return self.present >= self.needed > 0

    @property
    def boxes(self) -> list[dict[str, Any]]:
        count = max(self.seats, self.present, 1)
        step = self.WIDTH / count
        return [{"x": round(n * step, 1), "width": round(step - 4, 1), "on": n < self.present} for n in range(count)]

    @property
    def mark(self) -> float:
        """Between the box that makes the quorum and the next one."""
        return round(self.WIDTH / max(self.seats, self.present, 1) * self.needed - 2, 1)

    @property
    def label_x(self) -> float:
        return min(max(self.mark, 32), self.WIDTH - 32)


@dataclass(frozen=True)
class Share:
    """One bar of the composition."""

    label: str
    count: int
    width: int  # per cent of the seats that are filled
    gap: bool = False


def composition(seats: list[Seat], served: list[Any]) -> dict[str, list[Share]]:
    """Members by what they speak for, by size of their organization and by pathway, gaps included. One query."""
    filled = [s for s in seats if s.contact_id]
    most = max(len(filled), 1)  # one scale for all three, or five is drawn longer than six
    by_category = Counter(s.category for s in filled)
    by_size = Counter(_size(s) for s in filled)
    return {
        "Speaks for": _shares([(str(c.label), by_category[c.value], c in EXPECTED) for c in Category], most),
        "Pathway": _pathways(filled, served, most),
        "Size of the organization": _shares(
            [(label, by_size[label], True) for _top, label in SIZES] + [("Size not known", by_size[""], False)], most
        ),
    }


def _shares(rows: list[tuple[str, int, bool]], most: int) -> list[Share]:
    return [
        Share(label, count, round(100 * count / most), gap=wanted and not count)
        for label, count, wanted in rows
        if count or wanted
    ]


def _size(seat: Seat) -> str:
    people = seat.of.employees if seat.of else None
    return "" if people is None else next(label for top, label in SIZES if people < top)


def _pathways(filled: list[Seat], served: list[Any], most: int) -> list[Share]:
    """How many members' organizations are tied to each pathway that the council advises on."""
    if not served:
        return []
    ties = Tie.objects.filter(pathway__in=served, organization__in={s.of.pk for s in filled})
    tied = set(ties.values_list("pathway_id", "organization_id"))
    return _shares([(p.name, sum((p.pk, s.of.pk) in tied for s in filled), True) for p in served], most)
