"""What passed with each partner in a period: contacts, asks, yes, placements, hours."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum

from partners.models import Organization, TimelineEntry
from partners.models.timeline import CONTACT_KINDS
from placements.models import HoursEntry, Placement, RosterRow
from wbl.home.period import Period
from wbl.tenancy.scope import current_district


@dataclass
class Activity:
    """One partner's row."""

    pk: int
    name: str = ""
    contacts: int = 0
    asks: int = 0
    yes: int = 0
    placements: int = 0
    event_students: int = 0
    hours: Decimal = Decimal(0)

    @property
    def any(self) -> bool:
        return any((self.contacts, self.asks, self.placements, self.event_students, self.hours))


def entries_of(period: Period) -> Any:
    """What was written down in the period."""
    district = current_district()
    first = district.at(period.first, dt.time(0))
    last = district.at(period.last + dt.timedelta(1), dt.time(0))
    return TimelineEntry.objects.filter(at__gte=first, at__lt=last)


def activities(period: Period, membership: Any) -> list[Activity]:
    """Partners with whom anything passed, by name: five queries. A line of an import alone is nothing that passed."""
    told = entries_of(period).order_by().values_list("organization").annotate(
        contacts=Count("pk", filter=Q(kind__in=CONTACT_KINDS)),
        asks=Count("pk", filter=~Q(asked_for="")),
        yes=Count("pk", filter=~Q(asked_for="") & Q(answer="yes")),
    )  # fmt: skip
    found = {pk: Activity(pk, contacts=contacts, asks=asks, yes=yes) for pk, contacts, asks, yes in told}
    placed = Placement.objects.seen_by(membership).between(period.first, period.last)
    _add(found, "placements", placed.order_by().values_list("organization").annotate(Count("pk", distinct=True)))
    came = RosterRow.objects.seen_by(membership).came_between(period.first, period.last)
    _add(found, "event_students", came.order_by().values_list("event__organization").annotate(Count("pk")))
    hours = HoursEntry.objects.approved().seen_by(membership).filter(date__gte=period.first, date__lte=period.last)
    _add(found, "hours", hours.order_by().values_list("placement__organization").annotate(Sum("hours")))
    names = Organization.objects.filter(pk__in=found).order_by("sort_name", "pk").values_list("pk", "name")
    for pk, name in names:
        found[pk].name = name
    return [found[pk] for pk, _name in names if found[pk].any]


def without_activity(active: Iterable[Activity]) -> Any:
    """(id, name) of every other partner that is not archived, by name."""
    others = Organization.objects.present().exclude(pk__in=[row.pk for row in active])
    return others.order_by("sort_name", "pk").values_list("pk", "name")


def _add(found: dict[int, Activity], attribute: str, rows: Iterable[tuple[int, Any]]) -> None:
    for pk, value in rows:
        setattr(found.setdefault(pk, Activity(pk)), attribute, value)
