"""Where partners are: the middle of their ZIP, or of their city, and how many stand there.

The table of ZIPs (partners/data/zips.tsv.xz: ZIP, latitude, longitude, state, city) is that of the npm package
`zipcodes` 8.0.0, rounded to a hundredth of a degree, about half a mile; its license lies beside it. It is of the 2010s:
a ZIP that is younger falls back on its city, and what is not known at all is told apart.
"""

import lzma
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from django.core.cache import cache as shared
from django.db.models import Count
from django.db.models.functions import Substr

from partners.models import Organization, Site
from partners.names import sort_key
from wbl.tenancy.models import School

ZIPS = Path(__file__).parent / "data" / "zips.tsv.xz"
CITIES = "partners:cities"
_LAST_ZIP = re.compile(r"(?<!\d)(\d{5})(?:-\d{4})?\s*$")

Point = tuple[float, float]  # latitude, longitude in degrees


@dataclass
class Place:
    """A ZIP, or a city without one, with the number of partners that have a site there; `point` is None where nobody
    knows the way."""

    zip: str
    city: str
    state: str
    point: Point | None
    partners: int = 0

    @property
    def name(self) -> str:
        """Ada, OK 74820."""
        area = " ".join(part for part in (self.state, self.zip) if part)
        return ", ".join(part for part in (self.city, area) if part)

    @property
    def key(self) -> str:
        """What the list of partners is narrowed by."""
        return self.zip or ", ".join(part for part in (self.city, self.state) if part)


@dataclass
class Whereabouts:
    """All places of a district's partners, the fullest first; `unplaced` partners have no site with a ZIP or a city."""

    places: list[Place] = field(default_factory=list)
    unplaced: int = 0


def whereabouts() -> Whereabouts:
    """Of the partners that are not archived: two queries."""
    rows = Site.objects.filter(organization__archived_at=None).exclude(zip="", city="").order_by()
    grouped = rows.values_list(Substr("zip", 1, 5), "city", "state").annotate(n=Count("organization", distinct=True))
    found: dict[tuple[str, str, str], Place] = {}
    for typed, city, state, number in grouped:
        zip5 = typed if typed.isascii() and typed.isdigit() and len(typed) == 5 else ""
        key = (zip5, "" if zip5 else sort_key(city), "" if zip5 else state.strip().upper())
        place = found.setdefault(key, Place(zip5, city.strip(), state.strip(), point_of(zip5, city, state)))
        place.partners += number
    placed = Organization.objects.present().exclude(pk__in=rows.values("organization"))
    return Whereabouts(sorted(found.values(), key=lambda p: (-p.partners, p.name)), placed.count())


def in_place(rows: Any, key: str) -> Any:
    """Of the partners those with a site in that ZIP, or that city (“Ada, OK”)."""
    if key.isascii() and key.isdigit():
        here = Site.objects.filter(zip__startswith=key)
    else:
        city, _comma, state = key.partition(",")
        here = Site.objects.filter(city__iexact=city.strip(), state__iexact=state.strip())
    return rows.filter(pk__in=here.values("organization"))


def cities() -> list[str]:
    """Where partners that are not archived have a site, each once however it is written; read at most once a minute."""
    return shared.get_or_set(CITIES, _cities, 60) or []


def _cities() -> list[str]:
    sites = Site.objects.filter(organization__archived_at=None).exclude(city="")
    counted = sites.order_by().values_list("city").annotate(n=Count("pk")).order_by("n")
    often = {sort_key(city): " ".join(city.split()) for city, _n in counted}  # the usual spelling comes last
    return sorted(filter(None, often.values()), key=sort_key)


def in_city(rows: Any, city: str) -> Any:
    """Of the partners those with a site in that city, of whatever state."""
    return rows.filter(pk__in=Site.objects.filter(city__iexact=city).values("organization"))


def schools() -> list[tuple[str, Point]]:
    """Schools whose address ends with a ZIP, to see partners from where students are: one query."""
    found = []
    for school in School.objects.filter(closed_on=None):
        ends = _LAST_ZIP.search(school.address)
        if ends and (point := point_of(ends[1], "", "")):
            found.append((school.name, point))
    return found


def point_of(zip5: str, city: str, state: str) -> Point | None:
    """The middle of the ZIP, else of the city (of its ZIPs), else nothing."""
    if zip5 in by_zip():
        return by_zip()[zip5]
    return by_city().get((sort_key(state), sort_key(city)))


@cache
def by_zip() -> dict[str, Point]:
    return {code: (float(lat), float(lon)) for code, lat, lon, _state, _city in _lines()}


@cache
def by_city() -> dict[tuple[str, str], Point]:
    """Keys are (state, city), folded; read when first a site has a city and no ZIP that is known."""
    points: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for _code, lat, lon, state, city in _lines():
        points[sort_key(state), sort_key(city)].append((float(lat), float(lon)))
    return {key: _middle(all_of_it) for key, all_of_it in points.items()}


def _middle(points: list[Point]) -> Point:
    return sum(p[0] for p in points) / len(points), sum(p[1] for p in points) / len(points)


def _lines() -> Iterable[list[str]]:
    with lzma.open(ZIPS, "rt", encoding="utf-8") as file:
        for line in file:
            yield line.rstrip("\n").split("\t")
