"""The ladder on the pages: reasons from placements, offers and pathways, putting off, and what did not go well."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partners.models import NotNow, Offer, Organization, TimelineEntry
from pathways.models import Pathway, Tie
from placements.models import Event
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


@pytest.fixture
def browser(people: SimpleNamespace, sign_in: Any) -> Client:
    return sign_in(people.coordinator)


@pytest.fixture
def known(cedar: District, acme: Organization) -> Organization:
    """Acme hosted a tour in summer, offers two a year and an internship; its pathway has no other seat."""
    with district(cedar):
        acme.stage, acme.last_contact_at = "active", timezone.now()
        acme.save()
        Event.objects.create(
            type="tour", organization=acme, day=cedar.today() - dt.timedelta(days=40), begins=dt.time(9)
        )
        Offer.objects.create(organization=acme, type="tour", seats=24, times=2)
        made = Pathway.objects.create(name="Precision Manufacturing", cluster="advanced_manufacturing", students=90)
        Tie.objects.create(pathway=made, organization=acme, role="employer")
    return acme


def words(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_next_ask_says_why(browser: Client, cedar: District, known: Organization) -> None:
    page = words(browser.get(f"/cedar/partners/{known.pk}/next-ask/"))
    assert "They offer it, 1 left this school year." in page
    assert "Precision Manufacturing has no exploration seat." in page
    assert "Workplace tour: 1 of 2 times" in page
    everyone = words(browser.get("/cedar/partners/next-asks/"))
    assert "Acme Manufacturing" in everyone
    assert "?asked_for=" in everyone
    assert 'value="tour" selected' in words(browser.get(f"/cedar/partners/{known.pk}/log/?asked_for=tour"))


def test_not_now_goes_away_and_comes_back_by_itself(browser: Client, cedar: District, known: Organization) -> None:
    day = cedar.today() + dt.timedelta(days=30)
    browser.post(
        f"/cedar/partners/{known.pk}/not-now/", {"type": "tour", "until": day.isoformat(), "note": "Inventory"}
    )
    page = words(browser.get(f"/cedar/partners/{known.pk}/next-ask/"))
    assert "asked_for=tour" not in page
    assert "Workplace tour: not before" in page
    assert "Choose a day to come." in words(
        browser.post(f"/cedar/partners/{known.pk}/not-now/", {"type": "tour", "until": cedar.today().isoformat()})
    )
    with district(cedar):
        NotNow.objects.update(until=cedar.today())
    assert "asked_for=tour" in words(browser.get(f"/cedar/partners/{known.pk}/next-ask/"))
    assert "ask again, workplace tour" in words(browser.get("/cedar/"))


def test_what_did_not_go_well_rests_the_ladder_until_it_is_taken_back(
    browser: Client, cedar: District, known: Organization
) -> None:
    with district(cedar):
        entry = known.record(kind="visit", summary="Tour")
    browser.post(f"/cedar/partners/entries/{entry.pk}/trouble/", {"note": "Nobody opened the gate"})
    page = words(browser.get(f"/cedar/partners/{known.pk}/next-ask/"))
    assert "“Nobody opened the gate”" in page
    assert "?asked_for=" not in page
    assert "It did not go well" in words(browser.get(f"/cedar/partners/{known.pk}/"))
    browser.post(f"/cedar/partners/entries/{entry.pk}/trouble/removal/")
    assert "?asked_for=" in words(browser.get(f"/cedar/partners/{known.pk}/next-ask/"))
    with district(cedar):
        assert TimelineEntry.objects.get(pk=entry.pk).bad_by is None


@pytest.mark.parametrize("partners", [1, 12])
def test_the_list_of_next_asks_asks_a_constant_number_of_queries(
    browser: Client,
    cedar: District,
    known: Organization,
    people: Any,
    partners: int,
    django_assert_max_num_queries: Any,
) -> None:
    with district(cedar):
        for n in range(partners - 1):
            other = Organization.objects.create(
                name=f"P{n}", stage="active", owner=people.coordinator, last_contact_at=timezone.now()
            )
            Offer.objects.create(organization=other, type="speaker", times=1)
    with django_assert_max_num_queries(24):
        browser.get("/cedar/partners/next-asks/")


def test_the_list_of_partners_is_filtered_by_what_they_offer_now(
    browser: Client, cedar: District, known: Organization
) -> None:
    assert "Acme" in words(browser.get("/cedar/partners/?offers=tour"))
    with district(cedar):
        Offer.objects.update(paused_until=cedar.today() + dt.timedelta(days=9))
    assert "No partner fits" in words(browser.get("/cedar/partners/?offers=tour"))
