"""Seats by level: from the open offers of employers tied to the pathway; a number opens its list."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.models import Offer, Organization
from pathways import coverage
from pathways.models import Pathway
from tests.pathways.conftest import lay
from wbl.continuum.models import TypeChoice
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


def seats(pathway: Pathway) -> list[int]:
    return [cell.seats for cell in coverage.table([pathway])[0].cells]


def test_open_offers_of_tied_employers_count_and_others_do_not(
    cedar: District, pathway: Pathway, acme: Organization
) -> None:
    with district(cedar):
        assert seats(pathway) == [24, 0, 0, 1]
        other = Organization.objects.create(name="Not tied")
        Offer.objects.create(organization=other, type="tour", seats=99)
        assert seats(pathway) == [24, 0, 0, 1]
        acme.archive()
        assert seats(pathway) == [0, 0, 0, 0]


def test_a_district_that_moves_a_type_moves_its_seats(cedar: District, pathway: Pathway) -> None:
    with district(cedar):
        TypeChoice.objects.create(type="tour", level="exploration")
        assert seats(pathway) == [0, 24, 0, 1]


@pytest.mark.parametrize(
    ("count", "students", "heat"), [(0, 100, 0), (9, 100, 1), (11, 100, 2), (60, 100, 3), (200, 100, 4), (5, None, 1)]
)
def test_a_cell_is_darker_the_more_seats_a_student_has(count: int, students: int | None, heat: int) -> None:
    assert coverage.heat(count, students) == heat


def test_a_number_opens_its_list(pathway: Pathway, people: SimpleNamespace, sign_in: Any) -> None:
    vera = sign_in(people.viewer)
    page = vera.get(f"/cedar/pathways/{pathway.pk}/").content.decode()
    assert f"/cedar/pathways/{pathway.pk}/seats/training/" in page
    behind = vera.get(f"/cedar/pathways/{pathway.pk}/seats/training/").content.decode()
    assert "Acme" in behind
    assert "counts as one" in behind
    assert "No seat yet" in vera.get(f"/cedar/pathways/{pathway.pk}/seats/exploration/").content.decode()
    assert vera.get(f"/cedar/pathways/{pathway.pk}/seats/nonsense/").status_code == 404


def test_the_list_asks_as_often_for_three_as_for_one(
    cedar: District, pathway: Pathway, people: SimpleNamespace, sign_in: Any
) -> None:
    vera = sign_in(people.viewer)
    vera.get("/cedar/pathways/")
    with CaptureQueriesContext(
        connection,
    ) as one:
        vera.get("/cedar/pathways/")
    with district(cedar):
        lay("Second")
        lay("Third")
    with CaptureQueriesContext(connection) as three:
        vera.get("/cedar/pathways/")
    assert len(three) == len(one)
