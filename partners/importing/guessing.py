"""What each column of a table holds: by its header, checked against its values; by its values where the header is mute."""

from collections.abc import Callable
from dataclasses import dataclass, field

from partners.importing import shapes
from partners.importing.fields import BY_KEY, LABEL, LEFT, NAMES, NOTE
from partners.importing.headers import NEVER, meaning, nearly, words
from partners.importing.limits import Refused
from partners.importing.tables import Table

SAMPLE_ROWS = 200
FALLBACK = {"org_industry": "org_tags"}
ADDRESS = frozenset({"address1", "address2", "city", "state", "zip"})
BLOCKS = (
    "physical",
    "business",
    "work",
    "company",
    "site",
    "location",
    "address 1",
    "mailing",
    "shipping",
    "billing",
    "address 2",
    "home",
)
Check = Callable[[str], bool]
CHECKS: dict[str, Check] = {
    "org_name": shapes.is_name, "contact_name": shapes.is_name, "email": shapes.is_email, "org_email": shapes.is_email,
    "org_naics": shapes.is_naics, "org_size": shapes.is_count, "org_kind": shapes.is_name,
    "org_industry": shapes.is_name,
}  # fmt: skip
BY_VALUES: tuple[tuple[str, Check, float], ...] = (
    ("email", shapes.is_email, 0.6), ("phone", shapes.is_phone, 0.6), ("org_website", shapes.is_url, 0.6),
    ("state", shapes.is_state, 0.9), ("zip", lambda cell: bool(shapes.ZIP.fullmatch(cell)), 0.9),
)  # fmt: skip


@dataclass(slots=True)
class Column:
    """One column of the upload, as the page shows it."""

    index: int
    name: str
    target: str
    samples: list[str] = field(default_factory=list)
    filled: int = 0

    @property
    def label(self) -> str:
        if self.target == LABEL:
            return "Says what the next column is"
        return BY_KEY[self.target].label if self.target else "Not taken over"


def guess_columns(table: Table) -> list[Column]:
    """Return every column with a guessed target; blank where nothing fits."""
    values = _samples(table)
    offers = [_offer(table.headers[at], values[at]) for at in range(table.width)]
    _settle_names(table, offers, values)
    block = _address_block(table, offers, values)
    targets = [LEFT] * table.width
    taken: set[str] = set()
    for at in sorted(range(table.width), key=lambda at: (not values[at], -offers[at][1], at)):
        target, _ = offers[at]
        if target in ADDRESS and block is not None and _block(table.headers[at]) not in (block, "-"):
            continue
        if target in taken and not _many(target):
            target = FALLBACK.get(target, LEFT)
        targets[at] = target
        taken.add(target)
    _drop_idle_labels(targets, values)
    return [
        Column(at, table.column_name(at), targets[at], _three(values[at]), len(values[at])) for at in range(table.width)
    ]


def overlooked(name: str, samples: list[str]) -> str:
    """What a column that goes nowhere seems to hold after all: "emails", "phones" or nothing."""
    if not samples or NEVER.search(words(name)):
        return ""
    if all(map(shapes.is_email, samples)):
        return "emails"
    return "phones" if all(map(shapes.is_phone, samples)) else ""


def require_name(table: Table, targets: list[str]) -> None:
    """Raise `Refused` unless some column names an organization or a person."""
    if any(target in NAMES for target in targets):
        return
    columns = [f"“{table.column_name(at)}”" for at in range(table.width)]
    said = ", ".join(columns[:8]) + (f" and {len(columns) - 8} more" if len(columns) > 8 else "")
    raise Refused(
        f"No column holds a name: of {said}, none names an organization or a person. "
        "Choose the column with the names, or upload a list that has one."
    )


def _samples(table: Table) -> list[list[str]]:
    values: list[list[str]] = [[] for _ in range(table.width)]
    for seen, (number, cells) in enumerate(table.rows()):
        if seen >= SAMPLE_ROWS:
            break
        if number in table.footers or table.no_row(cells):
            continue
        for at, cell in enumerate(cells):
            if cell:
                values[at].append(cell)
    return values


