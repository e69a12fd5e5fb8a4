"""What the frame around a page shows: places, counts, the districts one may switch to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from wbl.mail.today import LATELY, withheld_between
from wbl.tenancy.models import District
from wbl.tenancy.prepared import Given, Prepared
from wbl.tenancy.scope import current_district_id
from wbl.todo.models import Todo
from wbl.web.urls import address

LATE_BESIDE = "late_beside"  # key of the session: what is late besides to-dos, by district


@dataclass(frozen=True)
class Place:
    """One entry of the rail. `key` is what a page is matched by, `letter` follows `g`."""

    key: str
    label: str
    url_name: str
    letter: str
    main: bool = True
    wide: bool = False  # left out of the phone's bar, found under More
    href: str = ""
    count: int = 0
    counted: str = ""  # "late": said after the count by screen readers
    bad: bool = False


def places(names_students: bool) -> list[Place]:
    """Who may not see students by name finds the events where the placements are."""
    with_students = ("Placements", "placements:board") if names_students else ("Events", "placements:events")
    return [
        Place("today", "Today", "home:today", "t"),
        Place("partners", "Partners", "partners:list", "p"),
        Place("councils", "Councils", "councils:list", "c"),
        Place("placements", *with_students, "l"),
        Place("pathways", "Pathways", "pathways:list", "w", wide=True),
        Place("reports", "Reports", "home:reports", "r", wide=True),
        Place("mail", "Mail", "mail:ledger", "m", main=False),
        Place("settings", "Settings", "settings:home", "s", main=False),
    ]


def rail(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a fragment or a public page never pays for the counts.

    A page of `home` belongs to the place its URL name begins with; any other page to its
    app's place. A view that knows better puts `rail_place` into its context.
    """
    return {"rail": SimpleLazyObject(lambda: Rail(request))}


class Rail:
    """What the rail shows. What is late is one's own; withheld mails are the last day's."""

    def __init__(self, request: HttpRequest) -> None:
        self.current = place_of(request)
        self.start, self.search = address("home:today"), address("home:search")
        self.log_url, self.import_url = address("partners:log"), address("partners:import")
        names_students = bool(getattr(getattr(request, "can", None), "students", False))
        self.all = [replace(place, href=address(place.url_name)) for place in places(names_students)]
        self.districts: list[District] = []
        if request.user.is_authenticated:
            self.districts = [member.district for member in getattr(request, "memberships", ())]
            late, withheld = counts(request.user)
            self.counted("today", late + late_beside(request), "late", bad=True)
            self.counted("mail", withheld, "withheld in the last 24 hours")

    def counted(self, key: str, number: int, said: str, *, bad: bool = False) -> None:
        self.all = [
            replace(place, count=number, counted=said, bad=bad) if number and place.key == key else place
            for place in self.all
        ]

    @property
    def main(self) -> tuple[Place, ...]:
        return tuple(place for place in self.all if place.main)

    @property
    def end(self) -> tuple[Place, ...]:
        return tuple(place for place in self.all if not place.main)

    @property
    def more(self) -> tuple[Place, ...]:
        return tuple(place for place in self.all if place.wide or not place.main)

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Letter and label of each place, for the list of keys."""
        return tuple((place.letter, place.label) for place in self.all)


def tell_late_beside(request: HttpRequest, number: int) -> None:
    """Today has counted what else is late for this person (steps, hours, agreements): the rail says the same number on
    every page until Today is opened again, without asking each app each time."""
    known = request.session.get(LATE_BESIDE, {})
    here = str(current_district_id())
    if known.get(here, 0) != number:
        request.session[LATE_BESIDE] = {**known, here: number}


def late_beside(request: HttpRequest) -> int:
    return int(request.session.get(LATE_BESIDE, {}).get(str(current_district_id()), 0))


def counts(user: Any) -> tuple[int, int]:
    """One's own late to-dos and the mails withheld of late: one query, since every page asks it."""
    now = timezone.now()
    return COUNTS.first(user=user.pk, today=timezone.localdate(), now=now, since=now - LATELY)


def _counts() -> QuerySet:
    late = number_of(Todo.objects.owned_by(Given("user")).late(Given("today")))
    withheld = number_of(withheld_between(Given("since"), Given("now")))
    return District.objects.filter(pk=current_district_id()).values_list(late, withheld)


def number_of(rows: QuerySet) -> Subquery:
    """How many there are, as a value of another query."""
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(rail_count=count).values("rail_count"))


COUNTS = Prepared(_counts)


def place_of(request: HttpRequest) -> str:
    match = request.resolver_match
    if match is None:
        return ""
    return (match.url_name or "").split("_")[0] if match.app_name == "home" else match.app_name
