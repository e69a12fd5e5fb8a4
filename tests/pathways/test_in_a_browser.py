"""A pathway in a real browser: it fits a phone, the list stands open there, axe finds nothing, it is laid by hand."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pathways.models import Pathway
from wbl.accounts.models import User
from wbl.local.browser import violations
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _orm_beside_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def opened(browser_page: Callable[..., Any], live_server: Any, sign_in: Callable[[User], Client], people: Any) -> Any:
    """Opens a browser in which the coordinator is signed in."""

    def page_of(**options: Any) -> Any:
        page = browser_page(**options)
        value = sign_in(people.coordinator).cookies["wbl_session"].value
        page.context.add_cookies([{"name": "wbl_session", "value": value, "url": live_server.url}])
        return page

    return page_of


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_fit_and_are_accessible(
    cedar: District, pathway: Pathway, people: Any, opened: Any, width: int, scheme: str
) -> None:
    with district(cedar):
        pathway.publish(by=people.coordinator)
    page = opened(width=width, color_scheme=scheme, bypass_csp=True)  # axe styles what it tests
    for path in (
        "pathways/",
        f"pathways/{pathway.pk}/",
        f"pathways/{pathway.pk}/edit/",
        f"pathways/{pathway.pk}/seats/training/",
        "work-based-learning/",
        f"work-based-learning/pathways/{pathway.pk}/",
    ):
        page.goto(f"/cedar/{path}")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


@pytest.mark.parametrize(("width", "is_open"), [(360, True), (1280, False)])
def test_on_a_phone_the_map_stands_there_as_a_list(pathway: Pathway, opened: Any, width: int, is_open: bool) -> None:
    page = opened(width=width)
    page.goto(f"/cedar/pathways/{pathway.pk}/")
    assert page.locator("#map-list").is_visible() is is_open


def test_a_step_and_a_partner_are_added_in_the_dialog(cedar: District, pathway: Pathway, opened: Any) -> None:
    page = opened()
    page.goto(f"/cedar/pathways/{pathway.pk}/edit/")
    page.get_by_role("link", name="Step", exact=True).click()
    dialog = page.locator("#dialog[open]")
    dialog.get_by_label("Grade or place").fill("College")
    dialog.get_by_label("Name").fill("Degree")
    dialog.get_by_role("button", name="Add").click()
    page.get_by_role("link", name="College, Degree").wait_for()
    page.get_by_role("link", name="Partner", exact=True).click()
    field = dialog.get_by_label("Partner")
    field.press_sequentially("acm", delay=30)
    page.locator("#dialog datalist option[value='Acme Manufacturing, Inc.']").wait_for(state="attached")
    field.fill("Nobody of this name")
    dialog.get_by_role("button", name="Add").click()
    dialog.get_by_text("No partner is called").wait_for()
    with district(cedar):
        assert pathway.steps.count() == 4
