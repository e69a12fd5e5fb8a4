"""Papers that lapse, people who change firms, and two people at one form."""

import datetime as dt
import re
from html import unescape
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from partners.models import Contact, Organization, PartnerDocument, Site
from wbl.mail import planner
from wbl.mail.models import Message, Rule
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.web.numbers import phone_href

CONTACT = {"name": "Ray Halvorsen", "prefers": "email", "language": "en-us", "email": "ray@acme.example"}


@pytest.fixture
def browser(people: SimpleNamespace, sign_in: Any) -> Client:
    return sign_in(people.coordinator)


def seen_in(page: str) -> str:
    """What the form carries of what it showed."""
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return unescape(found[1])


def test_a_certificate_is_kept_opened_and_renewed(browser: Client, cedar: District, acme: Organization) -> None:
    soon = cedar.today() + dt.timedelta(days=20)
    base = f"/cedar/partners/{acme.pk}/documents/"
    upload = SimpleUploadedFile("insurance.pdf", b"%PDF-1.7 body", "application/pdf")
    browser.post(f"{base}new/", {"kind": "insurance", "expires": soon.isoformat(), "upload": upload})
    with district(cedar):
        paper = PartnerDocument.objects.get()
    page = browser.get(f"/cedar/partners/{acme.pk}/").content.decode()
    assert "expires soon" in page
    answer = browser.get(f"{base}{paper.pk}/file/")
    assert answer.content == b"%PDF-1.7 body"
    assert "attachment" in answer["Content-Disposition"]
    assert "in 20 days" in browser.get("/cedar/").content.decode()
    listed = browser.get("/cedar/partners/", {"papers": "60"}).content.decode()
    assert "Acme Manufacturing" in listed
    browser.post(f"{base}{paper.pk}/renewal/", {"kind": "insurance", "expires": (soon + dt.timedelta(365)).isoformat()})
    with district(cedar):
        paper.refresh_from_db()
        assert paper.ended_at
        assert PartnerDocument.objects.standing().count() == 1
    assert "in 20 days" not in browser.get("/cedar/").content.decode()


def test_of_an_agreement_that_renews_itself_the_notice_counts(in_cedar: District, acme: Organization) -> None:
    today = in_cedar.today()
    paper = PartnerDocument.objects.create(
        organization=acme, kind="mou", expires=today + dt.timedelta(100), renews=True, notice_days=60
    )
    assert paper.acts_on == today + dt.timedelta(40)
    assert paper.standing == ("give notice or let it renew", "warn")


def test_a_document_of_a_term_that_ends_before_it_starts_is_refused_with_the_reason(
    browser: Client, acme: Organization, cedar: District
) -> None:
    answer = browser.post(
        f"/cedar/partners/{acme.pk}/documents/new/", {"kind": "mou", "starts": "2026-10-02", "expires": "2026-10-01"}
    )
    assert "The last day lies before the first" in answer.content.decode()


def test_the_rule_asks_for_the_next_certificate_and_stops_when_it_is_there(
    in_cedar: District, acme: Organization, people: SimpleNamespace
) -> None:
    paper = PartnerDocument.objects.create(
        organization=acme, kind="insurance", expires=in_cedar.today() + dt.timedelta(37)
    )
    rule = Rule.of("partners.document_lapses")
    rule.switch_on(by=people.coordinator)
    planner.plan()
    message = Message.objects.filter(record_id=paper.pk).order_by("step").first()
    assert message is not None
    assert message.to_email == "ray@acme.example"
    paper.end()
    planner.plan()
    message.refresh_from_db()
    assert message.state == "cancelled"
    assert "renewed" in message.reason


def test_a_person_changes_firm_and_history_stays_with_both(
    browser: Client, cedar: District, acme: Organization
) -> None:
    with district(cedar):
        bolt = Organization.objects.create(name="Bolt Electric")
        ray = Contact.objects.get()
        Contact.objects.filter(pk=ray.pk).update(phone="+15550140100", phone_ext="12", do_not_contact=True)
        acme.record(kind="call", summary="Talked of tours", contact=ray)
    answer = browser.post(
        f"/cedar/partners/contacts/{ray.pk}/move/", {"partner": "Bolt", "title": "Foreman", "on": "2026-10-01"}
    )
    assert answer.status_code == 303
    with district(cedar):
        there = Contact.objects.get(organization=bolt)
        ray.refresh_from_db()
    assert (there.name, there.phone, there.phone_ext, there.do_not_contact, there.title) == (
        "Ray Halvorsen", "+15550140100", "12", True, "Foreman",
    )  # fmt: skip
    assert ray.left_on == dt.date(2026, 10, 1)
    old, new = (browser.get(f"/cedar/partners/{o.pk}/").content.decode() for o in (acme, bolt))
    assert "Talked of tours" in old
    assert "now at" in old
    assert "Talked of tours" not in new
    assert "before at" in new
    browser.post(f"/cedar/partners/contacts/{there.pk}/move/undo/")
    with district(cedar):
        ray.refresh_from_db()
        assert ray.left_on is None
        assert not Contact.objects.filter(organization=bolt).exists()


