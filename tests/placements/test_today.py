"""What Today says of placements and events."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.test import Client
from django.utils import timezone

from placements.models import HoursEntry
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

SignIn = Callable[[Any], Client]


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_missing_papers_near_ends_hours_and_rolls_are_on_the_morning_page(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    with district(cedar):
        for placement in (school_year.of_hattie, school_year.of_jaylen):
            placement.activate(by=people.coordinator)
        school_year.of_hattie.ends = school_year.today + dt.timedelta(9)
        school_year.of_hattie.save()
        HoursEntry.objects.create(
            placement=school_year.of_hattie, date=school_year.today, hours="3.5", confirmed_at=timezone.now()
        )
        school_year.talk.day = school_year.today - dt.timedelta(2)
        school_year.talk.save()
    page = words(sign_in(people.coordinator).get("/cedar/"))
    assert "Hattie Brandvold</a> is on site without the consent of the family" in page
    assert "ends " in page
    assert "in 9 days" in page
    assert ">3.5 hours</a> for Hattie Brandvold" in page
    assert "2 days late" in page
    assert "Call the roll" in page


def test_staff_read_of_their_own_schools_alone(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    with district(cedar):
        for placement in (school_year.of_hattie, school_year.of_jaylen):
            placement.activate(by=people.coordinator)
    page = words(sign_in(people.staff).get("/cedar/?whose=all"))
    assert "Hattie Brandvold" in page
    assert "Jaylen Mott" not in page


def test_a_complete_placement_is_not_mentioned(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    with district(cedar):
        for step in ("consented", "agreed"):
            school_year.of_hattie.tick(step=step, by=people.coordinator)
        school_year.of_hattie.activate(by=people.coordinator)
    assert "Hattie" not in words(sign_in(people.coordinator).get("/cedar/"))


def test_only_ones_own_placements_unless_everybodys_are_asked_for(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    with district(cedar):
        school_year.of_hattie.activate(by=people.coordinator)
    browser = sign_in(people.admin)
    assert "Hattie" not in words(browser.get("/cedar/"))
    assert "Hattie" in words(browser.get("/cedar/?whose=all"))
