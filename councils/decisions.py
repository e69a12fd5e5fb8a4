"""The list of decisions over all councils: what was voted on, how, by whom, at which meeting."""

from typing import Any

from django.db.models import Q
from django.http import QueryDict

from councils.models import Council, Decision
from wbl.tenancy.calendar import school_year_start
from wbl.tenancy.scope import current_district
from wbl.web.lists import Column, Filter, Listing

YEARS = 6  # as many school years can be chosen


def this_year() -> int:
    return school_year_start(current_district().today()).year


def _years() -> list[tuple[int, str]]:
    """School years by the calendar year they begin in: 2026 is 2026–27."""
    return [(year, f"{year}–{(year + 1) % 100:02}") for year in range(this_year(), this_year() - YEARS, -1)]


def _councils() -> list[tuple[Any, str]]:
    return list(Council.objects.values_list("pk", "name"))


class DecisionList(Listing):
    """Newest meetings first; an address that names no school year means the current one."""

    columns = (
        Column("decision", "Decision", sort="text", value=lambda d: d.text, fixed=True),
        Column("council", "Council", sort="meeting__council__name", value=lambda d: d.meeting.council.name),
        Column("day", "Meeting", sort=("meeting__starts_at", "id"), value=lambda d: d.meeting.day),
        Column("item", "On item", sort="item__title", value=lambda d: d.item.title if d.item else "", nulls_last=True),
        Column("for", "For", sort="votes_for", value=lambda d: d.votes_for, numeric=True, nulls_last=True),
        Column(
            "against", "Against", sort="votes_against", value=lambda d: d.votes_against, numeric=True, nulls_last=True
        ),
        Column("abstained", "Abstained", sort="abstained", value=lambda d: d.abstained, numeric=True, nulls_last=True),
        Column(
            "moved",
            "Moved by",
            sort="moved_by__name",
            value=lambda d: str(d.moved_by) if d.moved_by else "",
            nulls_last=True,
        ),
        Column(
            "seconded",
            "Seconded by",
            sort="seconded_by__name",
            value=lambda d: str(d.seconded_by) if d.seconded_by else "",
            nulls_last=True,
        ),
        Column("minutes", "Minutes", value=lambda d: "Approved" if d.meeting.approved_at else "Not yet approved"),
    )
    filters = (
        Filter("year", "Any school year", _years, lambda rows, value: rows.filter(meeting__school_year=value)),
        Filter("council", "Any council", _councils, lambda rows, value: rows.filter(meeting__council=value)),
    )
    default_sort = "-day"

    def __init__(self, params: QueryDict) -> None:
        if "year" not in params:
            params = params.copy()
            params["year"] = str(this_year())
        super().__init__(params)

    def query(self, **changes: str | None) -> str:
        """As any list's; but no year has to be said, for an address without one means the current."""
        state = super().query(**changes)
        if "year" not in changes or changes["year"]:
            return state
        return f"{state}&year=" if len(state) > 1 else "?year="

    def search(self, rows: Any, text: str) -> Any:
        for word in text.split()[:5]:
            said = Q(text__icontains=word) | Q(item__title__icontains=word) | Q(meeting__council__name__icontains=word)
            rows = rows.filter(said | Q(moved_by__name__icontains=word) | Q(seconded_by__name__icontains=word))
        return rows

    @classmethod
    def rows(cls) -> Any:
        """Of meetings that were not canceled."""
        found = Decision.objects.filter(meeting__canceled_at=None)
        return found.select_related("meeting__council", "item", "moved_by", "seconded_by")
