"""Two records side by side: what is the same, what fills a gap, and where somebody has to choose."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.text import capfirst

from partners.models import Contact, Organization

LEFT_ALONE = {
    Contact: frozenset({"organization", "left_on"}),
}
"""What a merge never takes from the other: where somebody belongs, and when they left. Nor who its own kin is."""
TOGETHER = {"phone_ext": "phone"}
"""A field that says nothing alone goes with another."""


@dataclass(frozen=True)
class Compared:
    """One field of both records; `mine` is the survivor's. `differs`: both have something, and it is not the same."""

    field: Any
    mine: Any
    theirs: Any

    @property
    def name(self) -> str:
        return str(self.field.name)

    @property
    def label(self) -> str:
        return capfirst(str(self.field.verbose_name))

    @property
    def joins(self) -> bool:
        """Both are kept: tags side by side, notes one below the other."""
        return isinstance(self.mine, list) or isinstance(self.field, models.TextField)

    @property
    def strictest(self) -> bool:
        return isinstance(self.field, models.BooleanField) and self.name.startswith("do_not")

    @property
    def differs(self) -> bool:
        empty = (None, "", [])
        return self.mine != self.theirs and self.mine not in empty and self.theirs not in empty

    @property
    def is_choice(self) -> bool:
        return self.differs and not self.joins and not self.strictest

    def merged(self, take: bool) -> Any:
        """The value that the survivor has afterwards."""
        if self.strictest:
            return self.mine or self.theirs
        if self.mine in (None, "", []):
            return self.theirs if self.theirs is not None else self.mine
        if not self.differs:
            return self.mine
        if isinstance(self.mine, list):
            return [*self.mine, *(each for each in self.theirs if each not in self.mine)]
        if self.joins:
            return self.mine if self.theirs in self.mine else f"{self.mine}\n\n{self.theirs}"
        return self.theirs if take else self.mine


def compare(survivor: models.Model, loser: models.Model) -> Iterator[Compared]:
    """Every field that people fill in, in the order of the model."""
    left = LEFT_ALONE.get(type(survivor), frozenset())  # type: ignore[call-overload]
    for field in survivor._meta.concrete_fields:
        kin = field.is_relation and field.related_model in (Organization, Contact)
        if field.editable and not kin and not field.primary_key and field.name not in left and not field.auto_created:
            yield Compared(field, getattr(survivor, field.attname), getattr(loser, field.attname))


def merged_values(survivor: models.Model, loser: models.Model, take: frozenset[str]) -> dict[str, Any]:
    """{attribute: value} of what changes on the survivor when the fields named in `take` come from the other."""
    values: dict[str, Any] = {}
    compared = {each.name: each for each in compare(survivor, loser)}
    for name, each in compared.items():
        leader = compared.get(TOGETHER.get(name, ""))
        if leader is not None:
            value = each.theirs if leader.merged(leader.name in take) != leader.mine else each.mine
        else:
            value = each.merged(name in take)
        if value != each.mine:
            values[each.field.attname] = value
    return values
