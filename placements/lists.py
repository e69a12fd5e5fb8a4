"""The lists of placements, students and events: what can be searched, filtered, sorted, exported."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils import timezone

from partners.models import Organization
from pathways.models import Pathway
from placements.models import Event, Placement, Status, Student
from placements.models.events import GROUP_CHOICES
from wbl.continuum.types import ExperienceType
from wbl.tenancy.calendar import school_year_start
from wbl.tenancy.models import School
from wbl.web.lists import Column, Filter, Listing


def school_choices() -> list[tuple[Any, str]]:
    return list(School.objects.values_list("pk", "name"))


def pathway_choices() -> list[tuple[Any, str]]:
    return list(Pathway.objects.values_list("pk", "name"))


def partner_choices() -> list[tuple[Any, str]]:
    """Partners that a placement or an event was ever with."""
    placed = models.Exists(Placement.objects.filter(organization=models.OuterRef("pk")))
    met = models.Exists(Event.objects.filter(organization=models.OuterRef("pk")))
    return list(Organization.objects.filter(placed | met).values_list("pk", "name"))


def year_choices() -> list[tuple[int, str]]:
    """The last six school years by the calendar year they begin in: 2026 is 2026–27."""
    now = school_year_start(timezone.localdate()).year
    return [(year, f"{year}–{(year + 1) % 100:02}") for year in range(now + 1, now - 5, -1)]


def year_days(year: int) -> tuple[dt.date, dt.date]:
    """First and last day of a school year."""
    return dt.date(year, 7, 1), dt.date(year + 1, 6, 30)


class PlacementList(Listing):
    key, url_name = "placements", "placements:list"
    columns = (
        Column("student", "Student", sort="student__sort_name", value=lambda p: p.student.name, fixed=True),
        Column("partner", "Partner", sort="organization__sort_name", value=lambda p: p.organization.name),
        Column("type", "Kind", sort="type", value=lambda p: p.get_type_display()),
        Column("status", "Status", sort="status", value=lambda p: p.get_status_display()),
        Column("school", "School", sort="school__name", value=lambda p: p.school.name),
        Column("starts", "Starts", sort="starts"),
        Column("ends", "Ends", sort="ends", value=lambda p: p.ended_on or p.ends, nulls_last=True),
        Column("hours", "Hours", sort="hours_done", value=lambda p: p.hours_done, numeric=True, nulls_last=True),
        Column("goal", "Hours to reach", value=lambda p: p.hours_goal, numeric=True, shown=False),
        Column("paid", "Paid", value=lambda p: p.paid, shown=False),
        Column("reason", "Why it ended", value=lambda p: p.ended_reason, shown=False),
    )
    filters = (
        Filter("status", "Any status", Status.choices, lambda rows, value: rows.filter(status=value)),
        Filter("type", "Any kind", ExperienceType.choices, lambda rows, value: rows.filter(type=value)),
        Filter("school", "Any school", school_choices, lambda rows, value: rows.filter(school=value)),
        Filter("partner", "Any partner", partner_choices, lambda rows, value: rows.filter(organization=value)),
        Filter("year", "Any year", year_choices, lambda rows, value: rows.between(*year_days(int(value)))),
    )
    default_sort = "-starts"

    def search(self, rows: Any, text: str) -> Any:
        return rows.filter(
            models.Q(student__in=Student.objects.matching(text)) | models.Q(organization__name__icontains=text)
        )


def placed_now() -> models.Exists:
    return models.Exists(Placement.objects.going_on().filter(student=models.OuterRef("pk")))


def placed_ever() -> models.Exists:
    return models.Exists(Placement.objects.filter(student=models.OuterRef("pk")))


class StudentList(Listing):
    key, url_name = "students", "placements:students"
    columns = (
        Column("name", "Student", sort="sort_name", fixed=True),
        Column("school", "School", sort="school__name", value=lambda s: s.school.name),
        Column("grade", "Grade", sort="grade", numeric=True, nulls_last=True),
        Column(
            "graduation_year",
            "Graduates",
            sort="graduation_year",
            value=lambda s: str(s.graduation_year or ""),
            numeric=True,
            nulls_last=True,
        ),
        Column("pathway", "Pathway", sort="pathway__name", value=lambda s: s.pathway.name if s.pathway else ""),
        Column("concentrator", "CTE concentrator", sort="concentrator", value=lambda s: s.concentrator),
        Column("placements", "Placements", sort="placement_count", value=lambda s: s.placement_count, numeric=True),
        Column("events", "Events", sort="event_count", value=lambda s: s.event_count, numeric=True),
    )
    filters = (
        Filter("school", "Any school", school_choices, lambda rows, value: rows.filter(school=value)),
        Filter("pathway", "Any pathway", pathway_choices, lambda rows, value: rows.filter(pathway=value)),
        Filter(
            "concentrator",
            "All students",
            [("1", "CTE concentrators")],
            lambda rows, value: rows.filter(concentrator=True),
        ),
        Filter(
            "placed",
            "Placed or not",
            [("now", "Placed now"), ("never", "Never placed")],
            lambda rows, value: rows.filter(placed_now() if value == "now" else ~placed_ever()),
        ),
    )
    default_sort = "name"

    def search(self, rows: Any, text: str) -> Any:
        return rows.matching(text)


class EventList(Listing):
    key, url_name = "events", "placements:events"
    columns = (
        Column("event", "Event", sort="type", value=lambda e: e.headline, fixed=True),
        Column("day", "Day", sort=("day", "begins")),
        Column("partner", "Partner", sort="organization__sort_name", value=lambda e: e.organization.name),
        Column("school", "School", sort="school__name", value=lambda e: e.school.name if e.school else "All schools"),
        Column("students", "On the roster", sort="students", numeric=True),
        Column("came", "Came", sort="came", value=lambda e: e.came if e.rolled_at else "", numeric=True),
        Column("seats", "Seats", sort="seats", numeric=True, nulls_last=True),
    )
    filters = (
        Filter(
            "when",
            "Any day",
            [("coming", "Coming"), ("past", "Past")],
            lambda rows, value: getattr(rows, value)(timezone.localdate()),
        ),
        Filter("type", "Any kind", GROUP_CHOICES, lambda rows, value: rows.filter(type=value)),
        Filter("school", "Any school", school_choices, lambda rows, value: rows.filter(school=value)),
        Filter("partner", "Any partner", partner_choices, lambda rows, value: rows.filter(organization=value)),
    )
    default_sort = "-day"

    def search(self, rows: Any, text: str) -> Any:
        return rows.filter(models.Q(title__icontains=text) | models.Q(organization__name__icontains=text))
