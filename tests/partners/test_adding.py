"""A partner and its first person in one form; and acting on a partner leads back to where one began."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from partners.models import Contact, Organization, TimelineEntry
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

NEW = {"name": "Verdigris Sheet Metal", "kind": "employer", "stage": "prospect"}
JO = {"person_name": "Jo Vance", "person_title": "Shop lead", "person_email": "jo@verdigris.example"}


@pytest.fixture
def browser(people: SimpleNamespace, sign_in: Any) -> Client:
    return sign_in(people.coordinator)


def add(browser: Client, **typed: str) -> str:
    answer = browser.post("/cedar/partners/new/", NEW | typed)
    return answer.content.decode()


def test_a_partner_and_its_first_person_are_added_at_once(browser: Client, cedar: District) -> None:
    add(browser, **JO, person_phone="918-555-0142 x12")
    with district(cedar):
        jo = Contact.objects.select_related("organization").get(name="Jo Vance")
        assert (jo.organization.name, jo.title, jo.email) == (NEW["name"], "Shop lead", JO["person_email"])
        assert (jo.phone, jo.phone_ext) == ("+19185550142", "12")


def test_without_a_person_there_is_none(browser: Client, cedar: District) -> None:
    add(browser, person_name=" ", person_phone="")
    with district(cedar):
        assert not Organization.objects.get(name=NEW["name"]).contacts.exists()


def test_a_phone_without_a_name_asks_whose_it_is_and_nothing_is_lost(browser: Client, cedar: District) -> None:
    page = add(browser, person_phone="918-555-0142", employees="40", notes="Met at the fair")
    assert "Write the person’s name" in page
    assert all(f'value="{typed}"' in page for typed in ("918-555-0142", "40", NEW["name"]))
    assert "Met at the fair" in page
    assert '<details class="behind" open' in page
    with district(cedar):
        assert not Organization.objects.filter(name=NEW["name"]).exists()


def test_the_persons_email_speaks_for_a_partner_on_file(browser: Client, cedar: District) -> None:
    with district(cedar):
        Organization.objects.create(name="Verdigris Metal Shop").contacts.create(
            name="J. V.", email="JO@verdigris.example"
        )
    typed = {"name": "Verdigris Metals", "person_email": "jo@verdigris.example"}
    assert "a person with the same email" in browser.get("/cedar/partners/new/alike/", typed).content.decode()
    assert "Is it this one, on file already?" in add(browser, **JO | typed)
    add(browser, **JO | typed, another="on")
    with district(cedar):
        assert Contact.objects.filter(name="Jo Vance").count() == 1


def test_the_first_persons_address_may_be_somebody_elses(browser: Client, cedar: District) -> None:
    with district(cedar):
        Organization.objects.create(name="Zebra Bakery").contacts.create(name="Ana Ruiz", email="ana@gmail.com")
    typed = {**JO, "person_email": "ana@gmail.com"}
    page = add(browser, **typed)
    assert "This address is Ana Ruiz’s, of Zebra Bakery." in page
    assert 'name="another"' in page
    add(browser, **typed, another="on")
    with district(cedar):
        assert Contact.objects.filter(name="Jo Vance").count() == 1


def test_the_number_of_partners_is_counted_anew_when_one_comes_or_goes(browser: Client, cedar: District) -> None:
    def heading() -> int:
        return int(re.search(r'page-head__aside">(\d+)<', browser.get("/cedar/partners/").content.decode())[1])  # type: ignore[index]

    was = heading()
    add(browser, **JO)
    assert heading() == was + 1
    with district(cedar):
        made = Organization.objects.get(name=NEW["name"])
    browser.post(f"/cedar/partners/{made.pk}/archive/")
    assert heading() == was
    assert "/cedar/reports/pipeline/#map" in browser.get("/cedar/partners/").content.decode()


def behind(page: str) -> dict[str, str]:
    return {"HX-Request": "true", "HX-Current-URL": page}


def test_a_call_logged_in_a_dialog_leads_back_to_the_page_behind(
    browser: Client, acme: Organization, cedar: District
) -> None:
    address, said = f"/cedar/partners/{acme.pk}/log/", {"kind": "call", "summary": "Asked for a tour"}
    here = "/cedar/partners/next-asks/?whose=all"
    answer = browser.post(address, said, headers=behind(f"http://testserver{here}"))
    assert answer["HX-Redirect"] == here
    elsewhere = browser.post(address, said, headers=behind("https://elsewhere.example/cedar/"))
    assert elsewhere["HX-Redirect"] == browser.post(address, said)["Location"] == f"/cedar/partners/{acme.pk}/"
    page = browser.get(here).content.decode()
    assert f'name="next" value="{here}"' in page  # the toast's Undo
    with district(cedar):
        entry = TimelineEntry.objects.filter(kind="call").latest("pk")
    assert browser.post(f"/cedar/partners/entries/{entry.pk}/removal/", {"next": here})["Location"] == here


def test_not_now_is_said_in_the_list_and_leads_back_to_it(browser: Client, acme: Organization, cedar: District) -> None:
    answer = browser.post(
        f"/cedar/partners/{acme.pk}/not-now/?type=tour&next=/cedar/partners/next-asks/%3Fpage=2",
        {"type": "tour", "until": str(cedar.today().replace(year=cedar.today().year + 1)), "note": ""},
    )
    assert answer["Location"] == "/cedar/partners/next-asks/?page=2"
