"""vCards as a list: contacts with their organization, and a question where a card names none."""

import pytest

from partners.importing import running
from partners.importing.reading import read_file
from partners.models import Contact, ImportMapping, ImportRow, Organization
from tests.partners.importing.given import DATA, needs_data, records_of

CARDS = """BEGIN:VCARD
VERSION:4.0
FN:Dr. Ana Ruiz
N:Ruiz;Ana;;Dr.;
ORG:Acme Manufacturing\\, Inc.;Human Resources
TITLE:Plant manager
TEL;TYPE=home:405-555-0199
TEL;VALUE=uri;PREF=1;TYPE="voice,work":tel:+1-405-555-0142;ext=12
TEL;TYPE=fax,work:405-555-0177
EMAIL;TYPE=work:ana@acme.example
item1.ADR;TYPE=work:;;12 Main
  St;Norman;OK;73069;USA
PHOTO:data:image/jpeg;base64,MIICajCCAdOgAwIBAgICBEUw
NOTE:first\\nsecond
END:VCARD
BEGIN:VCARD
VERSION:3.0
N:;;;;
FN:Bright Start Day Care
ORG:Bright Start Day Care;
TEL;TYPE=WORK:405-555-0101
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Pe=F1a;Jos=E9
TEL;CELL:405-555-0155
END:VCARD
"""


def cells(text):
    """Each card as ``{column: cell}``, blanks left out."""
    (sheet,) = read_file(text.encode(), "people.vcf").sheets
    (_, columns), *rows = sheet.rows()
    return [{name: cell for name, cell in zip(columns, row, strict=True) if cell} for _, row in rows]


def test_every_property_of_a_card_is_a_cell():
    ana, firm, jose = cells(CARDS)
    assert ana == {
        "Organization": "Acme Manufacturing, Inc.", "Department": "Human Resources", "First name": "Ana",
        "Last name": "Ruiz", "Name prefix": "Dr.", "Job title": "Plant manager", "Email": "ana@acme.example",
        "Phone": "+1-405-555-0142 x12", "Phone 2": "405-555-0199", "Fax": "405-555-0177", "Street": "12 Main St",
        "City": "Norman", "State": "OK", "ZIP": "73069", "Country": "USA", "Contact notes": "first\nsecond",
        "Photo": "(photo, 1 kB)",
    }  # fmt: skip
    assert firm == {"Organization": "Bright Start Day Care", "Company phone": "405-555-0101"}
    assert jose == {"First name": "José", "Last name": "Peña", "Mobile phone": "405-555-0155"}


def test_a_card_is_read_as_a_contact_of_its_organization():
    ana, firm, _ = records_of(CARDS.encode(), "people.vcf")
    assert (ana.name, ana.org.get("phone"), firm.org["phone"]) == ("Acme Manufacturing, Inc.", None, "+14055550101")
    assert firm.contacts == []
    (person,) = ana.contacts
    assert (person["name"], person["title"], person["email"]) == ("Ana Ruiz", "Plant manager", "ana@acme.example")
    assert (person["phone"], person["phone_ext"], person["notes"]) == (
        "+14055550142", "12", "Department: Human Resources\nfirst\nsecond",
    )  # fmt: skip
    assert {value for _, value, _ in ana.left} == {"Dr."}
    assert person["other_phones"] == "+14055550199"


def test_a_home_is_not_the_address_of_a_partner_and_a_cut_card_is_read():
    (card,) = cells("BEGIN:VCARD\nFN:Ann Lee\nORG:Acme\nADR;HOME:;;1 Oak Ln;Ada;OK;74820;\nnot a line\n")
    assert card == {"Organization": "Acme", "Full name": "Ann Lee", "Home address": "1 Oak Ln, Ada, OK 74820"}


@needs_data
@pytest.mark.parametrize("name", ["eds-vcards/custom-1", "eds-vcards/name-only", "roundcube-1.6.5/utf-16_sample"])
def test_real_cards_without_an_organization_name_a_person(name):
    (record,) = records_of(DATA / f"05-contacts/{name}.vcf")
    assert record.named_after == "person"
    assert record.error == ""


@needs_data
def test_apples_card_of_a_company_is_an_organization_without_a_contact():
    (record,) = records_of(DATA / "05-contacts/roundcube-1.6.5/apple.vcf")
    assert (record.name, record.contacts) == ("Apple Computer AG", [])
    assert record.site["city"] == "Wallisellen-Zürich"


@pytest.fixture
def checked(in_cedar, people):
    job = running.receive(name="people.vcf", body=CARDS.encode(), by=people.coordinator)
    running.ask_and_perform(job, by=people.coordinator)
    return job


@pytest.mark.django_db
def test_a_card_without_an_organization_goes_to_the_partner_that_is_chosen(checked, client, people):
    acme = Organization.objects.create(name="Osage Foundry")
    row = ImportRow.objects.get(job=checked, number=3)
    assert (row.outcome, row.reason) == ("duplicate", "The card names no organization")
    client.force_login(people.coordinator)
    address = f"/cedar/partners/import/{checked.pk}/"
    assert b"Add to this partner" in client.get(address).content
    refused = client.post(f"{address}rows/3/decision/", {"decision": "update", "partner": ""}, follow=True)
    assert b"Write which partner this person belongs to" in refused.content
    client.post(f"{address}rows/3/decision/", {"decision": "update", "partner": "Osage Foundry"})
    row.refresh_from_db()
    assert (row.outcome, row.organization_id) == ("update", acme.pk)
    checked.refresh_from_db()
    checked.ask(state="queued", by=people.coordinator)
    running.perform(checked)
    assert Contact.objects.get(name="José Peña").organization == acme
    assert not ImportMapping.objects.exists()


@pytest.mark.django_db
def test_a_card_without_an_organization_is_skipped_unless_somebody_decides(checked, people):
    checked.ask(state="queued", by=people.coordinator)
    running.perform(checked)
    assert set(Organization.objects.values_list("name", flat=True)) == {
        "Acme Manufacturing, Inc.",
        "Bright Start Day Care",
    }
