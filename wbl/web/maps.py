"""Maps of bubbles drawn by the server: no tiles, no script, nothing asked of another server. Degrees become a plane in
which a mile is as long to the east as to the north, which holds for a region of a few hundred miles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from wbl.web.charts import WIDE, Chart, decimal, drawing, linked, text_at
from wbl.web.numbers import grouped

MILES = 69.0  # a degree of latitude
LEAST = 12.0  # miles that the drawing shows at least: one ZIP is not a continent
LOWEST, HIGHEST = 320, 640  # pixels
EDGE = 46  # pixels that stay free around the outermost place
LABELS = 14
BIGGEST, SMALLEST = 30.0, 6.0  # radius in pixels
FAR = 3.0  # so many times as far from the middle as four fifths of all is too far to be drawn with them
NEAR = 40.0  # miles that are never far
LETTER, LINE = 7.2, 17.0  # pixels of a label: a letter's width, a line's height

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Dot:
    """A place: its size is the area of its bubble, `href` opens the rows behind it; `label` is its name for short."""

    name: str
    lat: float
    lon: float
    size: int
    href: str = ""
    label: str = ""


@dataclass(frozen=True)
class Region:
    """What is drawn: the dots within it, and the plane's measures."""

    near: tuple[Dot, ...]
    far: tuple[Dot, ...]
    west: float  # miles from the middle
    north: float
    scale: float  # pixels a mile
    height: float
    middle: tuple[float, float]

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        x, y = _miles(lat, lon, self.middle)
        return (x - self.west) * self.scale, (self.north - y) * self.scale


def bubbles(dots: Sequence[Dot], marks: Sequence[tuple[str, float, float]] = (), *, says: str, heading: str) -> Chart:
    """A bubble for each place, the fullest named; `marks` (name, latitude, longitude) are small squares beneath, such as
    schools. Places too far away to be drawn with the rest stand in the table only, and the sentence says how many."""
    rows = [(dot.name, grouped(dot.size)) for dot in dots]
    if not dots:
        return Chart(drawing(f"0 0 {WIDE} 40", [text_at(0, 24, "Nothing to draw yet.", "t-2")], says, ""), says)
    region = region_of(dots)
    parts = [format_html('<rect class="f-sunk" width="{}" height="{}" rx="6"/>', WIDE, decimal(region.height))]
    parts += [_mark(name, *region.at(lat, lon)) for name, lat, lon in marks if _inside(region, lat, lon)]
    most = max(dot.size for dot in region.near)
    placed = [(dot, *region.at(dot.lat, dot.lon), _radius(dot.size, most)) for dot in region.near]
    parts += [_bubble(*each) for each in placed]
    parts += _labels(placed, region.height)
    parts.append(_ruler(region))
    told = f"{says} {_far_words(region.far)}".strip()
    svg = drawing(f"0 0 {WIDE} {decimal(region.height)}", parts, told, "chart--strip")
    return Chart(svg, told, (heading, "Number"), rows, wide=True)


def region_of(dots: Sequence[Dot]) -> Region:
    """The piece of the plane that holds the dots which belong together."""
    middle = (_median([(d.lat, d.size) for d in dots]), _median([(d.lon, d.size) for d in dots]))
    away = sorted((math.hypot(*_miles(d.lat, d.lon, middle)), d.size) for d in dots)
    reach = max(FAR * _share(away, 0.8), NEAR)
    near = tuple(d for d in dots if math.hypot(*_miles(d.lat, d.lon, middle)) <= reach)
    at = [_miles(d.lat, d.lon, middle) for d in near]
    west, east = min(x for x, _y in at), max(x for x, _y in at)
    south, north = min(y for _x, y in at), max(y for _x, y in at)
    wide, tall = max(east - west, LEAST), max(north - south, LEAST / 3)
    scale = min((WIDE - 2 * EDGE) / wide, (HIGHEST - 2 * EDGE) / tall)
    height = min(max(tall * scale + 2 * EDGE, LOWEST), HIGHEST)
    x, y = (west + east) / 2, (south + north) / 2
    far = tuple(d for d in dots if d not in near)
    return Region(near, far, x - WIDE / scale / 2, y + height / scale / 2, scale, height, middle)


