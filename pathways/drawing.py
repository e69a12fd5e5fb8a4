"""The map of a pathway as a transit line: lanes read across for time, down for what a step earns.

Geometry alone: marks with coordinates and classes (static/css/charts.css), which templates/pathways/map.svg.html draws.
Labels wrap by a table of letter widths, so a long name makes its lane taller instead of running into its neighbor.
"""

from dataclasses import dataclass, field
from typing import Any

LEFT, TOP, RIGHT = 102.0, 20.0, 1000.0
SIX = 6  # steps that fit the width of a page; more make the drawing wider
LINE, SMALL_LINE = 16.0, 17.0
NARROW, WIDE = frozenset("ijltfrI.,:;'|!()[] -"), frozenset("mwMWGOQ@%&")
CARRIED_SHOWN = 2


@dataclass(frozen=True)
class Mark:
    """One thing drawn. `kind` is text, rect, circle or path."""

    kind: str
    css: str
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    text: str = ""
    d: str = ""


def text_width(text: str, *, bold: bool = False) -> float:
    """About how wide a 13 px label is, in px; on the wide side."""
    units = sum(0.34 if c in NARROW else 0.86 if c in WIDE else 0.68 if c.isupper() else 0.56 for c in text)
    return units * 13 * (1.06 if bold else 1)


def wrap(text: str, width: float, *, bold: bool = False, most: int = 4) -> list[str]:
    """The label in lines that fit; a single word that does not is left whole."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, bold=bold) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return lines


@dataclass
class Map:
    """The whole drawing."""

    width: float
    height: float
    marks: list[Mark]
    size: str = ""  # of many steps: a class that keeps letters readable

    @property
    def view_box(self) -> str:
        return f"0 0 {self.width:g} {self.height:g}"


@dataclass
class Sheet:
    """Where the pen is."""

    columns: list[float]
    step: float
    width: float
    y: float = 30.0
    rules: list[Mark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def room(self) -> float:
        return self.step - 16

    def lane(self, title: str) -> float:
        """Begin a lane; returns the y of its first line of text."""
        self.rules.append(Mark("path", "l-hair", d=f"M0 {self.y + 0.5:g}H{self.width:g}"))
        self.marks.append(Mark("text", "t-b", 0, self.y + 22, text=title))
        return self.y + 22

    def label(self, x: float, y: float, text: str, css: str) -> None:
        self.marks.append(Mark("text", f"t-mid {css}".strip(), round(x, 1), y, text=text))

    def ground(self, x: float, y: float, height: float, width: float = 0) -> None:
        """Paper behind a label, so that the column's hairline stops there."""
        width = width or self.step - 26
        self.marks.append(Mark("rect", "f-paper", round(x - width / 2, 1), y, width, height))

    def arrow(self, x: float, y: float, length: float, css: str, head: str) -> None:
        self.marks.append(Mark("path", css, d=f"M{x:g} {y:g}v{length:g}"))
        self.marks.append(Mark("path", head, d=f"M{x - 6:g} {y + length - 1:g}h12l-6 9z"))


def draw(pathway: Any, words: dict[str, str]) -> Map:
    """Draw a pathway whose parts are prefetched (PathwayQuerySet.drawn). `words` names the lanes."""
    steps = list(pathway.steps.all())
    width = max(RIGHT, LEFT + len(steps) * (RIGHT - LEFT) / SIX)
    step = (width - LEFT) / max(len(steps), 1)
    sheet = Sheet([LEFT + step * (n + 0.5) for n in range(len(steps))], step, width)
    _grades(sheet, steps)
    top = sheet.y
    _entries(sheet, steps, words["enter"])
    _line(sheet, steps, words["learn"])
    _experiences(sheet, steps, words["work"])
    _credentials(sheet, steps, words["credentials"], words["before"])
    _exits(sheet, steps, words["leave"], words["hour"])
    bottom = sheet.y
    _support(sheet, pathway, steps, words["support"])
    columns = [Mark("path", "l-hair", d=f"M{x:g} {top:g}V{bottom:g}") for x in sheet.columns]
    end = Mark("path", "l-hair", d=f"M0 {sheet.y + 0.5:g}H{width:g}")
    size = "" if len(steps) <= SIX else "chart--map-wide" if len(steps) <= 9 else "chart--map-widest"
    return Map(width, sheet.y + 4, [*columns, *sheet.rules, end, *sheet.marks], size)


def _grades(sheet: Sheet, steps: list[Any]) -> None:
    heads = [wrap(step.grade, sheet.room, most=2) for step in steps]
    rows = max((len(head) for head in heads), default=1)
    for x, head in zip(sheet.columns, heads, strict=True):
        for n, line in enumerate(head):
            sheet.label(x, TOP + LINE * (n + rows - len(head)), line, "t-2")
    sheet.y = TOP + LINE * rows - 6


def _entries(sheet: Sheet, steps: list[Any], title: str) -> None:
    y = sheet.lane(title)
    sheet.rules[-1] = Mark("path", "l-thin", d=sheet.rules[-1].d)
    blocks = [_entry_lines(step, sheet.room) for step in steps]
    rows = max((len(block) for block in blocks), default=0)
    foot = y + max(rows, 1) * SMALL_LINE
    for x, block in zip(sheet.columns, blocks, strict=True):
        if not block:
            continue
        sheet.ground(x, y - 14, len(block) * SMALL_LINE + 6)
        for n, (line, css) in enumerate(block):
            sheet.label(x, y + n * SMALL_LINE, line, css)
        begin = y + len(block) * SMALL_LINE - 6
        sheet.arrow(x, begin, foot + 33 - begin, "l-accent-2", "f-line")
    sheet.y = foot + 26


