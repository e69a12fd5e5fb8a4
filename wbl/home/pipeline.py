"""The pipeline as a report: how far the partners of a period came, by the channel that found them, where they are."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from partners.models import Organization, Site, Source, StageChange, TimelineEntry
from partners.models.stages import all_steps, steps
from partners.models.timeline import CONTACT_KINDS
from wbl.accounts.access import can
from wbl.home.period import Period, PeriodForm
from wbl.tenancy.scope import current_district
from wbl.web.charts import Bar, Chart, bars, columns, funnel
from wbl.web.exports import TYPES, export

CITIES = 20


@dataclass(frozen=True)
class Channel:
    """Partners added in the period by one channel: how many, and how many ever came to each rung."""

    key: str
    label: str
    reached: tuple[int, ...]

    @property
    def added(self) -> int:
        return self.reached[0]

    @property
    def shares(self) -> list[tuple[int, int]]:
        """(how many, percent of those added) of each rung above the first."""
        return [(n, round(100 * n / self.added) if self.added else 0) for n in self.reached[1:]]


def _moments(period: Period) -> tuple[dt.datetime, dt.datetime]:
    """The instants at which the period begins and is over."""
    here = current_district()
    return here.at(period.first, dt.time.min), here.at(period.last + dt.timedelta(days=1), dt.time.min)


def _months(period: Period) -> list[dt.date]:
    """The first of every month of the period, at most two years of them."""
    first, found = period.first.replace(day=1), []
    while first <= period.last and len(found) < 24:
        found.append(first)
        first = (first + dt.timedelta(days=32)).replace(day=1)
    return found


def ladder() -> list[tuple[str, str]]:
    """Keys and names of the steps up."""
    return [(step.key, step.name) for step in steps() if step.rung]


def cohort(period: Period) -> list[Channel]:
    """One line for all partners added in the period, then one a channel; the furthest step each ever reached counts."""
    since, until = _moments(period)
    added = Organization.objects.present().filter(created_at__gte=since, created_at__lt=until)
    rows = list(added.values_list("pk", "source", "stage"))
    place = {key: n for n, (key, _name) in enumerate(ladder())}
    furthest = {pk: place.get(stage, 0) for pk, _source, stage in rows}
    for pk, became in StageChange.objects.filter(organization__in=added).values_list("organization", "became"):
        furthest[pk] = max(furthest.get(pk, 0), place.get(became, 0))
    found: dict[str, list[int]] = {}
    for pk, source, _stage in rows:
        found.setdefault(source, []).append(furthest[pk])
    words = {**dict(Source.choices), "": "Not noted"}
    lines = [Channel("", "All", _reached([n for each in found.values() for n in each], len(place)))]
    return lines + [
        Channel(key or "none", str(words.get(key, key)), _reached(found[key], len(place)))
        for key in sorted(found, key=lambda key: -len(found[key]))
    ]


def _reached(furthest: list[int], of: int) -> tuple[int, ...]:
    return tuple(sum(n >= rung for n in furthest) for rung in range(of))


@can("view")
def pipeline(request: HttpRequest) -> HttpResponseBase:
    """Charts with their numbers behind them."""
    form = PeriodForm(request.GET)
    lines = cohort(form.period)
    context = {
        "form": form,
        "period": form.period,
        "lines": lines,
        "steps": [name for _key, name in ladder()][1:],
        "funnel": _funnel(lines[0]),
        "standing": _standing(),
        "cities": _cities(),
        "activity": _activity(form.period),
    }
    return render(request, "home/reports_pipeline.html", context)


@can("view")
def pipeline_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """Conversion by channel, as CSV or XLSX."""
    if form not in TYPES:
        raise Http404
    names = ladder()
    made: list[tuple[str, Any]] = [("Channel", lambda row: row.label)]
    made += [(name, lambda row, n=n: row.reached[n]) for n, (_key, name) in enumerate(names)]
    return export("pipeline", made, cohort(PeriodForm(request.GET).period), kind=form)


def _funnel(line: Channel) -> Chart:
    names = [name for _key, name in ladder()]
    return funnel(
        [(name, n, "") for name, n in zip(names, line.reached, strict=True)],
        says="How many of the partners added in the period came at least to each step.",
    )


def _standing() -> Chart:
    """Where every partner stands today; each bar opens its list."""
    counts = dict(Organization.objects.present().order_by().values_list("stage").annotate(n=Count("pk")))
    here = reverse("partners:list")
    shown = [
        Bar(step.name, (counts.get(step.key, 0),), f"{here}?stage={step.key}")
        for step in all_steps().values()
        if not step.retired or counts.get(step.key)
    ]
    return bars(shown, says="Partners by stage today.", heading="Stage", series=("Partners",))


def _cities() -> Chart:
    """Partners by the city of their sites, the first twenty."""
    rows = Site.objects.filter(organization__archived_at=None).exclude(city="")
    counted = (
        rows.order_by().values_list("city").annotate(n=Count("organization", distinct=True)).order_by("-n", "city")
    )
    shown = [Bar(city, (n,)) for city, n in counted[:CITIES]]
    return bars(shown, says="Partners by city, the first twenty.", heading="City", series=("Partners",))


def _activity(period: Period) -> Chart:
    """Contacts a month."""
    since, until = _moments(period)
    told = TimelineEntry.objects.filter(kind__in=CONTACT_KINDS, at__gte=since, at__lt=until)
    found: Counter[Any] = Counter()
    for month, n in told.order_by().annotate(month=TruncMonth("at")).values_list("month").annotate(n=Count("pk")):
        found[month.year, month.month] += n
    values = [(f"{month:%b}", float(found[month.year, month.month])) for month in _months(period)]
    return columns(values, says="Contacts with partners, by month.", unit="Contacts")
