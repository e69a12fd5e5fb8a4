"""A coordinator lays a pathway: parts are added, changed, moved and removed with plain forms."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from partners.models import Organization
from pathways.models import Pathway, Step
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


@pytest.fixture
def marisol(people: SimpleNamespace, sign_in: Any) -> Client:
    return sign_in(people.coordinator)


def names(cedar: District, pathway: Pathway) -> list[str]:
    with district(cedar):
        return [step.name for step in pathway.steps.all()]


def test_a_pathway_with_five_steps_from_nothing(cedar: District, marisol: Client) -> None:
    marisol.post("/cedar/pathways/new/", {"name": "Welding", "cluster": "construction"})
    with district(cedar):
        made = Pathway.objects.get()
    for number in range(5):
        sent = {"grade": f"Grade {8 + number}", "name": f"Welding {number}", "kind": "course"}
        marisol.post(f"/cedar/pathways/{made.pk}/steps/new/", sent)
    assert names(cedar, made) == [f"Welding {n}" for n in range(5)]
    job = {"title": "Welder", "soc": "51-4121", "wage": "21.50", "openings": "80", "source": "Board, 2026"}
    assert marisol.post(f"/cedar/pathways/{made.pk}/occupations/new/", job).status_code == 303
    page = marisol.get(f"/cedar/pathways/{made.pk}/").content.decode()
    assert page.count('class="stop"') == 5
    assert "Board, 2026" in page


def test_a_step_moves_and_goes_with_what_hangs_on_it(cedar: District, pathway: Pathway, marisol: Client) -> None:
    with district(cedar):
        middle = pathway.steps.get(name="Blueprint")
    base = f"/cedar/pathways/{pathway.pk}/steps/{middle.pk}"
    marisol.post(f"{base}/place/", {"by": "-1"})
    assert names(cedar, pathway) == ["Blueprint", "Intro", "Machining I"]
    marisol.post(f"{base}/place/", {"by": "-1"})
    assert names(cedar, pathway) == ["Blueprint", "Intro", "Machining I"]
    marisol.post(f"{base}/removal/")
    assert names(cedar, pathway) == ["Intro", "Machining I"]
    assert "First aid card" not in marisol.get(f"/cedar/pathways/{pathway.pk}/").content.decode()


@pytest.mark.parametrize(
    ("kind", "sent"),
    [
        ("entries", {"who": "Adults", "condition": ""}),
        ("credentials", {"name": "CNC", "stacks": "on"}),
        ("experiences", {"type": "tour", "hours": ""}),
    ],
)
def test_parts_hang_on_steps_of_this_pathway_alone(
    cedar: District, pathway: Pathway, marisol: Client, kind: str, sent: dict[str, str]
) -> None:
    with district(cedar):
        own = pathway.steps.first()
        other = Pathway.objects.create(name="Nursing", cluster="health").append_step(grade="9", name="Care")
    address = f"/cedar/pathways/{pathway.pk}/{kind}/new/"
    assert marisol.post(address, {**sent, "step": other.pk}).status_code == 422
    assert marisol.post(address, {**sent, "step": own.pk}).status_code == 303


def test_support_that_ends_before_it_begins_is_refused(cedar: District, pathway: Pathway, marisol: Client) -> None:
    with district(cedar):
        first, _middle, last = pathway.steps.all()
    sent = {"name": "Bus", "first_step": last.pk, "last_step": first.pk}
    answer = marisol.post(f"/cedar/pathways/{pathway.pk}/services/new/", sent)
    assert answer.status_code == 422
    assert b"It ends before it begins" in answer.content
    sent |= {"first_step": first.pk, "last_step": last.pk}
    assert marisol.post(f"/cedar/pathways/{pathway.pk}/services/new/", sent).status_code == 303


def test_a_partner_is_tied_by_name_and_only_once(
    cedar: District, pathway: Pathway, acme: Organization, marisol: Client
) -> None:
    address = f"/cedar/pathways/{pathway.pk}/ties/new/"
    assert marisol.post(address, {"organization": "acme", "role": "provider"}).status_code == 303
    again = marisol.post(address, {"organization": "Acme Manufacturing, Inc.", "role": "provider"})
    assert again.status_code == 422
    assert b"has that part already" in again.content
    assert b"No partner is called" in marisol.post(address, {"organization": "Bolt", "role": "provider"}).content


def test_a_wrong_wage_code_or_name_is_said_at_its_field(cedar: District, pathway: Pathway, marisol: Client) -> None:
    job = {"title": "Welder", "soc": "welding", "wage": "-3", "openings": "many", "source": ""}
    answer = marisol.post(f"/cedar/pathways/{pathway.pk}/occupations/new/", job)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"soc", "wage", "openings", "source"}
    taken = marisol.post("/cedar/pathways/new/", {"name": pathway.name, "cluster": "health"})
    assert b"There is a pathway of this name already." in taken.content


def test_a_viewer_looks_and_a_stranger_finds_nothing(pathway: Pathway, people: SimpleNamespace, sign_in: Any) -> None:
    assert sign_in(people.viewer).get(f"/cedar/pathways/{pathway.pk}/").status_code == 200
    assert sign_in(people.viewer).get(f"/cedar/pathways/{pathway.pk}/edit/").status_code == 403
    assert sign_in(people.rival_admin).get(f"/cedar/pathways/{pathway.pk}/").status_code == 404
    assert sign_in(people.rival_admin).get(f"/prairie/pathways/{pathway.pk}/").status_code == 404


def test_two_who_move_steps_at_once_keep_one_line(cedar: District, pathway: Pathway) -> None:
    with district(cedar):
        for step in list(pathway.steps.all()):
            step.move(by=1)
        orders = list(Step.objects.filter(pathway=pathway).values_list("order", flat=True))
    assert sorted(orders) == [1, 2, 3]
