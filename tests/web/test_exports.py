"""What an export writes: nothing a spreadsheet would run, and everything as it was when it is read again."""

import csv
import datetime as dt
import io
import json
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.http import Http404
from openpyxl import load_workbook

from wbl.web import export
from wbl.web.exports import guarded, unguarded

DANGEROUS = [
    "=1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "=cmd|' /C calc'!'A1'",
    "+1+1",
    "\t=1+1",
    "\n=1+1",
    "＝1+1",
    "\ufeff=1+1",
    "%0A=1+1",
    "'=1+1",
    "   -1+cmd|' /C calc'!A0",
]
LEGITIMATE = [
    "@ THE CORNER DINER",
    "-",
    "- none -",
    "@OKLAworks",
    "-15% off",
    "=Equal Exchange Co-op",
    '="01"',
    "O'Hara",
    "'quoted'",
]
SIGNS = "=+-@＝＋－＠"


def cells_of_shared_data(key: str) -> list[str]:
    folder = Path(os.environ.get("WBL_TEST_DATA", "../shared/data"))
    file = folder / "08-security" / "csv_injection.json"
    return json.loads(file.read_text())[key] if file.exists() else []


def written(kind: str, *cells: Any) -> bytes:
    response = export("cells", [("Cell", lambda row: row)], cells, kind=kind)
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


def rows_of(body: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(body.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("cell", [*DANGEROUS, *cells_of_shared_data("dangerous")])
def test_a_dangerous_cell_does_not_begin_with_a_sign_of_a_formula(cell: str) -> None:
    (_head, (shown,)) = rows_of(written("csv", cell))
    assert shown.startswith("'")


@pytest.mark.parametrize(
    "cell", [*DANGEROUS, *LEGITIMATE, *cells_of_shared_data("dangerous"), *cells_of_shared_data("legitimate")]
)
def test_every_cell_comes_back_as_it_was(cell: str) -> None:
    (_head, (shown,)) = rows_of(written("csv", cell))
    assert unguarded(shown) == cell


@pytest.mark.parametrize("cell", ["-", "O'Hara", "Smith, John", "5 = 5", "", "a\nb"])
def test_a_harmless_cell_is_left_alone(cell: str) -> None:
    assert guarded(cell) == cell


def test_numbers_and_dates_are_not_text() -> None:
    (_head, *rows) = rows_of(written("csv", -5, Decimal("-1.50"), dt.date(2026, 10, 15), True, None, ["a", "b"]))
    assert [row[0] if row else "" for row in rows] == ["-5", "-1.50", "2026-10-15", "Yes", "", "a, b"]


@pytest.mark.parametrize("cell", [*DANGEROUS, *LEGITIMATE])
def test_a_workbook_holds_text_as_text(cell: str) -> None:
    sheet = load_workbook(io.BytesIO(written("xlsx", cell))).active
    assert sheet is not None
    assert sheet["A2"].value == cell
    assert sheet["A2"].data_type == "s"


def test_a_workbook_survives_what_its_format_forbids() -> None:
    sheet = load_workbook(io.BytesIO(written("xlsx", "bell\x07", "x" * 40_000))).active
    assert sheet is not None
    assert sheet["A2"].value == "bell\ufffd"
    assert len(sheet["A3"].value) == 32_767


def test_the_file_is_named_after_its_table_and_day() -> None:
    response = export("Mail ledger", [], [], kind="csv")
    assert response["Content-Disposition"].startswith('attachment; filename="mail-ledger-20')


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(Http404, match="pdf"):
        export("x", [], [], kind="pdf")
