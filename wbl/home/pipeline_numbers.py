"""The numbers of the pipeline report, each table once for its chart and its file."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from partners.models import Organization, Source, StageChange, TimelineEntry
from partners.models.stages import all_steps, steps
from partners.models.timeline import CONTACT_KINDS
from partners.places import whereabouts
from wbl.home.period import Period
from wbl.tenancy.scope import current_district

Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Channel:
    """Partners added in the period by one channel: how many, and how many ever came to each rung."""

    key: str
    label: str
    reached: tuple[int, ...]
    steps: tuple[str, ...]
    asks: int = 0  # of these partners, whenever
    yes: int = 0

    @property
    def yes_share(self) -> int | None:
        """Percent of the asks that they said yes to; None without an ask."""
        return round(100 * self.yes / self.asks) if self.asks else None

    @property
    def added(self) -> int:
        return self.reached[0]

    @property
    def shares(self) -> list[tuple[str, int, int]]:
        """(step, how many, percent of those added) of each rung above the first."""
        above = zip(self.steps[1:], self.reached[1:], strict=True)
        return [(step, n, round(100 * n / self.added) if self.added else 0) for step, n in above]


def ladder() -> list[tuple[str, str]]:
    """Keys and names of the steps up."""
    return [(step.key, step.name) for step in steps() if step.rung]


def cohort(period: Period) -> list[Channel]:
    """One line for all partners added in the period, then one a channel; the furthest step each ever reached counts."""
    since, until = _moments(period)
    added = Organization.objects.present().filter(created_at__gte=since, created_at__lt=until)
    rows = list(added.values_list("pk", "source", "stage"))
    rungs = ladder()
    place, names = {key: n for n, (key, _name) in enumerate(rungs)}, tuple(name for _key, name in rungs)
    furthest = {pk: place.get(stage, 0) for pk, _source, stage in rows}
    for pk, became in StageChange.objects.filter(organization__in=added).values_list("organization", "became"):
        furthest[pk] = max(furthest.get(pk, 0), place.get(became, 0))
    found: dict[str, list[int]] = {}
    for pk, source, _stage in rows:
        found.setdefault(source, []).append(furthest[pk])
    words = {**dict(Source.choices), "": "Not noted"}
    asked = _asked(added)
    total = tuple(map(sum, zip((0, 0), *asked.values(), strict=True)))
    lines = [Channel("", "All", _reached([n for each in found.values() for n in each], len(place)), names, *total)]
    return lines + [
        Channel(
            key or "none", str(words.get(key, key)), _reached(found[key], len(place)), names, *asked.get(key, (0, 0))
        )
        for key in sorted(found, key=lambda key: -len(found[key]))
    ]


def _asked(partners: Any) -> dict[str, tuple[int, int]]:
    """Asks of these partners and how many of them they said yes to, by channel: one query."""
    asks = TimelineEntry.objects.asks().filter(organization__in=partners).order_by()
    counted = asks.values_list("organization__source").annotate(n=Count("pk"), yes=Count("pk", filter=Q(answer="yes")))
    return {source: (n, yes) for source, n, yes in counted}


def _reached(furthest: list[int], of: int) -> tuple[int, ...]:
    return tuple(sum(n >= rung for n in furthest) for rung in range(of))


def standing() -> list[tuple[str, int, str]]:
    """(stage, partners in it today, its key); a retired one only while somebody is in it."""
    counts = dict(Organization.objects.present().order_by().values_list("stage").annotate(n=Count("pk")))
    return [
        (step.name, counts.get(step.key, 0), step.key)
        for step in all_steps().values()
        if not step.retired or counts.get(step.key)
    ]


def months(period: Period) -> list[tuple[dt.date, int]]:
    """(first of the month, contacts in it), two years at most."""
    since, until = _moments(period)
    told = TimelineEntry.objects.filter(kind__in=CONTACT_KINDS, at__gte=since, at__lt=until)
    found: Counter[Any] = Counter()
    for month, n in told.order_by().annotate(month=TruncMonth("at")).values_list("month").annotate(n=Count("pk")):
        found[month.year, month.month] += n
    return [(month, found[month.year, month.month]) for month in _months(period)]


def _moments(period: Period) -> tuple[dt.datetime, dt.datetime]:
    """The instants at which the period begins and is over."""
    here = current_district()
    return here.at(period.first, dt.time.min), here.at(period.last + dt.timedelta(days=1), dt.time.min)


def _months(period: Period) -> list[dt.date]:
    first, found = period.first.replace(day=1), []
    while first <= period.last and len(found) < 24:
        found.append(first)
        first = (first + dt.timedelta(days=32)).replace(day=1)
    return found


# --- as files ----------------------------------------------------------------------------------


def _conversion(period: Period) -> tuple[tuple[str, ...], Rows]:
    headings = ("Channel", "Added", *[name for _key, name in ladder()][1:], "Asks", "Said yes", "Said yes, % of asks")
    return headings, [
        (line.label, *line.reached, line.asks, line.yes, "" if line.yes_share is None else line.yes_share)
        for line in cohort(period)
    ]


def _funnel(period: Period) -> tuple[tuple[str, ...], Rows]:
    reached = cohort(period)[0].reached
    return ("Stage", "Partners"), [(name, n) for (_key, name), n in zip(ladder(), reached, strict=True)]


def _standing(_period: Period) -> tuple[tuple[str, ...], Rows]:
    return ("Stage", "Partners"), [(name, n) for name, n, _key in standing()]


def _places(_period: Period) -> tuple[tuple[str, ...], Rows]:
    found = whereabouts()
    rows: Rows = [(p.zip, p.city, p.state, *(p.point or ("", "")), p.partners) for p in found.places]
    rows += [("", "No ZIP or city on file", "", "", "", found.unplaced)] if found.unplaced else []
    return ("ZIP", "City", "State", "Latitude", "Longitude", "Partners"), rows


def _activity(period: Period) -> tuple[tuple[str, ...], Rows]:
    return ("Month", "Contacts"), [(f"{month:%Y-%m}", n) for month, n in months(period)]


TABLES: dict[str, Callable[[Period], tuple[tuple[str, ...], Rows]]] = {
    "conversion": _conversion,
    "funnel": _funnel,
    "stages": _standing,
    "places": _places,
    "contacts": _activity,
}
"""What each table of the report is called in the address of its file: (headings, rows)."""
