"""Tables as files: CSV and XLSX that no spreadsheet takes for formulas, and that read back as written.

    export("partners", listing.export_columns(), listing.select(rows).iterator(), kind="csv")

A CSV cell that a spreadsheet might run gets an apostrophe in front, as people type it; `unguarded`
takes it off when such a file is imported again, so "=Equal Exchange Co-op" comes back as it was.
XLSX cells carry their type, so there text is text and stays as it is.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import IO, Any

from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

Columns = Sequence[tuple[str, Callable[[Any], Any]]]

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
IN_MEMORY = 5 * 1024 * 1024  # a larger file goes through the disk
MOST = 100_000  # rows of one list's file
LONGEST_CELL = 32_767  # of an XLSX cell

# What comes before a formula without being seen: blanks, control and zero-width characters, the
# escapes that some readers decode; apostrophes too, so that guarding can be undone exactly.
# Full-width signs become plain ones on East Asian systems.
MIGHT_RUN = re.compile(r"^(?:[\s\x00-\x20\u200b-\u200f\u2060\ufeff']|%0[9AD])*[=+\-@＝＋－＠]", re.IGNORECASE)
HARMLESS = {"-", "+", "@", "--", "---"}


def guarded(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet might run it as a formula."""
    return f"'{text}" if MIGHT_RUN.match(text) and text not in HARMLESS else text


def unguarded(text: str) -> str:
    """The reverse of `guarded`, for importing: any other apostrophe stays."""
    return text[1:] if text.startswith("'") and MIGHT_RUN.match(text[1:]) else text


def export(
    name: str, columns: Columns, rows: Iterable[Any], *, kind: str = "csv", about: Sequence[tuple[str, Any]] = ()
) -> FileResponse:
    """A file to download: "partners" becomes partners-2026-10-15.csv. With `about`, whose name says its days already,
    it gets no day; a workbook holds those (label, value) pairs on a second sheet, a CSV its one table alone.

    Rows are read now, inside the district's scope, since a body that is streamed later has none;
    pass an `.iterator()` and memory stays flat. Raises Http404 for another kind than CSV and XLSX.
    """
    if kind not in TYPES:
        raise Http404(f"No export as {kind!r}; choose from {', '.join(TYPES)}.")
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - the response closes it
    if kind == "csv":
        write_csv(file, columns, rows)
    else:
        write_xlsx(file, columns, rows, about)
    file.seek(0)
    day = "" if about else f"-{timezone.localdate():%Y-%m-%d}"
    return FileResponse(file, as_attachment=True, filename=f"{slugify(name)}{day}.{kind}", content_type=TYPES[kind])


def export_list(name: str, listing: Any, rows: Any, form: str) -> FileResponse:
    """A list (wbl.web.lists) as it is shown, all of its pages. Raises Http404 for another kind than CSV and XLSX."""
    return export(name, listing.export_columns(), listing.select(rows)[:MOST].iterator(), kind=form)


def write_csv(file: IO[bytes], columns: Columns, rows: Iterable[Any]) -> None:
    """UTF-8 with a mark, which Excel needs to read names right."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow([guarded(label) for label, _get in columns])
    writer.writerows([_as_text(get(row)) for _label, get in columns] for row in rows)
    text.flush()
    text.detach()


def write_xlsx(file: IO[bytes], columns: Columns, rows: Iterable[Any], about: Sequence[tuple[str, Any]] = ()) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Sheet1")
    sheet.freeze_panes = "A2"
    sheet.append([_cell(sheet, label, bold=True) for label, _get in columns])
    for row in rows:
        sheet.append([_cell(sheet, get(row)) for _label, get in columns])
    if about:
        second = book.create_sheet("About")
        for label, value in about:
            second.append([_cell(second, label, bold=True), _cell(second, value)])
    book.save(file)


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    value = _plain(value)
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("\ufffd", value)[:LONGEST_CELL]
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # else a text that begins with = becomes a formula
        cell.quotePrefix = bool(MIGHT_RUN.match(value))
    if bold:
        cell.font = Font(bold=True)
    return cell


def _as_text(value: Any) -> Any:
    value = _plain(value)
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M")
    return guarded(value) if isinstance(value, str) else value


def _plain(value: Any) -> Any:
    """What both formats can hold: numbers and dates as such, moments in the district's zone, the rest as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dt.datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if isinstance(value, (int, float, Decimal, dt.date, dt.time)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(str(_plain(each)) for each in value)
    return str(value)
