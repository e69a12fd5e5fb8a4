"""What the page of a merge shows before it is done."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from partners.merging.comparing import Compared, compare
from partners.merging.references import pointing_at
from partners.merging.wording import shown
from wbl.tenancy.record import noun


@dataclass(frozen=True)
class Line:
    """One field side by side, in words; `note` says what will become of it."""

    label: str
    mine: str
    theirs: str
    note: str


class MergePage:
    """`survivor` stays, `loser` goes into it."""

    def __init__(self, survivor: Any, loser: Any) -> None:
        self.survivor, self.loser = survivor, loser

    @cached_property
    def compared(self) -> list[Compared]:
        return list(compare(self.survivor, self.loser))

    @property
    def lines(self) -> list[Line]:
        """Fields in which at least one of them has something."""
        return [
            Line(each.label, shown(each.field, each.mine), shown(each.field, each.theirs), _note(each))
            for each in self.compared
            if each.mine not in (None, "", []) or each.theirs not in (None, "", [])
        ]

    @cached_property
    def comes(self) -> list[str]:
        """What hangs on the loser, counted: “3 contacts”."""
        return _counted(self.loser)

    @cached_property
    def stays(self) -> list[str]:
        return _counted(self.survivor)


def _note(each: Compared) -> str:
    if each.strictest:
        return "the stricter counts" if each.mine != each.theirs else ""
    if each.joins and each.differs:
        return "both are kept"
    if each.mine in (None, "", []) and each.theirs not in (None, "", []):
        return "fills the gap"
    return "choose below" if each.is_choice else ""


def _counted(record: Any) -> list[str]:
    counts: Counter[Any] = Counter()
    for reference, ids in pointing_at(type(record), record.pk).items():
        counts[reference.model] += len(ids)
    return [f"{count} {noun(model, count)}" for model, count in counts.items()]
