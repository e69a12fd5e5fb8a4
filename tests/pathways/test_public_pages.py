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
        acme.website = "acme.example"
        acme.save()
    named = Client().get(f"{BASE}/pathways/{pathway.pk}/").content
    assert b"Acme" in named
    assert b'href="https://acme.example"' in named


def test_the_pathways_page_says_who_agreed_to_be_named_and_leads_to_the_answer(
    cedar: District, pathway: Pathway, people: SimpleNamespace, sign_in: Any
) -> None:
    with district(cedar):
        tie = pathway.ties.get()
    here = f"/cedar/pathways/{pathway.pk}/"
    page = sign_in(people.coordinator).get(here).content.decode()
    assert f'href="{here}ties/{tie.pk}/"' in page
    assert "not named in public" in " ".join(page.split())
    with district(cedar):
        pathway.ties.update(agreed_on=cedar.today())
    assert "not named in public" not in sign_in(people.viewer).get(here).content.decode()


def test_families_read_whom_to_ask_once_the_district_names_somebody(
    cedar: District, pathway: Pathway, people: SimpleNamespace, sign_in: Any
) -> None:
    with district(cedar):
        pathway.publish(by=people.coordinator)
    for address in (f"{BASE}/", f"{BASE}/pathways/{pathway.pk}/"):
        assert b"Questions?" not in Client().get(address).content
    admin = sign_in(people.admin)
    page = admin.get("/cedar/settings/district/")
    sent = {name: value for name, value in page.context["form"].initial.items() if value is not None}
    contact = {
        "public_contact": "Office of work-based learning",
        "public_email": "wbl@cedar.example",
        "public_phone": "405 555 0142",
    }
    assert admin.post("/cedar/settings/district/", {**sent, **contact}).status_code == 302
    for address in (f"{BASE}/", f"{BASE}/pathways/{pathway.pk}/"):
        read = Client().get(address).content.decode()
        for words in ("Questions?", "Office of work-based learning", "mailto:wbl@cedar.example", "tel:4055550142"):
            assert words in read


def test_another_districts_pages_do_not_show_it(
    cedar: District, rival: District, pathway: Pathway, people: SimpleNamespace
) -> None:
    with district(cedar):
        pathway.publish(by=people.coordinator)
    assert Client().get(f"{BASE}/pathways/{pathway.pk}/").status_code == 200
    assert Client().get(f"/prairie/work-based-learning/pathways/{pathway.pk}/").status_code == 404
    assert b"Precision" not in Client().get("/prairie/work-based-learning/").content
