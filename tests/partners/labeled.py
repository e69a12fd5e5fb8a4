"""The labeled pairs, and precision and recall weighted back to the size of each band (tests/data/duplicates/METHOD.md)."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from partners.duplicates import LIKELY, Facts, alike

FILE = Path(__file__).parents[1] / "data" / "duplicates" / "pairs.csv"
SIZES = {"0.5": 7380, "0.6": 1445, "0.7": 337, "0.8": 161, "0.9": 93, "0.95": 330}
"""How many candidates each band of the draft score held when the pairs were drawn."""


@dataclass(frozen=True)
class Pair:
    band: str
    by_address: bool
    names: tuple[str, str]
    score: float
    same: bool


def pairs() -> Iterator[Pair]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            one, other = (
                Facts.of(row["name_" + x], [(row["street_" + x], row["zip_" + x], row["city_" + x])]) for x in "ab"
            )
            score = alike(one, other).score
            yield Pair(
                row["band"], row["by_address"] == "yes", (row["name_a"], row["name_b"]), score, row["label"] == "same"
            )


def weighted(found: list[Pair], threshold: float = LIKELY) -> tuple[float, float]:
    """(precision, recall) over the bands."""
    drawn = Counter(pair.band for pair in found)
    hit = said = true = 0.0
    for pair in found:
        if pair.band in SIZES:
            weight = SIZES[pair.band] / drawn[pair.band]
            likely = pair.score >= threshold
            hit += weight * (likely and pair.same)
            said += weight * likely
            true += weight * pair.same
    return hit / said, hit / true


def recall_by_address(found: list[Pair], threshold: float = LIKELY) -> tuple[int, int]:
    """(found, all) of the same organizations at one address, which were drawn without looking at the name."""
    same = [pair for pair in found if pair.by_address and pair.same]
    return sum(pair.score >= threshold for pair in same), len(same)
