"""The board: partners in columns by stage, each column to a limit. Two queries, whatever there is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from partners.listing import PartnerList
from partners.models import Organization
from partners.models.stages import Step, steps
from wbl.web.dates import day_in_words
from wbl.web.names import initials_of
from wbl.web.numbers import counted
from wbl.web.urls import address

MOST = 12


@dataclass(frozen=True)
class BoardItem:
    """One partner: `note` is "12 days · MT · again Oct 9", `move` where its control posts to."""

    name: str
    note: str
    href: str
    move: str


@dataclass
class BoardColumn:
    """One stage with the partners longest in it; `total` counts those not shown too."""

    step: Step
    href: str
    total: int = 0
    rows: list[BoardItem] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


def board_of(listing: PartnerList) -> list[BoardColumn]:
    """A column for each stage of the district, in their order."""
    by_stage: Any = F("stage")
    rows = (
        listing.select(Organization.objects.present())
        .order_by()
        .annotate(
            nth=Window(RowNumber(), partition_by=by_stage, order_by=["stage_since", "pk"]),
            of=Window(Count("pk"), partition_by=by_stage),
        )
        .filter(nth__lte=MOST)
        .order_by("stage_since", "pk")
        .values_list("pk", "name", "stage", "stage_since", "revisit_on", "owner__name", "owner__email", "of")
    )
    columns = {step.key: BoardColumn(step, listing.query(stage=step.key)) for step in steps()}
    note = _notes()
    for pk, name, stage, since, again, owner, email, total in rows:
        if column := columns.get(stage):
            column.rows.append(_item(pk, name, note(since, again, owner or email)))
            column.total = total
    return list(columns.values())


def _item(pk: int, name: str, note: str) -> BoardItem:
    return BoardItem(name, note, address("partners:detail", pk), address("partners:stage_move", pk))


def _notes() -> Callable[[Any, Any, str | None], str]:
    """How long there, whose, and when to look again, in one line."""
    today = timezone.localdate()

    def note(since: Any, again: Any, owner: str | None) -> str:
        words = [counted((today - timezone.localdate(since)).days, "day")]
        if owner:
            words.append(initials_of(owner))
        if again:
            words.append(f"again {day_in_words(again, today=today).replace('Today', 'today')}")
        return " · ".join(words)

    return note
