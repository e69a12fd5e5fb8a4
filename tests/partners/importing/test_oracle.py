"""Sixty-five people under the headers of twelve exporters are the same sixty-five people."""

import json
import re

import pytest

from partners.importing.guessing import require_name
from partners.importing.limits import Refused
from partners.importing.records import Reader
from tests.partners.importing.given import DATA, needs_data, records_of, table_of, targets_of

pytestmark = needs_data
CONTACTS = DATA / "05-contacts"
FILES = [
    "google_contacts_2024_utf8.csv",
    "outlook_92_columns_cp1252_crlf.csv",
    "hubspot_contacts_utf8_bom.csv",
    "salesforce_report_latin1_footer.csv",
    "linkedin_connections_preamble.csv",
    "excel_unicode_text_utf16le_tab.txt",
    "excel_european_semicolon_cp1252.csv",
    "mac_cr_only_macroman.csv",
    "utf16be_nobom.csv",
    "duplicate_and_blank_headers.csv",
    "ragged_duplicates_blank_lines.csv",
    "partner_list_1900.xlsx",
    "partner_list_1904.xlsx",
]
SHORT = "utf16be_nobom.csv"
"""Holds the first fifteen people only."""


def expected():
    return json.loads((CONTACTS / "expected_contacts.json").read_text())


def letters(text):
    return re.sub(r"[\W_]+", " ", text).casefold().strip()


def digits(phone):
    return re.sub(r"\D", "", phone)[-10:]


def holds(targets, *names):
    return any(name in targets for name in names)


@pytest.mark.parametrize("file", FILES)
def test_each_exporter_gives_the_expected_people(file):
    path = CONTACTS / file
    targets = targets_of(table_of(path))
    by_person = {}
    for record in records_of(path):
        assert not record.error
        for contact in record.contacts:
            by_person.setdefault(first_and_last(contact["name"]), []).append((record, contact))
    people = expected()[: 15 if file == SHORT else 65]
    assert len(by_person) == len(people)
    for person in people:
        for record, contact in by_person[first_and_last(f"{person['first']} {person['last']}")]:
            check(person, record, contact, targets)


def first_and_last(name):
    parts = [part for part in letters(name).split() if part not in ("jr", "sr", "ii", "iii", "iv")]
    return parts[0], parts[-1]


def check(person, record, contact, targets):
    if holds(targets, "org_name"):
        assert letters(record.org["name"]).replace("ofc of", "office of") == letters(person["org"])
    if contact.get("email"):
        assert contact["email"] == person["email"]
    if person["phone"] and contact.get("phone"):
        assert digits(contact["phone"]) == digits(person["phone"])
    for key in ("city", "state", "zip"):
        if record.site.get(key):
            assert letters(record.site[key]) == letters(person[key])
    if record.org.get("website"):
        assert record.org["website"] == person["web"]
    if record.site.get("street"):
        assert letters(record.site["street"]).startswith(letters(person["street"]))
    if holds(targets, "contact_title"):
        assert contact["title"] == person["title"]


@pytest.mark.parametrize("file", FILES)
def test_no_filled_cell_of_a_mapped_column_is_lost(file):
    """Each value of a mapped column is in a field of its record or listed with its column."""
    table = table_of(CONTACTS / file)
    targets = targets_of(table)
    for record, cells in Reader(table, targets).records():
        if record.skip:
            continue
        kept = letters(" ".join([str(record.org), str(record.site), str(record.contacts), *record.remarks]))
        listed = {at for at, _, _ in record.left}
        for at, cell in enumerate(cells):
            if cell and targets[at] not in ("", "label") and at not in listed and not accounted(cell, kept):
                raise AssertionError(f"row {record.row}, {table.column_name(at)}: {cell!r} is nowhere")


def accounted(cell, kept):
    text = letters(cell)
    return (
        text in kept
        or digits(cell) in kept.replace(" ", "")
        or all(word in kept for word in text.split())
        or "mycontacts" in text
    )


def test_the_people_of_the_whole_files_are_all_there():
    for file in FILES:
        if file != SHORT:
            emails = {c.get("email") for r in records_of(CONTACTS / file) for c in r.contacts} - {None}
            known = {person["email"] for person in expected()}
            assert emails <= known
            assert len(emails) >= (22 if file.startswith("linkedin") else 65), file


def test_roundcube_google_export_is_read_without_loss():
    (record,) = records_of(CONTACTS / "roundcube-1.6.5" / "gmail.csv")
    (person,) = record.contacts
    assert record.name == "company"
    assert person["name"] == "Firstname Middle Lastname Suffix"
    assert person["email"] == "home@aaa.pl"
    assert person["other_emails"] == "work@email.pl, unknown@email.com, other@email.com"
    assert {value for _, value, _ in record.left} >= {
        "pager",
        "homefax",
        "workfax",
        "home.page.com",
    }


def test_roundcube_outlook_export_of_addresses_alone_is_read_without_loss():
    (record,) = records_of(CONTACTS / "roundcube-1.6.5" / "outlook.csv")
    (person,) = record.contacts
    assert (person["email"], person["other_emails"]) == ("test1@domain.tld", "test2@domain.tld, test3@domain.tld")
    assert record.name == "domain.tld"


@pytest.mark.parametrize(
    "file, rows", [("little_rock_ar_business_licenses.csv", 4795), ("montana_ppp_150k_plus.csv", 2177)]
)
def test_business_lists_give_an_organization_for_each_row(file, rows):
    records = records_of(DATA / "03-businesses" / file)
    assert len(records) == rows
    assert [record for record in records if record.error or record.skip or not record.name] == []
    assert sum(1 for record in records if record.site.get("street")) > rows * 0.99


def test_a_list_without_names_is_refused_with_its_columns():
    table = table_of(DATA / "03-businesses" / "zip_codes.csv")
    with pytest.raises(Refused, match=r"^No column holds a name: of “zip”, “city”, “state”"):
        require_name(table, targets_of(table))


@pytest.mark.parametrize(
    "file, header_row, name",
    [
        ("OK FY24 EOY OnlineDirectoryDistrictList.xlsx", 5, "PEAVINE"),
        ("OK Oklahoma_School_District_Directory_2013.xls", 2, "Achille"),
        ("IL 2022-23-Directory-Ed-Entities (subset).xls", 1, "Payson CUSD 1"),
    ],
)
def test_headers_below_titles_are_found(file, header_row, name):
    table = table_of(DATA / "04-districts" / file)
    assert table.header_row == header_row
    assert records_of(DATA / "04-districts" / file)[0].name == name
