"""What the page of an import shows, worked out before the template."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from partners.importing.fields import LABEL
from partners.importing.limits import letter
from partners.models import Import, ImportRow, ImportState, Organization, Outcome
from wbl.web.dates import moment_in_words
from wbl.web.exports import Columns
from wbl.web.lists import Page

PER_PAGE = 50
TALLY = (
    ("create", "create", ""),
    ("update", "update", ""),
    ("unchanged", "unchanged", ""),
    ("duplicate", "to check", "is-warn"),
    ("skip", "skip", "is-bad"),
    ("error", "error", "is-bad"),
)
DONE = {"create": "Created", "update": "Updated"}


@dataclass(slots=True)
class Shown:
    """One row of the table."""

    row: ImportRow
    outcome: str
    tone: str
    organization: Organization | None
    may_have_moved: bool = False
    others: list[tuple[Organization, str]] = field(default_factory=list)

    @property
    def number(self) -> int:
        return self.row.number

    @property
    def needs_partner(self) -> bool:
        """The row is like no partner: somebody has to say to which it belongs."""
        return self.row.outcome == Outcome.DUPLICATE and self.row.organization_id is None

    @property
    def correctable(self) -> str:
        """The cell that makes the row an error, if another text would mend it."""
        return str(self.row.left[0][1]) if self.row.outcome == Outcome.ERROR and self.row.left else ""


class PlanPage:
    """The tally, one page of rows, and how far a run is."""

    def __init__(self, job: Import, params: QueryDict) -> None:
        self.job = job
        self.wanted = params.get("outcome", "") if params.get("outcome") in Outcome.values else ""
        self.number = self.number_of(params)

    @staticmethod
    def number_of(params: QueryDict) -> int:
        text = params.get("page", "1")
        return min(max(int(text), 1), 2_500) if text.isascii() and text.isdigit() and len(text) < 6 else 1

    @staticmethod
    def page_of(row: ImportRow, params: QueryDict) -> str:
        """The query of the page on which a row stands among all of them."""
        before = ImportRow.objects.filter(job=row.job_id, number__lt=row.number).count()
        return f"page={before // PER_PAGE + 1}"

    @property
    def tally(self) -> list[dict[str, Any]]:
        """Each outcome with its number and its address; “all” first, empty ones left out but create and update."""
        total = sum(int(self.job.counts.get(key, 0)) for key, _, _ in TALLY)
        entries = [{"label": "all", "count": total, "href": "?", "tone": "", "current": not self.wanted}]
        for key, label, tone in TALLY:
            count = int(self.job.counts.get(key, 0))
            if count or key in ("create", "update"):
                shown = tone if count else ""
                entries.append(
                    {
                        "label": label,
                        "count": count,
                        "href": f"?outcome={key}",
                        "tone": shown,
                        "current": key == self.wanted,
                    }
                )
        return entries

    @property
    def page(self) -> Page:
        rows: QuerySet[ImportRow] = self.job.rows.order_by("number")
        if self.wanted:
            rows = rows.filter(outcome=self.wanted)
        start = (self.number - 1) * PER_PAGE
        found = list(rows[start : start + PER_PAGE + 1])
        ids = {pk for row in found for pk in (row.organization_id, *(pk for pk, _why in row.others)) if pk}
        names = Organization.objects.in_bulk(ids)
        total = int(self.job.counts.get(self.wanted, 0)) if self.wanted else self.job.rows_total
        moved = set(self._moved.filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))
        shown = [self._shown(row, names, moved) for row in found[:PER_PAGE]]
        return Page(shown, self.number, PER_PAGE, has_next=len(found) > PER_PAGE, total=total)

    @cached_property
    def _kept(self) -> set[int]:
        """Rows of which something stayed when the import was taken back."""
        return {number for number, _name, _why in self.job.kept_on_undo}

    @property
    def _moved(self) -> Any:
        return self.job.rows.of_moved() if self.job.state == ImportState.CHECKED else ImportRow.objects.none()

    @cached_property
    def at_once(self) -> list[tuple[str, str]]:
        """What can be decided for many rows at once, as (decision, words): only where there are several."""
        if self.job.state != ImportState.CHECKED:
            return []
        alike, moved = self.job.rows.look_alikes().count(), self._moved.count()
        found = (
            [("update", f"Update all {alike:,} look-alikes"), ("both", f"Keep all {alike:,} beside them")]
            if alike > 1
            else []
        )
        return found + ([("moved", f"Update all {moved:,} addresses")] if moved > 1 else [])

    def _shown(self, row: ImportRow, names: dict[int, Organization], moved: set[int]) -> Shown:
        label = DONE.get(row.outcome, "") if self.job.state == ImportState.APPLIED else ""
        if self.job.state == ImportState.UNDONE and row.outcome in DONE:
            label = "Kept" if row.number in self._kept else "Taken back"
        tone = {"duplicate": "warn", "skip": "bad", "error": "bad", "unchanged": "quiet"}.get(row.outcome, "ok")
        known = names.get(row.organization_id or 0)
        waits = row.outcome == Outcome.DUPLICATE
        others = [(names[pk], why) for pk, why in row.others if pk in names] if waits else []
        return Shown(row, label or row.get_outcome_display(), tone, known, row.pk in moved, others)

    @property
    def left_columns(self) -> list[tuple[int, str, int]]:
        """Columns that no field takes, as `(index, name, filled cells in the sample)`."""
        return [
            (at, name, self.job.samples[at][1])
            for at, name in enumerate(self.job.headers)
            if not self.job.targets[at] and self.job.samples[at][1]
        ]

    @property
    def done(self) -> int:
        return self.job.progress()[0]

    @property
    def total(self) -> int:
        return self.job.progress()[1] or self.job.rows_total

    @property
    def lede(self) -> str:
        """Which file, who brought it, and what was done with it."""
        job = self.job
        who = f", uploaded by {job.uploaded_by}" if job.uploaded_by else ""
        said = [f"{_file_of(job)}, {job.rows_total:,} rows{who}."]
        if job.applied_at:
            said.append(f"Applied {_moment(job.applied_at, job.applied_by)}.")
        if job.undone_at:
            said.append(f"Taken back {_moment(job.undone_at, job.undone_by)}.")
        if job.state == ImportState.CHECKED:
            said.append("Nothing has been written yet.")
            if not job.to_write:
                said.append("No row would change anything.")
        return " ".join(said)


def _file_of(job: Import) -> str:
    """“chamber.xlsx, sheet “Active””; a text file says its encoding."""
    if job.facts.get("cards"):
        return f"{job.filename}, vCards in {job.facts.get('encoding', '')}"
    if job.sheet:
        return f"{job.filename}, sheet “{job.sheet}”"
    return f"{job.filename}, {job.facts.get('encoding', '')} with {job.facts.get('delimiter', '')}s"


def _moment(at: dt.datetime, by: Any) -> str:
    said = moment_in_words(at).replace("Today", "today")
    return f"{said} by {by}" if by else said


def columns_lede(job: Import) -> str:
    """Which file, and where its column names were found."""
    if job.facts.get("cards"):
        return f"{_file_of(job)}, {job.rows_total:,} of them."
    row = job.facts.get("header_row")
    return f"{_file_of(job)}, {f'column names in row {row}' if row else 'without column names'}."


def mapped_as(job: Import) -> str:
    """After which earlier list the columns were mapped, or nothing."""
    if not job.facts.get("as"):
        return ""
    at = moment_in_words(dt.datetime.fromisoformat(job.facts["as_at"])).replace("Today", "today")
    return f"Mapped as “{job.facts['as']}” was, {at}."


def left_cells(
    job: Import, *, start: int = 0, rows: int | None = None
) -> Iterator[tuple[int, tuple[int, str, str, str]]]:
    """Yield `(index of the row, (row, column, value, why))` for every filled cell that is in no field.

    Rows that were not applied are in a file of their own, with all their cells.
    """
    unmapped = {at for at, target in enumerate(job.targets) if target in ("", LABEL)}
    found = job.rows.filter(outcome__in=[Outcome.CREATE, Outcome.UPDATE, Outcome.UNCHANGED]).order_by("number")
    if not any(job.samples[at][1] for at in unmapped):
        found = found.exclude(left=[])
    chosen = found[start : start + rows] if rows else found
    values = chosen.values_list("number", "cells", "left")
    for at, (number, cells, left) in enumerate(values.iterator(chunk_size=1_000) if rows is None else values):
        for column, value, why in left:
            yield at, (number, _column(job, column), value, why)
        for column in sorted(unmapped):
            if column < len(cells) and cells[column]:
                why = (
                    "the column is not taken over"
                    if job.targets[column] != LABEL
                    else "only says what the next column is"
                )
                yield at, (number, _column(job, column), cells[column], why)


def _column(job: Import, at: int) -> str:
    return str(job.headers[at]) if at < len(job.headers) else f"Column {letter(at)}"


def left_columns() -> Columns:
    names = ("Row", "Column", "Value", "Why")
    return [(name, _item(at)) for at, name in enumerate(names)]


def _item(at: int) -> Callable[[Any], Any]:
    return lambda row: row[at]


def not_applied_columns(job: Import) -> Columns:
    """Number, outcome and reason before the list's own columns."""
    own = [(name, _cell(at)) for at, name in enumerate(job.headers)]
    return [
        ("Row", lambda row: row.number),
        ("Outcome", lambda row: row.get_outcome_display()),
        ("Reason", lambda row: row.reason),
        *own,
    ]


def _cell(at: int) -> Callable[[Any], Any]:
    return lambda row: row.cells[at] if at < len(row.cells) else ""
