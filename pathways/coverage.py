"""Seats that partners offer, by pathway and level of the continuum: where students have nowhere to go."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from partners.hooks import Need
from partners.models import Offer
from pathways.models import Pathway, Role, Tie
from wbl.continuum.models import levels
from wbl.continuum.types import Level

# seats per student at which a cell is drawn darker
BOUNDS = (0.1, 0.5, 1.5)


@dataclass(frozen=True)
class Cell:
    """One level of one pathway. `heat` is 0 (nothing) to 4."""

    level: str
    label: str
    seats: int
    heat: int
    href: str

    @property
    def shown(self) -> str:
        return f"{self.seats:,}" if self.seats else "None"


@dataclass(frozen=True)
class Line:
    pathway: Any
    cells: list[Cell]

    @property
    def gaps(self) -> list[Cell]:
        return [cell for cell in self.cells if not cell.seats]


def seats_of(offer: Offer) -> int:
    """An offer without a number is good for one student."""
    return offer.seats if offer.seats is not None else 1


def offers_of(pathways: Sequence[Pathway]) -> dict[int, list[Any]]:
    """Open offers of the employers of each pathway, by its id: two queries."""
    ties = Tie.objects.filter(pathway__in=pathways, role=Role.EMPLOYER, organization__archived_at=None).order_by()
    pairs = set(ties.values_list("pathway_id", "organization_id"))
    by_organization: dict[int, list[Any]] = defaultdict(list)
    for offer in Offer.objects.open().filter(organization__in={o for _p, o in pairs}).select_related("organization"):
        by_organization[offer.organization_id].append(offer)
    found: dict[int, list[Any]] = defaultdict(list)
    for pathway, organization in sorted(pairs):
        found[pathway].extend(by_organization[organization])
    return found


def table(pathways: Sequence[Pathway]) -> list[Line]:
    """A line for each pathway, a cell for each level: three queries, however many pathways."""
    offers, level_of = offers_of(pathways), levels()
    return [Line(each, [_cell(each, level, offers[each.pk], level_of) for level in Level]) for each in pathways]


def _cell(pathway: Pathway, level: Level, offers: list[Any], level_of: dict[str, str]) -> Cell:
    seats = sum(seats_of(offer) for offer in offers if level_of[offer.type] == level)
    href = reverse("pathways:seats", args=[pathway.pk, level.value])
    return Cell(level.value, str(level.label), seats, heat(seats, pathway.students), href)


def heat(seats: int, students: int | None) -> int:
    """0 for no seat; else 1 to 4 by seats per student. Where students are not counted: 1."""
    if not seats:
        return 0
    if not students:
        return 1
    share = seats / students
    return 1 + sum(share > bound for bound in BOUNDS)


def gaps(lines: list[Line]) -> dict[str, Any]:
    """How many cells are empty, and a sentence for the worst ones."""
    empty = [(line.pathway, line.gaps) for line in lines if line.gaps]
    sentences = [f"{pathway.name} has {_no(cells)}" for pathway, cells in empty[:2]]
    return {"count": sum(len(cells) for _p, cells in empty), "text": "; ".join(sentences) + "." if sentences else ""}


def _no(cells: list[Cell]) -> str:
    if len(cells) == len(Level):
        return "no seat at all"
    return "no " + " or ".join(cell.label.lower() for cell in cells) + " seat"


def needs_of(organizations: Collection[int]) -> Iterator[Need]:
    """Levels without any seat in the pathways that these partners are employers of: four queries for all."""
    ties = Tie.objects.filter(organization__in=organizations, role=Role.EMPLOYER, pathway__archived_at=None).order_by()
    pairs = set(ties.values_list("organization_id", "pathway_id"))
    pathways = Pathway.objects.filter(pk__in={pathway for _o, pathway in pairs})
    short = {line.pathway.pk: line for line in table(list(pathways))} if pairs else {}
    for organization, pathway in sorted(pairs):
        for cell in short[pathway].gaps:
            yield Need(organization, cell.level, short[pathway].pathway.name)
