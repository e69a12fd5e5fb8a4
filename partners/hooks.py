"""What the apps above know of partners and partners may not import: each registers a function in its AppConfig.ready.

`activity` (placements): what was done or is planned with partners. `needs` (pathways): levels without a seat in the
pathways a partner is tied to. Both take many partners at once, so that a list costs as many queries as one page.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Done:
    """One event, or one student's placement, with a partner; `on` may lie ahead."""

    organization: int
    type: str
    on: dt.date


@dataclass(frozen=True)
class Need:
    """A pathway that a partner is tied to has no seat at this level of the continuum."""

    organization: int
    level: str
    pathway: str


Activity = Callable[[Collection[int], dt.date], Iterable[Done]]
Needs = Callable[[Collection[int]], Iterable[Need]]

_activity: list[Activity] = []
_needs: list[Needs] = []


def register_activity(source: Activity) -> None:
    """`source(organizations, since)` gives what began on that day or later."""
    _activity.append(source)


def register_needs(source: Needs) -> None:
    _needs.append(source)


def activity(organizations: Collection[int], since: dt.date) -> dict[int, list[Done]]:
    found: dict[int, list[Done]] = defaultdict(list)
    for source in _activity:
        for done in source(organizations, since):
            found[done.organization].append(done)
    return found


def needs(organizations: Collection[int]) -> dict[int, list[Need]]:
    found: dict[int, list[Need]] = defaultdict(list)
    for source in _needs:
        for need in source(organizations):
            found[need.organization].append(need)
    return found