def _entry_lines(step: Any, room: float) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for entry in step.entries.all():
        lines += [(line, "t-b") for line in wrap(entry.who, room, bold=True, most=2)]
        lines += [(line, "t-2") for line in wrap(entry.condition, room, most=2)]
    return lines


def _line(sheet: Sheet, steps: list[Any], title: str) -> None:
    y = sheet.lane(title) + 4
    names = [wrap(step.name, sheet.room, bold=True) for step in steps]
    if len(steps) > 1:
        sheet.marks.append(Mark("path", "l-accent", d=f"M{sheet.columns[0]:g} {y:g}H{sheet.columns[-1]:g}"))
    for x, name in zip(sheet.columns, names, strict=True):
        sheet.ground(x, y + 14, len(name) * LINE + 6)
        for n, line in enumerate(name):
            sheet.label(x, y + 28 + n * LINE, line, "t-b")
        sheet.marks.append(Mark("circle", "stop", x, y))
    sheet.y = y + 26 + max((len(name) for name in names), default=1) * LINE


def _experiences(sheet: Sheet, steps: list[Any], title: str) -> None:
    y = sheet.lane(title)
    blocks = [[line for e in step.experiences.all() for line in wrap(str(e), sheet.room)] for step in steps]
    for x, block in zip(sheet.columns, blocks, strict=True):
        if block:
            sheet.ground(x, y - 15, len(block) * LINE + 4)
        for n, line in enumerate(block):
            sheet.label(x, y + n * LINE, line, "")
    sheet.y = y + 12 + (max([1, *(len(block) for block in blocks)]) - 1) * LINE


@dataclass(frozen=True)
class Box:
    """A credential at a step, earned here or carried along."""

    lines: list[str]
    earned: bool

    @property
    def height(self) -> float:
        return 6 + LINE * len(self.lines)


def _credentials(sheet: Sheet, steps: list[Any], title: str, before: str) -> None:
    sheet.lane(title)
    stacks = stacked(steps, sheet.room, before)
    tallest = max((sum(box.height + 3 for box in stack) for stack in stacks), default=0)
    foot = sheet.y + 9 + max(tallest, 22)
    width = sheet.step - 16
    for x, stack in zip(sheet.columns, stacks, strict=True):
        y = foot
        for box in stack:  # the first one lies at the bottom: what was earned before carries the new
            y -= box.height + 3
            css = "f-accent" if box.earned else "box"
            sheet.marks.append(Mark("rect", css, round(x - width / 2, 1), y, width, box.height))
            for n, line in enumerate(box.lines):
                sheet.label(x, y + 15.5 + n * LINE, line, "t-on" if box.earned else "t-2")
    sheet.y = foot + 6


def stacked(steps: list[Any], room: float, before: str) -> list[list[Box]]:
    """Boxes of each step from the bottom up; more than two carried ones become one line that counts them."""
    carried: list[Any] = []
    stacks = []
    for step in steps:
        earned = list(step.credentials.all())
        if len(carried) > CARRIED_SHOWN:
            stack = [Box([before % {"count": len(carried)}], earned=False)]
        else:
            stack = [Box(wrap(c.name, room), earned=False) for c in carried]
        stacks.append(stack + [Box(wrap(c.name, room, bold=True), earned=True) for c in earned])
        carried += [c for c in earned if c.stacks]
    return stacks


def _exits(sheet: Sheet, steps: list[Any], title: str, hour: str) -> None:
    y = sheet.lane(title)
    tallest = 0.0
    for x, step in zip(sheet.columns, steps, strict=True):
        exits = list(step.exits.all())
        if exits:
            sheet.arrow(x, y - 29, 18, "l-ink", "f-ink")
        at = y + 16
        for leaving in exits:
            lines = wrap(leaving.occupation.title, sheet.room, bold=True)
            wage = leaving.occupation.wage
            sheet.ground(x, at - 14, len(lines) * LINE + (22 if wage else 6), sheet.step - 2)
            for n, line in enumerate(lines):
                sheet.label(x, at + n * LINE, line, "t-b")
            at += len(lines) * LINE + 4
            if wage:
                sheet.label(x, at, hour % {"wage": wage}, "t-l t-accent")
                at += 20
        tallest = max(tallest, at - y)
    sheet.y = y + max(tallest - 6, 10)


def _support(sheet: Sheet, pathway: Any, steps: list[Any], title: str) -> None:
    services = list(pathway.services.all())
    y = sheet.lane(title) - 12
    place = {step.pk: n for n, step in enumerate(steps)}
    for service in services:
        first, last = place[service.first_step_id], place[service.last_step_id]
        x = sheet.columns[first] - sheet.step / 2 + 8
        width = sheet.columns[last] + sheet.step / 2 - 8 - x
        lines = wrap(str(service), width - 16, most=3)
        sheet.marks.append(Mark("rect", "f-wash", round(x, 1), y, round(width, 1), 6 + LINE * len(lines)))
        for n, line in enumerate(lines):
            sheet.marks.append(Mark("text", "", round(x + 10, 1), y + 15.5 + n * LINE, text=line))
        y += 10 + LINE * len(lines)
    sheet.y = max(y, sheet.y + 32) + 4