def _three(values: list[str]) -> list[str]:
    return list(dict.fromkeys(" ".join(value.split())[:60] for value in values))[:3]


def _share(values: list[str], check: Check) -> float:
    return sum(map(check, values)) / len(values) if values else 0.0


def _offer(header: str, values: list[str]) -> tuple[str, int]:
    """Return ``(target, strength)`` of one column by itself."""
    target, strength = meaning(header)
    if not target:
        target, strength = nearly(header)
    if target == "state" and _share(values, shapes.is_country) > 0.5:
        return LEFT, 0
    if target and not _fits(target, values):
        target = ""
    if target or (words(header) and not values):
        return target, strength
    if "mail" in words(header) and _share(values, shapes.is_email) >= 0.6:
        return "email", 6  # “Mail addr”, “Main mailbox”: however it is said, addresses stand in it
    if words(header) and not _may_be_guessed(header):
        return LEFT, 0
    for target, check, share in BY_VALUES:
        if len(values) > 0 and _share(values, check) >= share and not _share(values, shapes.is_profile):
            return target, 2
    return (NOTE, 1) if header and "note" in words(header).split() else (LEFT, 0)


def _may_be_guessed(header: str) -> bool:
    """A header that says something else (“Fax”, “Lender”) isn't overruled by values that look like a phone's or a ZIP's."""
    return not (set(words(header).split()) - {"column", "field", "value", "data", "unnamed", "f", "c"})


def _fits(target: str, values: list[str]) -> bool:
    if not values:
        return True
    if target == "org_website":
        return _share(values, shapes.is_profile) < 0.5
    check = CHECKS.get(target)
    return check is None or _share(values, check) >= (0.3 if target == "email" else 0.5)


def _many(target: str) -> bool:
    return target in (LEFT, LABEL) or BY_KEY[target].many


def _settle_names(table: Table, offers: list[tuple[str, int]], values: list[list[str]]) -> None:
    """A bare “Name” is the person's beside a company, else the organization's, unless its values are people."""
    found = {target for target, _ in offers}
    person_parts = {"contact_first", "contact_last", "contact_name"} & found
    for at, (target, _) in enumerate(offers):
        if target != "name":
            continue
        if "org_name" in found or person_parts or _share(values[at], shapes.is_person) >= 0.5:
            offers[at] = ("contact_name", 5)
        else:
            offers[at] = ("org_name", 5)
    if not table.header_row and not {target for target, _ in offers} & (set(NAMES) - {"email"}):
        _name_by_values(offers, values)


def _name_by_values(offers: list[tuple[str, int]], values: list[list[str]]) -> None:
    """In a list without headers the first column of names is the organization's, or the person's."""
    for at, (target, _) in enumerate(offers):
        if not target and _share(values[at], shapes.is_name) >= 0.8:
            person = _share(values[at], shapes.is_person) >= 0.5
            offers[at] = ("contact_name" if person else "org_name", 4)
            return


def _block(header: str) -> str:
    text = words(header)
    return next((block for block in BLOCKS if text.startswith(block)), "-")


def _address_block(table: Table, offers: list[tuple[str, int]], values: list[list[str]]) -> str | None:
    """Return which of several addresses (physical, mailing, home) is taken, so that no address is mixed of two."""
    counts: dict[str, int] = {}
    for at, (target, _) in enumerate(offers):
        if target in ADDRESS and values[at]:
            block = _block(table.headers[at])
            counts[block] = counts.get(block, 0) + 1
    named = {block: count for block, count in counts.items() if block != "-"}
    if not named or counts.get("-", 0) >= 3:
        return "-" if named else None
    return max(named, key=lambda block: (named[block] >= 2, -BLOCKS.index(block)))


def _drop_idle_labels(targets: list[str], values: list[list[str]]) -> None:
    for at, target in enumerate(targets):
        if target == LABEL and (
            at + 1 >= len(targets) or targets[at + 1] not in ("email", "phone", "org_website", "org_phone")
        ):
            targets[at] = LEFT
