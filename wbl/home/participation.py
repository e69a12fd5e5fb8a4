"""How many students took part in work-based learning: by school, pathway and kind. Small cells are suppressed.

A student counts who had a placement that was on, or came to an event, in the period; school and pathway are those
of that day. The lists behind the numbers are made of the same rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import F, Sum

from pathways.models import Pathway
from placements.models import HoursEntry, Placement, RosterRow
from wbl.continuum.models import levels
from wbl.continuum.types import ExperienceType, Level
from wbl.home.period import Period
from wbl.tenancy.models import School

SMALLEST = 10  # fewer students than this could be recognized
WHY_HIDDEN = (
    f"Fewer than {SMALLEST} students are shown as <{SMALLEST}, so that nobody can be recognized when this table is "
    "published (34 CFR 99.31(b), de-identified records). Where one hidden number could be worked out from the others, "
    "a second one is hidden with it."
)
AXES = ("school", "pathway", "type")


@dataclass(frozen=True)
class Part:
    """A student's part in one experience."""

    student: int
    school: int | None
    pathway: int | None
    type: str
    concentrator: bool
    placement: int | None = None


@dataclass
class Line:
    """One row of a table; `hidden` numbers are shown as <10."""

    key: Any
    label: str
    students: set[int] = field(default_factory=set)
    concentrators: set[int] = field(default_factory=set)
    placements: set[int] = field(default_factory=set)
    hours: Decimal = Decimal(0)
    hidden: bool = False

    @property
    def concentrators_hidden(self) -> bool:
        others = len(self.students) - len(self.concentrators)
        return self.hidden or 0 < len(self.concentrators) < SMALLEST or 0 < others < SMALLEST

    @property
    def students_shown(self) -> str | int:
        return f"<{SMALLEST}" if self.hidden else len(self.students)

    @property
    def concentrators_shown(self) -> str | int:
        return "hidden" if self.concentrators_hidden and self.students else len(self.concentrators)


@dataclass(frozen=True)
class Table:
    """One way to divide the students."""

    axis: str
    title: str
    lines: list[Line]

    @property
    def word(self) -> str:
        """By school: School."""
        return self.title.removeprefix("By ").capitalize()


def parts(period: Period, membership: Any, **chosen: Any) -> list[Part]:
    """Every part a student took; `chosen` narrows by school, pathway or type. Two queries."""
    placed = Placement.objects.seen_by(membership).between(period.first, period.last).filter(**chosen)
    came = RosterRow.objects.seen_by(membership).came_between(period.first, period.last)
    came = came.filter(**{("event__type" if key == "type" else key): value for key, value in chosen.items()})
    concentrator = F("student__concentrator")
    found = [
        Part(*row)
        for row in placed.order_by("pk").values_list("student", "school", "pathway", "type", concentrator, "pk")
    ]
    found += [
        Part(*row)
        for row in came.order_by("pk").values_list("student", "school", "pathway", "event__type", concentrator)
    ]
    return found


def tables(period: Period, membership: Any) -> tuple[Line, list[Table]]:
    """All students in one line, and the tables by school, pathway and kind: six queries."""
    everyone, hours = parts(period, membership), _hours(period, membership)
    total = Line(None, "All students", hours=sum(hours["school"].values(), Decimal(0)))
    for part in everyone:
        _count(total, part)
    total.hidden = 0 < len(total.students) < SMALLEST
    schools = dict(School.objects.values_list("pk", "name"))
    pathways = dict(Pathway.objects.values_list("pk", "name"))
    names: dict[str, Callable[[Any], str]] = {
        "school": lambda pk: schools.get(pk, "No school"),
        "pathway": lambda pk: pathways.get(pk, "No pathway"),
        "type": _type_namer(),
    }
    titles = {"school": "By school", "pathway": "By pathway", "type": "By kind of experience"}
    return total, [Table(axis, titles[axis], _lines(axis, everyone, hours[axis], names[axis])) for axis in AXES]


def _type_namer() -> Callable[[str], str]:
    level_of = levels()
    return lambda key: f"{ExperienceType(key).label} ({Level(level_of[key]).label.lower()})"


def _count(line: Line, part: Part) -> None:
    line.students.add(part.student)
    if part.concentrator:
        line.concentrators.add(part.student)
    if part.placement:
        line.placements.add(part.placement)


def _lines(axis: str, everyone: Iterable[Part], hours: dict[Any, Decimal], name: Callable[[Any], str]) -> list[Line]:
    lines: dict[Any, Line] = {}
    for part in everyone:
        key = getattr(part, axis)
        _count(lines.setdefault(key, Line(key, name(key), hours=hours.get(key, Decimal(0)))), part)
    found = sorted(lines.values(), key=lambda line: (line.key is None, line.label))
    hide_small(found)
    return found


def hide_small(lines: list[Line]) -> None:
    """Hide what is below ten; a single hidden line takes the next smallest with it, else it is total minus the rest."""
    for line in lines:
        line.hidden = 0 < len(line.students) < SMALLEST
    shown = sorted((line for line in lines if not line.hidden), key=lambda line: len(line.students))
    if sum(line.hidden for line in lines) == 1 and shown:
        shown[0].hidden = True


def _hours(period: Period, membership: Any) -> dict[str, dict[Any, Decimal]]:
    """Approved hours in the period along each axis: one query."""
    rows = (
        HoursEntry.objects.approved()
        .seen_by(membership)
        .filter(date__gte=period.first, date__lte=period.last)
        .order_by()
        .values_list("placement__school", "placement__pathway", "placement__type")
        .annotate(Sum("hours"))
    )
    found: dict[str, dict[Any, Decimal]] = {axis: defaultdict(Decimal) for axis in AXES}
    for *keys, hours in rows:
        for axis, key in zip(AXES, keys, strict=True):
            found[axis][key] += hours
    return found
