"""Encodings, delimiters, row numbers and sheets, on lists small enough to read here."""

import datetime as dt

import openpyxl
import pytest

from partners.importing import guessing
from partners.importing.reading import read_file
from tests.partners.importing.given import records_of, table_of

LIST = "Company,City\nCafé Ärzte,Zürich\nJosé’s “Taquería” – Ñandú,Peñasco\n"


def first_cells(data, name="list.csv"):
    sheets = read_file(data, name)
    return sheets, [cells[0] for _, cells in sheets.sheets[0].rows()]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"]
)
def test_a_list_reads_alike_in_every_common_encoding(encoding):
    _, names = first_cells(LIST.encode(encoding))
    assert names == ["Company", "Café Ärzte", "José’s “Taquería” – Ñandú"]


def test_utf8_with_a_few_pasted_windows_bytes_stays_utf8():
    data = ("Company\n" + "Café Ärzte\n" * 5).encode() + b"Se\xf1or Taco\n"
    _, names = first_cells(data)
    assert names[-2:] == ["Café Ärzte", "Señor Taco"]


@pytest.mark.parametrize("delimiter, name", [(",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar")])
def test_the_delimiter_is_found(delimiter, name):
    lines = [["Company", "Street", "City"], ["Acme, Inc", "1 Main St", "Tulsa"], ["Beta; Co", "2 Oak", "Ada"]]
    rows = [[f'"{c}"' if delimiter in c else c for c in line] for line in lines]
    sheets, names = first_cells("\n".join(delimiter.join(row) for row in rows).encode())
    assert (sheets.delimiter, names) == (name, ["Company", "Acme, Inc", "Beta; Co"])


def test_row_numbers_are_those_a_spreadsheet_shows():
    data = b'sep=;\nCompany;Note\n\nAcme;"two\nlines"\n;;\nBeta;x\n\x1a'
    sheets = read_file(data, "list.csv")
    assert [(number, cells[0]) for number, cells in sheets.sheets[0].rows()] == [
        (1, "Company"),
        (3, "Acme"),
        (5, "Beta"),
    ]


def test_excels_way_to_keep_zeros_is_unwrapped_and_a_name_with_an_equals_sign_is_not():
    _, names = first_cells(b'Company,Zip\n"=Equal Exchange Co-op","=""01"""\n')
    assert names[1] == "=Equal Exchange Co-op"
    (record,) = records_of(b'Company,City,Notes\nAcme,Ada,"=""01"""\n')
    assert record.org["notes"] == "01"


@pytest.fixture
def workbook(tmp_path):
    def make(*rows, title="Active", then=None):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.title = title
        for row in rows:
            sheet.append(row)
        if then:
            then(book)
        book.save(tmp_path / "list.xlsx")
        return tmp_path / "list.xlsx"

    return make


def test_cells_of_a_workbook_become_the_text_a_person_would_type(workbook):
    path = workbook(
        ["Company", "Phone", "Zip", "Since", "Rate", "Active"],
        ["Acme", 5550140932, 7306, dt.date(2024, 1, 31), 2.5, True],
        ["Beta", 5.550140932e9, "07306", dt.datetime(2024, 1, 31, 9, 30), 3, False],
    )
    rows = [cells for _, cells in read_file(path).sheets[0].rows()]
    assert rows[1] == ["Acme", "5550140932", "7306", "2024-01-31", "2.5", "TRUE"]
    assert rows[2] == ["Beta", "5550140932", "07306", "2024-01-31 09:30", "3", "FALSE"]


def test_the_best_visible_sheet_is_taken_and_another_can_be_named(workbook):
    def more(book):
        hidden = book.create_sheet("Old")
        hidden.sheet_state = "hidden"
        for number in range(50):
            hidden.append([f"Firm {number}", "Tulsa"])
        guide = book.create_sheet("Guide", 0)
        guide.append(["How to use this file"])

    path = workbook(["Company", "City", "Phone"], ["Acme", "Ada", "580-555-0100"], then=more)
    sheets = read_file(path)
    assert table_of(path).sheet.name == "Active"
    assert [(sheet.name, sheet.hidden) for sheet in sheets.sheets] == [
        ("Guide", False),
        ("Active", False),
        ("Old", True),
    ]


def test_a_group_row_above_the_header_gives_its_words_to_the_columns_below(workbook):
    def merge(book):
        book.active.merge_cells("C1:D1")

    path = workbook(
        ["Company", None, "Contact", None],
        ["Name", "City", "Name", "Email"],
        ["Acme", "Ada", "Ann Lee", "ann@acme.example"],
        then=merge,
    )
    table = table_of(path)
    assert table.headers == ["Company Name", "City", "Contact Name", "Contact Email"]
    (record,) = records_of(path)
    assert (record.row, record.name, record.contacts[0]["name"]) == (3, "Acme", "Ann Lee")


def test_totals_repeated_headers_and_footers_are_no_partners():
    data = b"Company,City,Jobs\nAcme,Ada,4\nCompany,City,Jobs\nBeta,Ada,7\nTotal,,11\n\nPrinted 3/4/2024\n"
    records = records_of(data)
    assert [(r.row, bool(r.skip)) for r in records] == [(2, False), (3, True), (4, False), (5, True), (7, True)]
    assert records[3].skip == "Row holds only “Total 11”, so it is not a partner"


def test_a_list_without_headers_is_read_by_its_values():
    records = records_of(
        b"Acme Supply,ann@acme.example,(580) 555-0100,74820\nBeta Bank,bo@beta.example,(580) 555-0101,74820\n"
    )
    assert [(r.row, r.name, r.contacts[0]["email"], r.site["zip"]) for r in records] == [
        (1, "Acme Supply", "ann@acme.example", "74820"),
        (2, "Beta Bank", "bo@beta.example", "74820"),
    ]


def test_a_real_name_like_total_or_count_stays_a_partner():
    records = records_of(b"Company,City\nTotal Wine & More,Tulsa\nCount Basie Lounge,Ada\nTotal Petroleum,Ada\n")
    assert not any(record.skip for record in records)


def test_a_column_of_addresses_is_taken_for_them_or_pointed_at() -> None:
    assert guessing._offer("Mail addr", ["ray@acme.example", "ida@mill.example"])[0] == "email"
    assert guessing.overlooked("Who else", ["ray@acme.example"]) == "emails"
    assert guessing.overlooked("Reach", ["(918) 555-0142"]) == "phones"
    assert guessing.overlooked("Fax", ["(918) 555-0142"]) == guessing.overlooked("Town", ["Ada"]) == ""