def test_what_cannot_be_read_is_kept_as_typed_and_flagged(browser: Client, cedar: District, acme: Organization) -> None:
    with district(cedar):
        ray = Contact.objects.get()
    typed = {"email": "ray at acme", "phone": "ask Bob", "other_phones": "(555) 014-3381 x7, front desk"}
    browser.post(f"/cedar/partners/contacts/{ray.pk}/", {**CONTACT, **typed})
    browser.post(f"/cedar/partners/{acme.pk}/sites/new/", {"zip": "7300", "city": "Cedar Valley", "phone": ""})
    with district(cedar):
        ray.refresh_from_db()
        assert (ray.email, ray.phone, ray.other_phones) == ("ray at acme", "ask Bob", "+15550143381 x7, front desk")
        assert Site.objects.get().zip == "07300"
        Site.objects.update(zip="7300X")
        assert not ray.wants_mail
    page = browser.get(f"/cedar/partners/{acme.pk}/").content.decode()
    assert page.count("can’t be read as a phone number") == 2
    assert "can’t be read as an email address" in page
    assert "7300X can’t be read as a ZIP code" in " ".join(page.split())


def test_somebody_elses_address_is_asked_about_once(browser: Client, cedar: District, acme: Organization) -> None:
    with district(cedar):
        bolt = Organization.objects.create(name="Bolt Electric")
    url, rae = f"/cedar/partners/{bolt.pk}/contacts/new/", {**CONTACT, "name": "Rae", "email": "RAY@acme.example "}
    with district(cedar):
        Contact.objects.update(email="ray@acme.example")
    page = browser.post(url, rae).content.decode()
    assert "This address is Ray Halvorsen’s, of Acme Manufacturing, Inc." in page
    assert re.search(r'type="checkbox"[^>]* name="shared"|name="shared"[^>]* type="checkbox"', page)
    with district(cedar):
        assert not Contact.objects.filter(name="Rae").exists()
    browser.post(url, {**rae, "shared": "on"})
    with district(cedar):
        made = Contact.objects.get(name="Rae")
    edit = f"/cedar/partners/contacts/{made.pk}/"
    assert 'type="checkbox" name="shared"' not in browser.get(edit).content.decode()
    browser.post(edit, {**rae, "email": made.email, "title": "Clerk"})
    with district(cedar):
        made.refresh_from_db()
        assert made.title == "Clerk"  # nobody is asked again about what stays


def test_an_address_that_mail_cannot_go_to_is_flagged(browser: Client, cedar: District, acme: Organization) -> None:
    with district(cedar):
        ray = Contact.objects.get()
    browser.post(f"/cedar/partners/contacts/{ray.pk}/", {**CONTACT, "email": "lucía@acme.example"})
    page = browser.get(f"/cedar/partners/{acme.pk}/").content.decode()
    assert "lucía@acme.example" in page
    assert "has letters that mail can’t be sent to" in page
    with district(cedar):
        ray.refresh_from_db()
        assert not ray.wants_mail


def test_what_is_no_number_is_no_link_to_call(browser: Client, cedar: District, acme: Organization) -> None:
    with district(cedar):
        Contact.objects.update(phone="abc def", mobile="front desk")
        acme.phone = "ask Bob"
        acme.save()
    page = browser.get(f"/cedar/partners/{acme.pk}/").content.decode()
    assert "ask Bob" in page
    assert "tel:" not in page
    assert (phone_href("abc def"), phone_href("+15550143381")) == ("", "tel:+15550143381")


def test_the_second_to_save_sees_the_difference_and_chooses(
    browser: Client, cedar: District, acme: Organization, people: SimpleNamespace, sign_in: Any
) -> None:
    with district(cedar):
        ray = Contact.objects.get()
    address = f"/cedar/partners/contacts/{ray.pk}/"
    seen = seen_in(browser.get(address).content.decode())
    other = sign_in(people.admin)
    other.post(address, {**CONTACT, "title": "Owner", "best_time": "mornings", "seen": seen})
    mine = {**CONTACT, "title": "Boss", "goes_by": "Ray", "seen": seen}
    page = browser.post(address, mine).content.decode()
    assert "Ada Admin" in page
    assert "Theirs, as it is now:" in page
    assert 'name="keep-title"' in page
    assert 'name="keep-best_time"' not in page
    with district(cedar):
        ray.refresh_from_db()
        assert (ray.title, ray.goes_by) == ("Owner", "")
    mine |= {"seen": seen_in(page), "best_time": "mornings"}
    assert "keep-title" in browser.post(address, mine).content.decode(), "a choice is asked for until it is made"
    browser.post(address, {**mine, "keep-title": "mine"})
    with district(cedar):
        ray.refresh_from_db()
        assert (ray.title, ray.goes_by, ray.best_time) == ("Boss", "Ray", "mornings")


def test_what_only_the_other_changed_stays_and_is_told(
    browser: Client, cedar: District, acme: Organization, people: SimpleNamespace, sign_in: Any
) -> None:
    address = f"/cedar/partners/{acme.pk}/edit/"
    seen = seen_in(browser.get(address).content.decode())
    form = {
        "name": acme.name,
        "kind": "employer",
        "stage": "prospect",
        "website": "acme.example",
        "owner": acme.owner_id,
    }
    sign_in(people.admin).post(address, {**form, "industry": "Machine shop", "seen": seen})
    answer = browser.post(address, {**form, "tags": "steel", "seen": seen}, follow=True)
    assert "Kept what somebody else changed meanwhile: Industry" in answer.content.decode()
    with district(cedar):
        acme.refresh_from_db()
        assert (acme.industry, acme.tags) == ("Machine shop", ["steel"])
