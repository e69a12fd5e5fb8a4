"""Students and partners are named in words: no page carries a list of thousands, and nothing needs a script."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from partners.models import Organization
from placements.models import Student
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

NEW = "/cedar/placements/new/"


def test_a_student_and_a_partner_are_typed(school_year: SimpleNamespace, people: Any, sign_in: Any) -> None:
    marisol = sign_in(people.coordinator)
    first = marisol.get(NEW).content.decode()
    assert "<select" not in first
    assert "Hattie" not in first
    rest = marisol.get(NEW, {"student": "hattie", "partner": "acme"}).content.decode()
    assert "Hattie Brandvold" in rest
    assert "at Acme Manufacturing, Inc." in rest
    typo = marisol.get(NEW, {"student": "Hetty", "partner": "Acne Manufacturing"}).content.decode()
    assert "No student that you can see is called “Hetty”." in typo
    assert "No partner is called “Acne Manufacturing”. Did you mean: Acme Manufacturing, Inc.?" in typo


def test_two_of_one_name_can_be_told_apart(
    cedar: District, school_year: SimpleNamespace, people: Any, sign_in: Any
) -> None:
    marisol = sign_in(people.coordinator)
    with district(cedar):
        twins = [
            Student.objects.create(name="Ana Ruiz", birth_date=dt.date(2010, 3, day), school=people.north)
            for day in (1, 2)
        ]
    asked = marisol.get(NEW, {"student": "Ana Ruiz", "partner": "acme"}).content.decode()
    second = f"Ana Ruiz, North High #{twins[1].pk}"
    assert f"; {second}" in asked
    assert second in marisol.get("/cedar/placements/students/names/", {"student": "ruiz"}).content.decode()
    made = marisol.post(NEW, {"student": second, "partner": "acme", "type": "internship", "starts": "2026-09-01"})
    assert made.status_code == 302
    with district(cedar):
        assert twins[1].placements.count() == 1


def test_who_is_called_exactly_that_is_meant(
    cedar: District, school_year: SimpleNamespace, people: Any, sign_in: Any
) -> None:
    with district(cedar):
        for name in ("Ace", *(f"A{n} Palace" for n in range(12))):
            Organization.objects.create(name=name)
        numbered = [Organization.objects.create(name=f"Store #{n}") for n in (1, 2)]
    marisol = sign_in(people.coordinator)
    assert "with\n        Ace<" in marisol.get("/cedar/placements/events/new/", {"partner": "ace"}).content.decode()
    both = marisol.get("/cedar/placements/events/new/", {"partner": "store"}).content.decode()
    assert "More than one fits: Store #1; Store #2." in both
    named = marisol.get("/cedar/placements/events/new/", {"partner": "Store #2"}).content.decode()
    assert f'value="#{numbered[1].pk}"' in named


def test_students_of_other_schools_are_not_offered(school_year: SimpleNamespace, people: Any, sign_in: Any) -> None:
    """Only who may place students names them; staff don't, whichever their school."""
    address = "/cedar/placements/students/names/"
    assert "Hattie" in sign_in(people.coordinator).get(address, {"student": "hat"}).content.decode()
    assert sign_in(people.staff).get(address, {"student": "hat"}).status_code == 403
