"""What is mended in a cell is said; what can't be is kept or listed."""

import pytest

from partners.importing.people import full_name, read_people
from partners.importing.values import clean_count, clean_emails, clean_phone, clean_state, clean_website, clean_zip
from tests.partners.importing.given import records_of


@pytest.mark.parametrize(
    "cell, number, extension",
    [
        ("256-734-6043", "+12567346043", ""),
        ("(256) 734-6043 x12", "+12567346043", "12"),
        ("+1 256 734 6043", "+12567346043", ""),
        ("217656-3323", "+12176563323", ""),
        ("5550140932.0", "+15550140932", ""),
        ("580.555.0100 ext. 7", "+15805550100", "7"),
        ("580-555-0100 / 580-555-0199", "+15805550100", ""),
        ("+44 20 7946 0958", "+442079460958", ""),
        ("1-800-FLOWERS", "+18003569377", ""),
    ],
)
def test_phones_are_read_as_numbers_of_the_us(cell, number, extension):
    phone = clean_phone(cell)
    assert (phone.number, phone.ext, phone.ok) == (number, extension, True)


def test_a_phone_shown_by_excel_in_scientific_form_is_read_again():
    phone = clean_phone("5.550140932E+09")
    assert (phone.number, phone.remark) == ("+15550140932", "Phone 5.550140932E+09 read as (555) 014-0932")


@pytest.mark.parametrize(
    "cell, said",
    [
        ("5.55E+09", "lost its last digits in Excel"),
        ("555-0100", "has no area code"),
        ("front desk", "is not a phone number"),
    ],
)
def test_a_phone_that_cant_be_read_is_kept_as_typed_and_said(cell, said):
    phone = clean_phone(cell)
    assert (phone.number, phone.ok) == (cell, False)
    assert said in phone.remark


@pytest.mark.parametrize(
    "cell, state, zip_code",
    [("7306", "", "07306"), ("74820", "", "74820"), ("62360 1041", "", "62360-1041"), ("748200012", "", "74820-0012"),
     ("73060012", "", "07306-0012"), ("601", "PR", "00601"), ("722", "AR", ""), ("74820.0", "", "74820"), ("K1A 0B1", "", "K1A 0B1"), ("see note", "", "")],
)  # fmt: skip
def test_zip_codes_get_their_lost_zeros_back(cell, state, zip_code):
    assert clean_zip(cell, state)[0] == zip_code


def test_the_repair_of_a_zip_code_is_said():
    assert clean_zip("7306")[1] == "ZIP code 7306 read as 07306, the zero was lost in Excel"


@pytest.mark.parametrize(
    "cell, people",
    [
        ("Smith, John; Doe, Jane", ["John Smith", "Jane Doe"]),
        ("Bishop, Sanford, Jr.", ["Sanford Bishop Jr."]),
        ("Sanford Bishop, Jr.", ["Sanford Bishop Jr."]),
        ("John Smith, Jane Doe", ["John Smith", "Jane Doe"]),
        ("Ann & Bob Lee", ["Ann Lee", "Bob Lee"]),
        ("Ann Lee and Bob Ray", ["Ann Lee", "Bob Ray"]),
        ("Wasserman Schultz, Debbie", ["Debbie Wasserman Schultz"]),
        ("Jane Doe, PhD", ["Jane Doe PhD"]),
        ("Cher", ["Cher"]),
    ],
)
def test_people_are_read_from_the_ways_lists_write_them(cell, people):
    assert read_people(cell) == people


def test_a_comma_before_a_suffix_goes():
    assert full_name(first="Sanford D.", last="Bishop, Jr.") == "Sanford D. Bishop Jr."


def test_other_values():
    assert clean_emails("Ann <Ann@A.org>; b@a.org") == (["Ann@A.org", "b@a.org"], "")
    assert clean_emails("front desk") == ([], "front desk")
    assert clean_website("HTTPS://WWW.Acme.org/Jobs")[0] == "https://www.acme.org/Jobs"
    assert clean_website("acme.org")[0] == "https://acme.org"
    assert clean_website("javascript:alert(1)")[0] == ""
    assert clean_state("Okla.") == "OK"
    assert clean_count("51-200") == (51, "“51-200” people employed read as 51")


def test_as_many_addresses_as_people_pair_up():
    (record,) = records_of(b'Company,Contact,Email\nAcme,"Smith, John; Doe, Jane",js@acme.example; jd@acme.example\n')
    assert [(c["name"], c["email"]) for c in record.contacts] == [
        ("John Smith", "js@acme.example"),
        ("Jane Doe", "jd@acme.example"),
    ]
    assert record.remarks == ["2 email addresses in one cell", "2 contacts from “Smith, John; Doe, Jane”"] or set(
        record.remarks
    )


def test_an_email_that_is_none_makes_the_row_an_error_that_says_so():
    (record,) = records_of(b"Company,Email\nAcme,front desk\nBeta,b@b.org\n")[:1]
    assert record.error == "Email “front desk” is not an address"


def test_a_row_without_any_name_is_an_error():
    records = records_of(b"Company,City\nAcme,Ada\n,Tulsa\n")
    assert [bool(record.error) for record in records] == [False, True]


def test_a_plain_phone_is_the_persons_and_without_one_the_organizations():
    records = records_of(b"Company,Contact,Phone\nAcme,Ann Lee,580-555-0100\nBeta,,580-555-0101\n")
    assert records[0].contacts[0]["phone"] == "+15805550100" and "phone" not in records[0].org
    assert records[1].org["phone"] == "+15805550101" and not records[1].contacts


def test_names_that_begin_with_a_sign_stay_as_they_are():
    records = records_of(b"Company,City\n@ THE CORNER DINER,Ada\n-,Ada\n@OKLAworks,Ada\n- none -,Ada\n")
    assert [record.name for record in records] == ["@ THE CORNER DINER", "-", "@OKLAworks", "- none -"]
