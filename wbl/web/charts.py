"""Charts drawn by the server: SVG that prints, follows the theme and has its numbers behind it.

Each function returns a Chart; show it with `{% include "components/chart.html" with chart=chart %}`.
Widths and heights are SVG attributes, since the content security policy allows no inline style.
Colours are classes of static/css/charts.css.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from wbl.web.numbers import grouped

WIDE = 1000
PHONE = 328  # what 360 px leave a page
CHARACTER = 7  # pixels that one of a label takes, about
NARROW = 40  # a day that has no room for "Wed"
Table = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Chart:
    """A drawing, what it says in one sentence, and the numbers behind it."""

    svg: SafeString
    says: str
    columns: tuple[str, ...] = ()
    rows: Table = field(default_factory=list)
    wide: bool = False  # scrolls inside itself on a phone


@dataclass(frozen=True)
class Day:
    """What a day would send: how many go out, how many would be withheld; a closed day is shaded."""

    on: dt.date
    out: int = 0
    held: int = 0
    closed: bool = False
    href: str = ""


def day_bars(days: Sequence[Day], *, today: dt.date, says: str) -> Chart:
    """Mails per day, as on the ledger: filled goes out, outlined would be withheld, gray no school.

    Drawn twice, as bars are: all days are to be seen on a phone without scrolling.
    """
    rows = [(f"{day.on:%a, %b} {day.on.day}", day.out, day.held) for day in days]
    svg = _strip(days, today, says, WIDE, "only-wide") + _strip(days, today, says, PHONE, "only-narrow")
    return Chart(svg, says, ("Day", "Would go out", "Would be withheld"), rows)


def _strip(days: Sequence[Day], today: dt.date, says: str, width: int, shown: str) -> SafeString:
    step = width / max(len(days), 1)
    top = max([day.out + day.held for day in days] or [0]) or 1
    scale = (92 if width > PHONE else 80) / top
    parts = [_day(day, index * step, step, scale, today) for index, day in enumerate(days)]
    ground = format_html('<path class="l-thin" d="M0 132.5h{}"/>', width)
    return drawing(f"0 0 {width} 174", [*parts, ground], says, f"chart--days {shown}")


def _day(day: Day, x: float, step: float, scale: float, today: dt.date) -> SafeString:
    middle, left, width = x + step / 2, x + step * 0.11, step * 0.78
    out, held = day.out * scale, day.held * scale
    bold = "t-b" if day.on == today else "t-2"
    parts = []
    if day.closed:
        parts.append(rect(x, 20, step, 112, "f-closed"))
    if day.out:
        parts.append(rect(left, 132 - out, width, out, "f-accent"))
    if day.held:
        height = max(held, 4)
        parts.append(rect(left + 0.75, 130.5 - out - height, width - 1.5, height, "f-held"))
    if day.out or day.held:
        parts.append(_counts(day, middle, 124 - out - (max(held, 4) + 2 if day.held else 0), narrow=step < NARROW))
    name = f"{day.on:%a}"
    parts.append(text_at(middle, 152, name[:1] if step < NARROW else name, f"t-mid {bold}"))
    parts.append(text_at(middle, 169, str(day.on.day), f"t-mid {bold}"))
    return linked(parts, day.href)


def _counts(day: Day, middle: float, y: float, *, narrow: bool) -> SafeString:
    """The numbers over a day's bar; where it is too narrow for both, what is withheld stands above."""
    x = decimal(middle)
    if narrow:
        out = text_at(middle, y, str(day.out), "t-mid t-b") if day.out else SafeString("")
        above = y - 15 if day.out else y
        return out + (text_at(middle, above, f"−{day.held}", "t-mid t-warn") if day.held else SafeString(""))
    less = format_html('<tspan class="t-warn"> −{}</tspan>', day.held) if day.held else ""
    return format_html('<text class="t-mid t-b" x="{}" y="{}">{}{}</text>', x, decimal(y), day.out, less)


