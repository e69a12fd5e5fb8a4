"""The pipeline as a report: how far the partners of a period came, by the channel that found them, where they are."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from partners.places import Whereabouts, schools, whereabouts
from wbl.accounts.access import can
from wbl.home.period import Period, PeriodForm
from wbl.home.pipeline_numbers import TABLES, Channel, cohort, ladder, months, standing
from wbl.web.charts import Bar, Chart, bars, columns, funnel
from wbl.web.exports import TYPES, export
from wbl.web.maps import Dot, bubbles


@can("view")
def pipeline(request: HttpRequest) -> HttpResponseBase:
    """Charts with their numbers behind them."""
    form = PeriodForm(request.GET)
    lines, where = cohort(form.period), whereabouts()
    context = {
        "form": form,
        "period": form.period,
        "lines": lines,
        "steps": [name for _key, name in ladder()][1:],
        "funnel": _funnel(lines[0]),
        "standing": _standing(),
        "map": _map(where),
        "where": where,
        "activity": _activity(form.period),
    }
    return render(request, "home/reports_pipeline.html", context)


@can("view")
def pipeline_file(request: HttpRequest, table: str, form: str) -> HttpResponseBase:
    """One table of the report, as CSV or XLSX."""
    if form not in TYPES or table not in TABLES:
        raise Http404
    headings, rows = TABLES[table](PeriodForm(request.GET).period)
    made = [(heading, lambda row, n=n: row[n]) for n, heading in enumerate(headings)]
    return export(f"pipeline {table}", made, rows, kind=form)


def _funnel(line: Channel) -> Chart:
    names = [name for _key, name in ladder()]
    return funnel(
        [(name, n, "") for name, n in zip(names, line.reached, strict=True)],
        says="How many of the partners added in the period came at least to each step, and what share of all of them.",
    )


def _standing() -> Chart:
    """Where every partner stands today; each bar opens its list."""
    here = reverse("partners:list")
    shown = [Bar(name, (n,), f"{here}?stage={key}") for name, n, key in standing()]
    return bars(shown, says="Partners by stage today.", heading="Stage", series=("Partners",))


def _map(where: Whereabouts) -> Chart:
    """A bubble for each place that is known; each opens its list."""
    here = reverse("partners:list")
    dots = [
        Dot(place.name, *place.point, place.partners, f"{here}?{urlencode({'place': place.key})}", place.city)
        for place in where.places
        if place.point
    ]
    marks = [(name, *point) for name, point in schools()]
    says = "Partners by the ZIP or city of their sites; a small square is a school."
    return bubbles(dots, marks, says=says, heading="Place")


def _activity(period: Period) -> Chart:
    """Contacts a month."""
    values = [(f"{month:%b}", float(n)) for month, n in months(period)]
    return columns(values, says="Contacts with partners, by month.", unit="Contacts")
