"""What was done, or is planned, with partners: told to partners/hooks.py."""

import datetime as dt
from collections.abc import Collection, Iterator

from partners.hooks import Done
from placements.models import Event, Placement, Status


def with_partners(organizations: Collection[int], since: dt.date) -> Iterator[Done]:
    """Placements that began, or are still to, and events that were not called off: two queries."""
    never_began = Placement.objects.filter(status=Status.ENDED).without_step(Status.ACTIVE)
    placed = Placement.objects.filter(organization__in=organizations, starts__gte=since)
    placed = placed.exclude(pk__in=never_began.values("pk")).order_by()
    for row in placed.values_list("organization_id", "type", "starts"):
        yield Done(*row)
    held = Event.objects.held().filter(organization__in=organizations, day__gte=since).order_by()
    for row in held.values_list("organization_id", "type", "day"):
        yield Done(*row)
