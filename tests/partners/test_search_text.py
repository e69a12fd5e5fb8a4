"""One box finds what stands about partners outside their names, and says where."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partners.models import Contact, Organization, TimelineEntry
from partners.search_text import around, find_text
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme(in_cedar: District, people: SimpleNamespace) -> Organization:
    acme = Organization.objects.create(
        name="Acme", phone="+15805550142", website="https://shop.acme-tools.example", tags=["host site"],
        notes="Gave us 20% off lathes_old", industry="Machine shop", source_detail="Rotary club",
    )  # fmt: skip
    ann = Contact.objects.create(
        organization=acme, name="Ann Lee", email="lee@acme-tools.example", mobile="+15805559911"
    )
    TimelineEntry.objects.create(
        organization=acme, contact=ann, kind="mail_in", summary="Re: the tour", at=timezone.now(), by=people.coordinator,
        body="We would love to show the plasma cutter to your students, Tuesdays only.",
    )  # fmt: skip
    Organization.objects.create(name="Beta", notes="nothing of the kind")
    return acme


@pytest.mark.parametrize(
    "typed, what, said",
    [
        ("5550142", "phone", "(580) 555-0142"),
        ("555-99", "phone", "(580) 555-9911"),
        ("acme-tools", "web", "https://shop.acme-tools.example"),
        ("lee@acme", "email", "lee@acme-tools.example"),
        ("HOST", "tag", "host site"),
        ("20% off", "note", "Gave us 20% off lathes_old"),
        ("rotary", "referred", "Rotary club"),
        ("plasma cut", "timeline", "Re: the tour: "),
        ("tour", "timeline", "Re: the tour"),
    ],
)
def test_words_are_found_where_they_stand(acme: Organization, typed: str, what: str, said: str) -> None:
    found = {each.what: each.said for each in find_text(typed)}
    assert said in found[what]


@pytest.mark.parametrize(
    "typed", ["", "ab", "%%%", "___", "\\\\\\", "'; drop", "\x00\x00\x00\x00", "🦊🦊🦊", "0000 0000"]
)
def test_any_text_is_looked_for_as_itself(acme: Organization, typed: str) -> None:
    assert find_text(typed) == []


def test_the_page_groups_what_it_found_and_says_why(acme: Organization, sign_in, people: SimpleNamespace) -> None:
    browser: Client = sign_in(people.coordinator)
    page = " ".join(browser.get("/cedar/search/", {"q": "plasma"}).content.decode().split())
    assert "Timeline</h2>" in page
    assert "plasma cutter to your students" in page
    exact = " ".join(browser.get("/cedar/search/", {"q": "580-555-0142"}).content.decode().split())
    assert "phone (580) 555-0142" in exact
    assert "Phones and addresses" not in exact


def test_archived_partners_and_other_districts_stay_out(acme: Organization, rival: District) -> None:
    with district(rival):
        assert find_text("plasma") == find_text("rotary") == []
    acme.archive()
    assert find_text("plasma") == find_text("rotary") == []


def test_a_long_text_is_cut_around_the_words() -> None:
    assert around("a " * 100 + "needle" + " b" * 100, ["needle"]).strip("…").count("needle") == 1
    assert len(around("x" * 500, ["y"])) < 90
    cut = around("Wednesday " * 30 + "needle " + "Welcome " * 30, ["needle"]).strip("…").split()
    assert set(cut) == {"Wednesday", "needle", "Welcome"}


def test_a_letter_to_many_stands_once(acme: Organization, people: SimpleNamespace, sign_in: Any) -> None:
    for name in ("Beta Works", "Gamma", "Delta"):
        TimelineEntry.objects.create(
            organization=Organization.objects.create(name=name),
            kind="mail_out",
            summary="Zeppelin day",
            body=f"Hello {name}, a zeppelin",
            at=timezone.now(),
        )
    page = sign_in(people.viewer).get("/cedar/search/?q=zeppelin").content.decode()
    assert page.count("Zeppelin day") == 1
    assert "and 2 more partners" in " ".join(page.split())


def test_the_newest_entries_come_first_and_not_too_many(acme: Organization) -> None:
    TimelineEntry.objects.bulk_create(
        TimelineEntry(organization=acme, kind="call", summary=f"Robotics {n}", at=timezone.now() - dt.timedelta(days=n))
        for n in range(30)
    )
    assert [each.said for each in find_text("robot", limit=3)] == ["Robotics 0", "Robotics 1", "Robotics 2"]


def test_an_old_entry_is_found_behind_hundreds_of_newer_ones(acme: Organization) -> None:
    """The newest two hundred are read first; what they do not hold the index finds."""
    days = [TimelineEntry(organization=acme, kind="call", summary="Lunch", at=timezone.now()) for _ in range(230)]
    TimelineEntry.objects.bulk_create(days)
    TimelineEntry.objects.update(at=timezone.now() - dt.timedelta(days=1))
    old = TimelineEntry.objects.create(
        organization=acme, kind="call", summary="The crane", at=timezone.now() - dt.timedelta(days=900)
    )
    TimelineEntry.objects.create(organization=acme, kind="call", summary="Crane again", at=timezone.now())
    assert [each.entry for each in find_text("crane")][-1] == old
    assert [each.said for each in find_text("crane")] == ["Crane again", "The crane"]


@pytest.mark.parametrize("typed", ["éCOLE", "école", "COLE SAINT", "ecole"])
def test_letters_beyond_ascii_are_found_in_either_case(in_cedar: District, typed: str) -> None:
    Organization.objects.create(name="Beta", notes="Ask the École Saint-Jean")
    assert bool(find_text(typed)) is (typed != "ecole")
