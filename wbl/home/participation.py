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
    "published (34 CFR 99.31(b), de-identified records), and so are fewer placements, with their hours. Where what is "
    "hidden could be worked out from the total and the others, the next smallest number is hidden with it."
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
    """One row of a table; a row that is `hidden` shows <10 students and no other number."""

    key: Any
    label: str
    students: set[int] = field(default_factory=set)
    concentrators: set[int] = field(default_factory=set)
    placements: set[int] = field(default_factory=set)
    hours: Decimal = Decimal(0)
    hidden: bool = False
    concentrators_hidden: bool = False
    placements_hidden: bool = False  # and with them the hours

    @property
    def others(self) -> int:
        """Students who are no concentrators: what concentrators taken from students would tell."""
        return len(self.students) - len(self.concentrators)

    @property
    def students_shown(self) -> str | int:
        return f"<{SMALLEST}" if self.hidden else len(self.students)

    @property
    def concentrators_shown(self) -> str | int:
        return "hidden" if self.concentrators_hidden else len(self.concentrators)

    @property
    def placements_shown(self) -> str | int:
        return "hidden" if self.placements_hidden else len(self.placements)

    @property
    def hours_shown(self) -> str | Decimal:
        return "hidden" if self.placements_hidden else self.hours


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
    hide_small([total])
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
    """Hide what is below ten in each column, and what would give it away."""
    hidden = _in_company(lines, [is_small(len(line.students)) for line in lines], lambda line: len(line.students))
    placed = [no or is_small(len(line.placements)) for line, no in zip(lines, hidden, strict=True)]
    placed = _in_company(lines, placed, lambda line: len(line.placements))
    named = [
        no or is_small(len(line.concentrators)) or is_small(line.others) for line, no in zip(lines, hidden, strict=True)
    ]
    named = _in_company(lines, named, lambda line: len(line.concentrators))
    named = _in_company(lines, named, lambda line: line.others)
    for line, *each in zip(lines, hidden, placed, named, strict=True):
        line.hidden, line.placements_hidden, line.concentrators_hidden = each


def is_small(number: int) -> bool:
    return 0 < number < SMALLEST


def _in_company(lines: list[Line], hidden: list[bool], size: Callable[[Line], int]) -> list[bool]:
    """The total less what is shown is what all the hidden lines have together: that is of two lines at least, and not
    small itself. The next smallest are hidden until it is so, or nothing is left to hide."""
    hidden = list(hidden)
    for place in sorted(range(len(lines)), key=lambda n: size(lines[n])):
        together = [size(line) for line, no in zip(lines, hidden, strict=True) if no and size(line)]
        if not together or (len(together) > 1 and sum(together) >= SMALLEST):
            break
        if size(lines[place]):
            hidden[place] = True
    return hidden


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
