"""CSV, TSV and other delimited text: encoding, delimiter, rows under their original numbers."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from partners.importing.encodings import NAMES, decode
from partners.importing.limits import MAX_CELL_CHARACTERS, Refused, check_cell, check_shape

DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
Rows = Iterator[tuple[int, list[str]]]

_SEP_LINE = re.compile(r'\A"?sep=(.)"?(?:\r\n|\r|\n|\Z)', re.I)
_EXCEL_TEXT = re.compile(r'^="([^"]*)"$')
_CTRL_Z = "\x1a"


def read_text(data: bytes) -> tuple[Rows, dict[str, str]]:
    """Return ``(rows, facts)``: filled rows with the number a spreadsheet shows for them, encoding and delimiter.

    Blank rows are left out but counted; a ``sep=`` line is Excel's and is not. Raises `Refused`.
    """
    text, encoding = decode(data)
    text = text.rstrip(_CTRL_Z + "\r\n ").removesuffix(_CTRL_Z)
    text, delimiter = _cut_sep_line(text)
    if not text.strip():
        raise Refused("The file holds no text: save the list again and upload that file.")
    _refuse_other_text(text)
    csv.field_size_limit(len(text) + 1)
    delimiter = delimiter or guess_delimiter(text)
    return _parse(text, delimiter), {
        "encoding": NAMES[encoding],
        "delimiter": DELIMITER_NAMES.get(delimiter, delimiter),
    }


def guess_delimiter(text: str) -> str:
    """Return the delimiter that cuts most rows into the same number of parts (a comma for one column)."""
    head = "\n".join(text[:200_000].splitlines()[:400])
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        counts = Counter(
            len(row) for row in islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), 300) if row
        )
        width, score = _evenness(counts)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _evenness(counts: Counter[int]) -> tuple[int, float]:
    total = sum(counts.values())
    width, score = 1, 0.0
    for parts, times in counts.items():
        if parts > 1 and (value := times / total * (1 + min(parts, 12) / 12)) > score:
            width, score = parts, value
    return width, score


def _cut_sep_line(text: str) -> tuple[str, str]:
    match = _SEP_LINE.match(text)
    return (text[match.end() :], match.group(1)) if match else (text, "")


def _refuse_other_text(text: str) -> None:
    head = text[:400].lstrip().lower()
    if head.startswith(("<!doctype html", "<html", "<table", "<script")):
        raise Refused("This is a web page, not a list: open it in a spreadsheet program and save it as XLSX or CSV.")
    if head.startswith(("<svg", "<?xml")):
        raise Refused("This is an XML file, not a list: open it in a spreadsheet program and save it as XLSX or CSV.")
    if head.startswith(("{", "[{")) and '":' in head:
        raise Refused("This is a JSON file, not a list: save the list as CSV or XLSX and upload that file.")


def _parse(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    header: list[str] = []
    rows = cells = widest = began = ended = 0
    for number, row in enumerate(reader, 1):
        began, ended = ended, reader.line_num
        filled = _tidy(row)
        if not filled:
            continue
        header = header or filled
        if ended - began > 1 and max(map(len, filled)) > MAX_CELL_CHARACTERS:
            _refuse_unclosed_quote(text, began, number, delimiter)
        _check_row(filled, number, header)
        rows, cells, widest = rows + 1, cells + len(filled), max(widest, len(filled))
        check_shape(rows=rows - 1, columns=widest, cells=cells)
        yield number, filled
    if ended - began > 1:
        _refuse_unclosed_quote(text, began, number, delimiter)


def _tidy(row: list[str]) -> list[str]:
    """Outer blanks go; ``="01"``, Excel's way to keep a text, is unwrapped; blank cells at the end are cut."""
    cells = [cell.strip() for cell in row]
    if any(cell.startswith('="') for cell in cells):
        cells = [_EXCEL_TEXT.sub(r"\1", cell) for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _check_row(cells: list[str], number: int, header: list[str]) -> None:
    joined = "".join(cells)
    if "\x00" not in joined and len(joined) <= MAX_CELL_CHARACTERS:
        return
    for column, cell in enumerate(cells):
        name = header[column] if column < len(header) and header is not cells else ""
        check_cell(cell, row=number, column=column, header=name[:60])


def _refuse_unclosed_quote(text: str, began: int, number: int, delimiter: str) -> None:
    """A quotation mark without its partner swallows the rest of the file into one cell."""
    rest = islice(io.StringIO(text, newline=""), began, None)
    try:
        next(csv.reader(rest, delimiter=delimiter, strict=True), None)
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise Refused(
                f"A quotation mark opened in row {number:,} (line {began + 1:,}) is never closed: close or delete it and upload again."
            ) from None
