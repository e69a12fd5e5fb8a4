"""Where a form goes on is a path of ours; anything else leads to where the form leads by itself, and never to an error."""

import json
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from partners.models import Organization
from wbl.tenancy.conflicts import _read
from wbl.tenancy.models import Change, District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo

ELSEWHERE = ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "foo", "home:today", "/\\evil.example"]


@pytest.fixture
def browser(people: SimpleNamespace, sign_in: Callable[[Any], Client]) -> Client:
    return sign_in(people.coordinator)


@pytest.mark.parametrize("back", ELSEWHERE)
@pytest.mark.parametrize("htmx", [False, True])
def test_nobody_is_sent_elsewhere(
    back: str, htmx: bool, browser: Client, acme: Organization, people: SimpleNamespace, cedar: District
) -> None:
    with district(cedar):
        todo = Todo.open(title="Call Ray", due=cedar.today(), owner=people.coordinator, about=acme)
        change = Change.objects.filter(kind="partners.organization").latest("pk")
    headers = {"HX-Request": "true"} if htmx else {}
    for path, data in (
        (f"/cedar/to-dos/{todo.pk}/closing/", {"next": back}),
        (f"/cedar/history/{change.pk}/return/", {"back": back}),
        (f"/cedar/partners/{acme.pk}/stage/", {"stage": "active", "stage_reason": "", "next": back}),
    ):
        answer = browser.post(path, data, headers=headers)
        to = answer.headers.get("HX-Redirect") or answer.headers.get("Location")
        assert to is not None, path
        assert to.startswith("/cedar/"), path


def test_a_path_of_ours_may_hold_anything(browser: Client, acme: Organization, cedar: District) -> None:
    with district(cedar):
        change = Change.objects.filter(kind="partners.organization").latest("pk")
    for path in ("/cedar/partners/?q=Ω", "/cedar/partners/?q=a\nX-Evil: 1"):
        answer = browser.post(f"/cedar/history/{change.pk}/return/", {"back": path}, headers={"HX-Request": "true"})
        assert answer["HX-Redirect"].startswith("/cedar/partners/?q=")
        assert "X-Evil" not in answer


def test_a_forged_note_of_what_a_form_showed_is_no_note() -> None:
    assert _read("[" * 100_000) == ({}, {})
    assert _read(json.dumps({"was": 1, "told": {"name": 2}})) == ({}, {"name": "2"})
