"""The board: partners in columns by stage, each column to a limit. Two queries, whatever there is."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from partners.listing import PartnerList
from partners.models import Organization
from partners.models.stages import Step, steps

MOST = 12


@dataclass
class BoardColumn:
    """One stage with the partners longest in it; `total` counts those not shown too."""

    step: Step
    href: str
    total: int = 0
    rows: list[Any] = field(default_factory=list)

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
        .select_related("owner")
        .only("name", "stage", "stage_since", "owner__name", "owner__goes_by", "owner__email", "revisit_on")
    )
    columns = {step.key: BoardColumn(step, listing.query(stage=step.key)) for step in steps()}
    for row in rows:
        if column := columns.get(row.stage):
            column.rows.append(row)
            column.total = row.of
    return list(columns.values())
