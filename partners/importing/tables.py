"""Where the table is in a sheet: its header, its rows, and what stands around it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from partners.importing import shapes
from partners.importing.headers import meaning, words
from partners.importing.limits import Refused, letter
from partners.importing.reading import Sheet, Sheets

LOOK_AT = 40
_TOTAL = re.compile(r"^(grand |sub ?)?totals?\b|^(sum|count|average|number of (rows|records))\b", re.I)
_PART = frozenset(
    "name number address email phone city state zip title first last code street type date id line url".split()
)


@dataclass(slots=True)
class Table:
    """A sheet with its header found. ``headers`` may be blank or repeat; ``header_row`` is 0 when there is none."""

    sheet: Sheet
    headers: list[str]
    header_row: int
    start: int
    above: list[tuple[int, list[str]]] = field(default_factory=list)
    footers: dict[int, str] = field(default_factory=dict)

    @property
    def width(self) -> int:
        return len(self.headers)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield every row below the header, footers and totals too."""
        return self.sheet.rows(self.start)

    def __len__(self) -> int:
        return len(self.sheet) - self.start

    def column_name(self, index: int) -> str:
        """Return what a person calls the column: its header, else its letters."""
        header = " ".join(self.headers[index].split()) if index < len(self.headers) else ""
        return header or f"Column {letter(index)}"

    def no_row(self, cells: list[str]) -> str:
        """Return why these cells are no record (a total, the header again), or nothing."""
        first = next(filter(None, cells), "")
        if _TOTAL.match(first):
            filled = [cell for cell in cells if cell]
            if len(filled) <= max(2, self.width // 2) and _rest_is_numbers(filled):
                return f"Row holds only “{' '.join(filled)[:80]}”, so it is not a partner"
        if first in self.headers and self._is_header(cells):
            return "Row repeats the column names, so it is not a partner"
        return ""

    def _is_header(self, cells: list[str]) -> bool:
        return bool(self.header_row) and sum(map(bool, cells)) > 1 and cells == self.headers[: len(cells)]


def _rest_is_numbers(filled: list[str]) -> bool:
    return all(
        re.fullmatch(r"[$€]?[\d.,%\s-]+|total\w*|rows?|records?|partners?", cell, re.I) for cell in filled[1:]
    ) and (len(filled) > 1 or bool(re.search(r"\d|^\w*\s*totals?:?$", filled[0], re.I)))


def find_table(sheets: Sheets, name: str = "") -> Table:
    """Return the table of the sheet called ``name``, else of the best: visible, with most columns that mean something."""
    if sheets.cards:
        cards = sheets.sheets[0]
        return Table(cards, next(cards.rows(0, 1))[1], 0, 1)
    if name:
        return _table(sheets.named(name))
    tables = [_table(sheet) for sheet in sheets.sheets if len(sheet)]
    if not tables:
        raise Refused("The file holds no filled cell: save the list again and upload that file.")
    return max(tables, key=_worth)


def _worth(table: Table) -> tuple[bool, int, int]:
    known = {meaning(header)[0] for header in table.headers} - {"", "label"}
    return (not table.sheet.hidden and len(table) > 0, min(len(known), 6), len(table))


def _table(sheet: Sheet) -> Table:
    head = list(sheet.rows(0, LOOK_AT))
    at = _header_index(head)
    if at is None:
        width = max((len(cells) for _, cells in head), default=0)
        table = Table(sheet, [""] * width, 0, 0)
    else:
        headers, above, below = _joined_header(head, at, sheet.merged)
        table = Table(sheet, headers, head[at][0], at + 1 + below, head[: at - above])
    widest = max((len(cells) for _, cells in sheet.rows(table.start)), default=0)
    table.headers += [""] * (widest - len(table.headers))
    table.footers = _footers(sheet, table)
    return table


def _header_index(head: list[tuple[int, list[str]]]) -> int | None:
    """Return the row with most known headers; none when the first full row is data."""
    scores = [_header_score(cells) for _, cells in head]
    best = max(range(len(head)), key=lambda at: (scores[at], -at), default=0)
    if head and scores[best] >= 1:
        return best
    widths = sorted(sum(map(bool, cells)) for _, cells in head)
    usual = widths[len(widths) // 2] if widths else 0
    for at, (_, cells) in enumerate(head):
        if sum(map(bool, cells)) >= max(1, usual - 1):
            return None if len(head) == 1 or any(shapes.is_value(cell) for cell in cells) else at
    return None


def _header_score(cells: list[str]) -> float:
    """Known words count; a value (an email, a phone) is no header; long text is a title."""
    score = 0.0
    for cell in cells:
        if not cell:
            continue
        if shapes.is_value(cell) or len(cell) > 80:
            score -= 1.5
        elif meaning(cell)[0]:
            score += 1
        elif len(words(cell).split()) > 6:
            score -= 0.5
    return score


def _joined_header(head: list[tuple[int, list[str]]], at: int, merged: list[list[int]]) -> tuple[list[str], int, int]:
    """Return the headers with a group row above or a second line below joined in, and how many rows those took."""
    number, cells = head[at]
    if at + 1 < len(head) and head[at + 1][0] == number + 1 and _is_second_line(head[at + 1][1]):
        lower = head[at + 1][1]
        upper = _filled_forward(cells, len(lower), merged, number)
        return [f"{a} {b}".strip() for a, b in _paired(upper, lower)], 0, 1
    if at and head[at - 1][0] == number - 1 and _is_group_row(head[at - 1][1], cells):
        upper = _filled_forward(head[at - 1][1], len(cells), merged, number - 1)
        return [_grouped(a, b) for a, b in _paired(upper, cells)], 1, 0
    return list(cells), 0, 0


def _is_second_line(cells: list[str]) -> bool:
    known = [cell for cell in cells if cell]
    return len(known) > 1 and all(set(words(cell).split()) & _PART and len(words(cell).split()) <= 3 for cell in known)


def _is_group_row(upper: list[str], cells: list[str]) -> bool:
    filled = [cell for cell in upper if cell]
    return 1 < len(filled) < sum(map(bool, cells)) and all(
        len(cell) <= 40 and not shapes.is_value(cell) for cell in filled
    )


def _grouped(group: str, header: str) -> str:
    """A group's word helps only a header that means nothing alone or a bare “Name”."""
    joined = f"{group} {header}".strip()
    return joined if group and header and (meaning(joined)[0] or not meaning(header)[0]) else header


def _filled_forward(cells: list[str], width: int, merged: list[list[int]], number: int) -> list[str]:
    filled = list(cells) + [""] * (width - len(cells))
    spans = {(left, right) for top, left, bottom, right in merged if top <= number - 1 <= bottom and left < right}
    for at in range(1, len(filled)):
        inside = any(left < at <= right for left, right in spans) if spans else not filled[at]
        if not filled[at] and inside:
            filled[at] = filled[at - 1]
    return filled


def _paired(upper: list[str], lower: list[str]) -> Iterator[tuple[str, str]]:
    width = max(len(upper), len(lower))
    return zip(upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower)), strict=True)


def _footers(sheet: Sheet, table: Table) -> dict[int, str]:
    """Lines of one cell after the last gap of the sheet (“Copyright …”, “Generated by …”) are no records."""
    tail = list(sheet.rows(max(table.start, len(sheet) - 20)))
    filled = sorted(sum(map(bool, cells)) for _, cells in tail)
    if not tail or len(tail) < 2 or filled[-1] < 3:
        return {}
    lone: dict[int, str] = {}
    for at in range(len(tail) - 1, 0, -1):
        number, cells = tail[at]
        text = " ".join(cell for cell in cells if cell)
        if sum(map(bool, cells)) > 1 or shapes.is_value(text):
            return {}
        lone[number] = f"Row holds only “{text[:80]}” below the list, so it is not a partner"
        if tail[at - 1][0] < number - 1:
            return lone
    return {}