def _miles(lat: float, lon: float, middle: tuple[float, float]) -> tuple[float, float]:
    """East and north of the middle, in miles."""
    return (lon - middle[1]) * MILES * math.cos(math.radians(middle[0])), (lat - middle[0]) * MILES


def _median(values: list[tuple[float, int]]) -> float:
    """The value in the middle, each counted as often as it weighs."""
    return _share(sorted(values), 0.5)


def _share(values: list[tuple[float, int]], share: float) -> float:
    left = share * sum(weight for _value, weight in values)
    for value, weight in values:
        left -= weight
        if left <= 0:
            return value
    return values[-1][0]


def _radius(size: int, most: int) -> float:
    return max(BIGGEST * math.sqrt(size / most), SMALLEST)


def _inside(region: Region, lat: float, lon: float) -> bool:
    x, y = region.at(lat, lon)
    return 0 < x < WIDE and 0 < y < region.height


def _mark(name: str, x: float, y: float) -> SafeString:
    square = format_html('<rect class="box" x="{}" y="{}" width="10" height="10"/>', decimal(x - 5), decimal(y - 5))
    return format_html("<g><title>{}</title>{}</g>", name, square)


def _bubble(dot: Dot, x: float, y: float, radius: float) -> SafeString:
    title = format_html("<title>{}: {}</title>", dot.name, grouped(dot.size))
    return linked(
        [
            title,
            format_html('<circle class="f-bubble" cx="{}" cy="{}" r="{}"/>', decimal(x), decimal(y), decimal(radius)),
        ],
        dot.href,
    )


def _labels(placed: list[tuple[Dot, float, float, float]], height: float) -> list[SafeString]:
    """Names beside the fullest places, where they cover neither each other, nor a bubble, nor the edge."""
    taken: list[Box] = [(x - r, y - r, x + r, y + r) for _dot, x, y, r in placed]
    made: list[SafeString] = []
    for dot, x, y, radius in sorted(placed, key=lambda each: -each[0].size):
        text = f"{dot.label or dot.name} · {grouped(dot.size)}"
        for box in _around(x, y, radius, LETTER * len(text)):
            inside = box[0] > 0 and box[2] < WIDE and box[1] > 0 and box[3] < height
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                made.append(text_at(box[0], box[3] - 4.5, text, "t-b"))
                break
        if len(made) == LABELS:
            break
    return made


def _around(x: float, y: float, radius: float, long: float) -> list[Box]:
    """Where a label may stand: to the right, the left, above, below."""
    half = LINE / 2
    return [
        (x + radius + 4, y - half, x + radius + 4 + long, y + half),
        (x - radius - 4 - long, y - half, x - radius - 4, y + half),
        (x - long / 2, y - radius - 2 - LINE, x + long / 2, y - radius - 2),
        (x - long / 2, y + radius + 2, x + long / 2, y + radius + 2 + LINE),
    ]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _ruler(region: Region) -> SafeString:
    """How long a round number of miles is."""
    miles = next(n for n in (500, 200, 100, 50, 20, 10, 5, 2, 1) if n * region.scale < WIDE / 5 or n == 1)
    y, long = region.height - 16, miles * region.scale
    line = format_html('<path class="l-thin" d="M16 {}v6h{}v-6"/>', decimal(y - 6), decimal(long))
    return format_html("{}{}", line, text_at(24 + long, y + 2, f"{miles} mile{'s' if miles != 1 else ''}", "t-2"))


def _far_words(far: Sequence[Dot]) -> str:
    if not far:
        return ""
    number = sum(dot.size for dot in far)
    names = ", ".join(dot.name for dot in far[:3]) + (" …" if len(far) > 3 else "")
    return f"Too far away to be drawn: {grouped(number)} ({names})."