def columns(
    values: Sequence[tuple[str, float]],
    *,
    says: str,
    unit: str,
    limit: float | None = None,
    limit_label: str = "",
    width: int = WIDE,
    kind: str = "chart--strip",
) -> Chart:
    """One column for each value, with a line at a limit: hours per week. `width` is that of the place it stands in."""
    step = width / max(len(values), 1)
    top = max([value for _label, value in values] + [limit or 0]) or 1
    scale = 104 / top
    parts = []
    for index, (label, value) in enumerate(values):
        x, height = index * step, value * scale
        over = limit is not None and value > limit
        parts.append(rect(x + step * 0.15, 132 - height, step * 0.7, height, "f-bad" if over else "f-accent"))
        parts.append(text_at(x + step / 2, 125 - height, grouped(value), "t-mid t-b"))
        parts.append(text_at(x + step / 2, 152, label, "t-mid t-2"))
    if limit is not None:
        y = 132 - limit * scale
        parts.append(format_html('<path class="l-dash" d="M0 {}h{}"/>', decimal(y), width))
        parts.append(text_at(width, y - 5, limit_label, "t-end t-2"))
    parts.append(format_html('<path class="l-thin" d="M0 132.5h{}"/>', width))
    rows = [(label, grouped(value)) for label, value in values]
    return Chart(drawing(f"0 0 {width} 160", parts, says, kind), says, ("", unit), rows, wide=True)


@dataclass(frozen=True)
class Bar:
    """One line of a bar chart; `parts` in the order of the series, `href` opens the rows behind it."""

    label: str
    parts: tuple[float, ...]
    href: str = ""
    note: str = ""

    @property
    def total(self) -> float:
        return sum(self.parts)


SERIES = ("f-accent", "f-heat-3", "f-heat-2", "f-edge", "f-hair")


def bars(
    lines: Sequence[Bar], *, says: str, series: Sequence[str] = ("",), heading: str = "", width: int = 640
) -> Chart:
    """Horizontal bars, one or several parts each: the pipeline, participation by school.

    Drawn twice, since a drawing made for a desk is too small to read on a phone; one of the two is shown.
    """
    wide, narrow = _bars(lines, says, width, 176, "only-wide"), _bars(lines, says, PHONE, 0, "only-narrow")
    rows: Table = [(line.label, *[grouped(part) for part in line.parts]) for line in lines]
    return Chart(wide + narrow, says, (heading, *(name or "Number" for name in series)), rows)


def _bars(lines: Sequence[Bar], says: str, width: int, label: int, shown: str) -> SafeString:
    """`label` is the room for names beside the bars; without any, each stands above its bar."""
    number, row = 72, 30 if label else 46
    top = max([line.total for line in lines] or [0]) or 1
    scale = (width - label - number) / top
    drawn = [_bar(line, index * row, label, scale) for index, line in enumerate(lines)]
    return drawing(f"0 0 {width} {max(len(lines), 1) * row}", drawn, says, f"chart--bars {shown}")


def _bar(line: Bar, y: float, label: int, scale: float) -> SafeString:
    parts = [text_at(0, y + (19 if label else 14), _fitting(line.label, label), "t-b" if line.href else "")]
    left, top = float(label), y if label else y + 16
    for index, part in enumerate(line.parts):
        length = part * scale
        if part:
            parts.append(rect(left, top + 6, max(length, 2), 18, SERIES[index % len(SERIES)]))
        left += length
    note = f"{grouped(line.total)} {line.note}".strip()
    parts.append(text_at(left + 8, top + 19, note, "t-b" if line.total else "t-2"))
    return linked(parts, line.href)


def _fitting(words: str, room: int) -> str:
    """The words, or as many of their letters as have room; the table behind the drawing has them all."""
    most = room // CHARACTER
    return words if not room or len(words) <= most else f"{words[: most - 1].rstrip()}…"


def funnel(stages: Iterable[tuple[str, int, str]], *, says: str) -> Chart:
    """How many came to each stage, with what share of the first: (label, number, href)."""
    lines, first = [], 0
    for label, number, href in stages:
        share = f"· {round(100 * number / first)} %" if lines and first and number <= first else ""
        lines.append(Bar(label, (number,), href, share))
        first = first or number
    return bars(lines, says=says, heading="Stage", series=("Partners",))


