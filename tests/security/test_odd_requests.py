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


def test_a_call_is_logged_without_a_word_on_what_was_asked(
    acme: Organization, people: SimpleNamespace, cedar: District, sign_in: Callable[[Any], Client]
) -> None:
    with district(cedar):
        todo = Todo.open(title="Call Ray", due=cedar.today(), owner=people.coordinator, about=acme, kind="call")
    address = f"/cedar/partners/calls/{todo.pk}/"
    answer = sign_in(people.coordinator).post(address, {"asking": "on", "summary": "Said yes", "kind": "call"})
    assert answer.status_code in (200, 302, 303, 422)
