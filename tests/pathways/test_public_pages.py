"""Anyone sees what is published, and nothing else."""

from types import SimpleNamespace
from typing import Any

from django.test import Client

from partners.models import Organization
from pathways.models import Pathway
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

BASE = "/cedar/work-based-learning"


def test_a_family_reads_a_published_pathway_with_its_steps_and_wages(
    cedar: District, pathway: Pathway, people: SimpleNamespace, sign_in: Any
) -> None:
    address = f"{BASE}/pathways/{pathway.pk}/"
    assert Client().get(address).status_code == 404
    sign_in(people.coordinator).post(f"/cedar/pathways/{pathway.pk}/publication/")
    page = Client().get(address).content.decode()
    for words in (
        "Precision Manufacturing",
        "Any 8th grader",
        "NIMS Measurement",
        "$18.40 an hour",
        "Board, August 2026",
    ):
        assert words in page
    assert "<svg" in page
    assert "Precision Manufacturing" in Client().get(f"{BASE}/").content.decode()


def test_what_is_withdrawn_or_archived_is_gone(
    cedar: District, pathway: Pathway, people: SimpleNamespace, sign_in: Any
) -> None:
    marisol, address = sign_in(people.coordinator), f"{BASE}/pathways/{pathway.pk}/"
    marisol.post(f"/cedar/pathways/{pathway.pk}/publication/")
    marisol.post(f"/cedar/pathways/{pathway.pk}/withdrawal/")
    assert Client().get(address).status_code == 404
    marisol.post(f"/cedar/pathways/{pathway.pk}/publication/")
    assert Client().get(address).status_code == 200
    marisol.post(f"/cedar/pathways/{pathway.pk}/archive/")
    assert Client().get(address).status_code == 404


def test_partners_are_named_only_after_they_agreed(
    cedar: District, pathway: Pathway, acme: Organization, people: SimpleNamespace
) -> None:
    with district(cedar):
        pathway.publish(by=people.coordinator)
    assert b"Acme" not in Client().get(f"{BASE}/pathways/{pathway.pk}/").content
    with district(cedar):
        pathway.ties.update(agreed_on=cedar.today())
    assert b"Acme" in Client().get(f"{BASE}/pathways/{pathway.pk}/").content


def test_another_districts_pages_do_not_show_it(
    cedar: District, rival: District, pathway: Pathway, people: SimpleNamespace
) -> None:
    with district(cedar):
        pathway.publish(by=people.coordinator)
    assert Client().get(f"{BASE}/pathways/{pathway.pk}/").status_code == 200
    assert Client().get(f"/prairie/work-based-learning/pathways/{pathway.pk}/").status_code == 404
    assert b"Precision" not in Client().get("/prairie/work-based-learning/").content