def seats(filled: int, of: int, *, mark: int | None = None, mark_label: str = "", says: str) -> Chart:
    """Small boxes, filled up to a number, with a mark: quorum, members of a council."""
    width, gap = 284, 4
    total = max(of, filled, mark or 0, 1)
    step = (width + gap) / total
    parts = [rect(i * step, 6, step - gap, 14, "f-accent" if i < filled else "f-hair") for i in range(total)]
    if mark:
        x = mark * step - gap / 2
        parts.append(format_html('<path class="l-ink" d="M{} 1v24"/>', decimal(x)))
        anchor = "t-end" if x > width * 0.8 else "t-mid"
        parts.append(text_at(min(x, width), 42, mark_label, f"t-2 {anchor}"))
    height = 46 if mark else 24
    return Chart(drawing(f"0 0 {width} {height}", parts, says, "chart--seats"), says)


def cadence(
    events: Sequence[tuple[dt.date, str, bool]], *, start: dt.date, end: dt.date, today: dt.date, says: str
) -> Chart:
    """A year as a line with a stop for each meeting: (day, label, held). Today is a mark on it."""
    span = max((end - start).days, 1)

    def at(day: dt.date) -> float:
        return 40 + (WIDE - 80) * min(max((day - start).days / span, 0), 1)

    now = at(today)
    parts = [
        format_html('<path class="l-hair" d="M40 30h{}"/>', WIDE - 80),
        format_html('<path class="l-accent" d="M40 30h{}"/>', decimal(max(now - 40, 0))),
        format_html('<path class="l-thin" d="M{} 14v32"/>', decimal(now)),
        text_at(now, 10, "today", "t-mid t-2"),
    ]
    for day, label, held in events:
        stop = "stop stop--end" if held else "stop"
        parts.append(format_html('<circle class="{}" cx="{}" cy="30" r="8"/>', stop, decimal(at(day))))
        parts.append(text_at(at(day), 58, label, "t-mid t-b" if held else "t-mid t-2"))
    rows = [(f"{day:%b} {day.day}, {day.year}", label, "held" if held else "planned") for day, label, held in events]
    return Chart(
        drawing(f"0 0 {WIDE} 66", parts, says, "chart--strip"), says, ("Day", "Meeting", "State"), rows, wide=True
    )


@dataclass(frozen=True)
class Cell:
    """One cell of a heat table; level 0 is a gap, 1 to 4 darker with more."""

    text: str
    level: int
    href: str = ""


def heat_level(value: float, steps: Sequence[float]) -> int:
    """0 for nothing, else 1 to 4 by three steps: `heat_level(0.3, (0.1, 0.5, 1.5))` is 2."""
    return 0 if not value else 1 + sum(value >= step for step in steps)


# --- drawing ---------------------------------------------------------------------------------


def drawing(box: str, parts: Iterable[Any], says: str, kind: str) -> SafeString:
    inner = format_html_join("", "{}", ((part,) for part in parts))
    role = "group" if "<a " in inner else "img"
    return format_html(
        '<svg class="chart {}" viewBox="{}" role="{}" aria-label="{}">{}</svg>', kind, box, role, says, inner
    )


def linked(parts: Iterable[Any], href: str) -> SafeString:
    inner = format_html_join("", "{}", ((part,) for part in parts))
    return format_html('<a href="{}">{}</a>', href, inner) if href else inner


def rect(x: float, y: float, width: float, height: float, kind: str) -> SafeString:
    return format_html(
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        kind,
        decimal(x),
        decimal(y),
        decimal(max(width, 0)),
        decimal(max(height, 0)),
    )


def text_at(x: float, y: float, text: str, kind: str) -> SafeString:
    return format_html('<text class="{}" x="{}" y="{}">{}</text>', kind, decimal(x), decimal(y), text)


def decimal(number: float) -> str:
    """A coordinate, never in the reader's locale."""
    return f"{number:.1f}".removesuffix(".0")
