"""XLSX and XLS through calamine: each sheet's filled rows, every cell as the text a person would type."""

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

import python_calamine as calamine

from partners.importing.limits import MAX_CELL_CHARACTERS, Refused, check_cell, check_shape
from partners.importing.prescan import DAMAGED, check_workbook

LOCKED = "The workbook is protected by a password: open it, remove the password, save it and upload that file."
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))

SheetRows = Iterator[tuple[int, list[str]]]


def open_workbook(data: bytes) -> list[tuple[dict[str, Any], SheetRows]]:
    """Return ``(facts, rows)`` of each worksheet, in the workbook's order. Raises `Refused`.

    Facts are ``name``, ``hidden`` and ``merged`` (ranges as row and column numbers counted from 0). Formulas give their
    stored result; dates are read by the workbook's own date system.
    """
    if data.startswith(OLE_MARK):
        _check_ole(data)
    else:
        check_workbook(data)
    try:
        book = calamine.load_workbook(io.BytesIO(data))
    except calamine.PasswordError:
        raise Refused(LOCKED) from None
    except (calamine.CalamineError, OSError, ValueError):
        raise Refused(DAMAGED) from None
    kinds = calamine.SheetTypeEnum
    sheets = [meta for meta in book.sheets_metadata if meta.typ == kinds.WorkSheet]
    if not sheets:
        raise Refused("The workbook holds no worksheet: put the list on a sheet, save and upload again.")
    return [_sheet(book, meta) for meta in sheets]


def _check_ole(data: bytes) -> None:
    if _ENCRYPTED in data:
        raise Refused(LOCKED)
    if not any(stream in data for stream in _WORKBOOK_STREAMS):
        raise Refused(
            "This is an old Office document but not a workbook: save the list as XLSX or CSV and upload that file."
        )


def _sheet(book: calamine.CalamineWorkbook, meta: calamine.SheetMetadata) -> tuple[dict[str, Any], SheetRows]:
    try:
        sheet = book.get_sheet_by_name(meta.name)
    except (calamine.CalamineError, OSError, ValueError):
        raise Refused(DAMAGED) from None
    merged = [[*start, *end] for start, end in (sheet.merged_cell_ranges or [])[:20_000]]
    hidden = meta.visible != calamine.SheetVisibleEnum.Visible
    return {"name": meta.name, "hidden": hidden, "merged": merged}, _rows(sheet)


def _rows(sheet: calamine.CalamineSheet) -> SheetRows:
    if sheet.start is None:
        return
    width, where = sheet.width, f"The sheet “{sheet.name}”"
    check_shape(rows=0, columns=width, cells=0, where=where)
    before = [""] * sheet.start[1]
    count = cells = 0
    header: list[str] = []
    for number, values in enumerate(sheet.iter_rows(), 1):
        row = [value.strip() if type(value) is str else as_text(value) for value in values]
        while row and not row[-1]:
            row.pop()
        if not row:
            continue
        row = before + row
        header = header or row
        _check(row, number, header)
        count, cells = count + 1, cells + len(row)
        check_shape(rows=count - 1, columns=0, cells=cells, where=where)
        yield number, row


def _check(row: list[str], number: int, header: list[str]) -> None:
    if all(len(cell) <= MAX_CELL_CHARACTERS for cell in row) and "\x00" not in "".join(row):
        return
    for column, cell in enumerate(row):
        check_cell(cell, row=number, column=column, header=header[column][:60] if column < len(header) else "")


def as_text(value: Any) -> str:
    """Return a cell as text: ``5550140932.0`` as ``5550140932``, a date as ``2024-01-31``, ``TRUE`` or ``FALSE``."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.strftime("%Y-%m-%d %H:%M")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return str(value)
