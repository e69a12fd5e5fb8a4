"""Today: what is late, due, waiting and unhealthy, gathered from every app, each row with its one next action."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from councils import today as councils
from partners import today as partners
from pathways import today as pathways
from placements import today as placements
from wbl.accounts.access import can, may_follow
from wbl.accounts.models import User
from wbl.home import beginning
from wbl.mail import today as mail
from wbl.tenancy.calendar import SchoolCalendar, closed_because
from wbl.todo import today as todo
from wbl.web.context import tell_late_beside
from wbl.web.names import full_name_of
from wbl.web.rows import BEGIN, DUE, LATE, UNHEALTHY, WAITING, Happened, Row, in_order

SOURCES = (councils.rows, partners.rows, pathways.rows, mail.rows)
HAPPENED = (partners.since, mail.since)

SECTIONS = (
    (LATE, "Late", "Oldest first"),
    (DUE, "Due today", "By the hour"),
    (WAITING, "Waiting", "For somebody’s answer"),
    (UNHEALTHY, "Unhealthy", "Lapsed, about to lapse, or left lying"),
)
MOST = 12  # rows of a section before "all of them"


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    note: str
    rows: list[Row]
    more: int

    @property
    def total(self) -> int:
        return len(self.rows) + self.more


@can("view")
def today(request: HttpRequest) -> HttpResponse:
    """The morning page. `?whose=all` shows everybody's to-dos, `?all=late` a section to its end."""
    day = request.district.today()  # type: ignore[attr-defined]
    mine = request.GET.get("whose") != "all"
    whose = request.user if mine else None
    beside = [row for source in SOURCES for row in source(request.district, whose)]  # type: ignore[attr-defined]
    beside += placements.rows(request.district, whose, request.membership)  # type: ignore[attr-defined]
    if mine:
        tell_late_beside(request, sum(row.section == LATE for row in beside))
    rows = todo.rows(request.district, whose) + beside  # type: ignore[attr-defined]
    rows = [row for row in (_for_them(request, row) for row in rows) if row]
    rows = _with_people(rows, owners=not mine)
    sections, calendar = _sections(rows, request.GET.get("all", "")), SchoolCalendar.load()
    context = {
        "day": day,
        "week": calendar.school_week(day),
        "closed": closed_because(day, calendar),
        "opens": calendar.next_school_day(day),
        "mine": mine,
        "sections": sections,
        "beginning": None if sections else _beginning(request),
        "since": _since(request),
        "log_url": reverse("partners:log"),
    }
    return render(request, "home/today.html", context)


def _for_them(request: HttpRequest, row: Row) -> Row | None:
    """Without the button that this member may not press; what is unhealthy and others' to mend is left out."""
    reads_only = not request.can.log and row.section == UNHEALTHY  # type: ignore[attr-defined]
    if not reads_only and may_follow(request, row.action_href, posts=row.posts):
        return replace(row, action_href=_and_back(request, row.action_href)) if row.dialog or row.returns else row
    return None if row.section == UNHEALTHY else replace(row, action="")


def _and_back(request: HttpRequest, address: str) -> str:
    """The address, which leads back here when the thing is done; a browser without script knows of no page behind."""
    page, dash, place = address.partition("#")
    back = urlencode({"next": request.get_full_path()})
    return f"{page}{'&' if '?' in page else '?'}{back}{dash}{place}"


def _with_people(rows: list[Row], *, owners: bool) -> list[Row]:
    """The number to call beside what is to be said to somebody; whose each row is where all stand together."""
    numbers = partners.phones(row.person for row in rows if row.action in ("Log it", "Log a contact"))
    ids = {row.owner_id for row in rows} if owners else ()
    names = {user.pk: full_name_of(user) for user in User.objects.filter(pk__in=ids)}
    return [
        replace(row, phone=numbers.get(row.person, ""), owner=names.get(row.owner_id, ""))  # type: ignore[call-overload, arg-type]
        for row in rows
    ]


def _sections(rows: list[Row], whole: str) -> list[Section]:
    made = []
    for key, title, note in SECTIONS:
        own = in_order([row for row in rows if row.section == key])
        most = len(own) if whole == key else MOST
        made.append(Section(key, title, note, own[:most], len(own) - most if len(own) > most else 0))
    return [section for section in made if section.rows]


def _beginning(request: HttpRequest) -> Section | None:
    """What is left to set up, once nothing else is waiting."""
    rows = beginning.steps(request)
    return Section(BEGIN, "Begin here", "Done once", rows, 0) if rows else None


def _since(request: HttpRequest) -> list[Happened]:
    """What was done since yesterday's midnight without this person, newest first."""
    district: Any = request.district  # type: ignore[attr-defined]
    begin = district.at(district.today() - dt.timedelta(days=1), dt.time(0, 0))
    happened = [line for source in HAPPENED for line in source(district, begin)]
    return sorted(happened, key=lambda line: line.at, reverse=True)
