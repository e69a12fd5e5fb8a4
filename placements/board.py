"""The board: placements by status, each with what it waits for."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.db.models.functions import RowNumber

from placements.models import Placement, Status

SHOWN = 8  # rows of a status on the board; the list has the rest
# step → (what a placement that lacks it waits for, the button that ticks it)
WAITS: dict[str, tuple[str, str]] = {
    Status.ELIGIBLE: ("the check of age, hours and hazards", "Eligible"),
    Status.MATCHED: ("the partner’s and the student’s yes", "Matched"),
    Status.CONSENTED: ("the family’s consent", "Consent is here"),
    Status.AGREED: ("the signed agreement", "It is signed"),
    Status.ACTIVE: ("the first day on site", "Has begun"),
    Status.EVALUATED: ("the evaluation", "It is done"),
    Status.COMPLETED: ("you to close it", "Close it"),
}
ON_BOARD = (
    Status.PLANNED,
    Status.ELIGIBLE,
    Status.MATCHED,
    Status.CONSENTED,
    Status.AGREED,
    Status.ACTIVE,
    Status.EVALUATED,
)


@dataclass
class Lane:
    """One status with its oldest placements and the number of all."""

    status: Status
    total: int = 0
    rows: list[Placement] = field(default_factory=list)


def lanes(membership: Any) -> list[Lane]:
    """The statuses that have placements, in order: two queries and the steps."""
    going = Placement.objects.seen_by(membership).going_on()
    totals = dict(going.values_list("status").annotate(n=models.Count("pk")).order_by())
    place = models.Window(RowNumber(), partition_by="status", order_by=["status_since", "pk"])
    rows = (
        going.annotate(place=place)
        .filter(place__lte=SHOWN)
        .select_related("student", "organization", "school")
        .prefetch_related("steps")
        .order_by("place")
    )
    found = {status: Lane(status, totals.get(status, 0)) for status in ON_BOARD}
    for row in rows:
        found[Status(row.status)].rows.append(row)
    return [lane for lane in found.values() if lane.total]


def waits_for(placement: Placement) -> str:
    step = placement.next_step
    return WAITS[step][0] if step else ""


def button(placement: Placement) -> str:
    step = placement.next_step
    return WAITS[step][1] if step else ""
