"""What no page of ours would send is answered, never an error."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from partners.models import Organization
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo


@pytest.mark.parametrize(
    "path",
    [
        "/%00/",
        "/%00",
        "/a%00b/partners/",
        "/cedar/mail/templates/%00/",
        "/accounts/%00/",
        "/" + "a" * 3000 + "/",
        "/%F0%9F%91%A9/",
        "/../x/",
    ],
)
def test_an_address_that_is_none(path: str, client: Client, cedar: District) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("number", [0, 2**63, 10**30])
def test_a_record_of_a_number_that_none_has(
    number: int, people: SimpleNamespace, cedar: District, sign_in: Callable[[Any], Client]
) -> None:
    marisol = sign_in(people.coordinator)
    for place in ("partners", "partners/contacts", "placements", "pathways", "councils", "mail/messages", "history"):
        assert marisol.get(f"/cedar/{place}/{number}/").status_code in (404, 405), place


def test_a_file_of_a_kind_that_there_is_not(
    acme: Organization, people: SimpleNamespace, sign_in: Callable[[Any], Client]
) -> None:
    marisol = sign_in(people.coordinator)
    for name in ("partners/export", f"partners/{acme.pk}/asks/export", "placements/list/export", "reports/partners"):
        assert marisol.get(f"/cedar/{name}.exe").status_code == 404, name


def test_the_students_of_a_number_that_is_none(people: SimpleNamespace, sign_in: Callable[[Any], Client]) -> None:
    marisol = sign_in(people.coordinator)
    for number in ("%C2%B2", "9" * 30, "9" * 5_000, "-1", "%00"):
        for axis in ("school", "pathway"):
            address = f"/cedar/reports/participation/students/?{axis}={number}"
            assert marisol.get(address).status_code == 404, address


def test_older_dates_of_a_rule_are_ticked_by_numbers_alone(
    people: SimpleNamespace, cedar: District, sign_in: Callable[[Any], Client]
) -> None:
    address = "/cedar/mail/rules/partners.follow_up_due/older/"
    answer = sign_in(people.coordinator).post(address, {"record": ["9" * 5_000, "²", "x", "9" * 30]})
    assert answer.status_code in (302, 303)


@pytest.mark.parametrize("slug", ["-1", "a-", "a_b", "admin", "rival", "x" * 60])
def test_a_district_gets_no_address_that_none_may_have(
    slug: str, people: SimpleNamespace, cedar: District, rival: District, sign_in: Callable[[Any], Client]
) -> None:
    slug = rival.slug if slug == "rival" else slug
    answer = sign_in(people.operator).post("/operator/cedar/address/", {"slug": slug})
    assert answer.status_code == 422
    cedar.refresh_from_db()
    assert cedar.slug == "cedar"


def test_a_call_is_logged_without_a_word_on_what_was_asked(
    acme: Organization, people: SimpleNamespace, cedar: District, sign_in: Callable[[Any], Client]
) -> None:
    with district(cedar):
        todo = Todo.open(title="Call Ray", due=cedar.today(), owner=people.coordinator, about=acme, kind="call")
    address = f"/cedar/partners/calls/{todo.pk}/"
    answer = sign_in(people.coordinator).post(address, {"asking": "on", "summary": "Said yes", "kind": "call"})
    assert answer.status_code in (200, 302, 303, 422)
