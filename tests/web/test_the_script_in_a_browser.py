"""What static/js/wbl.js adds, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from partners.models import Organization, TimelineEntry
from wbl.accounts.models import User
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "a quiet river in the fall"


@pytest.fixture(autouse=True)
def _orm_beside_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def marisol(browser_page: Callable[..., Any], live_server: Any, sign_in: Callable[[User], Client], people: Any) -> Any:
    """Opens a browser in which she is signed in."""
    people.coordinator.set_password(PASSWORD)
    people.coordinator.save()
    session = sign_in(people.coordinator).cookies["wbl_session"].value

    def opened(**options: Any) -> Any:
        page = browser_page(**options)
        page.context.add_cookies([{"name": "wbl_session", "value": session, "url": live_server.url}])
        return page

    return opened


@pytest.fixture
def page(marisol: Callable[..., Any]) -> Any:
    return marisol()


def entries(cedar: District) -> list[str]:
    """What people wrote: that a first contact moves a prospect on is a line of its own."""
    with district(cedar):
        return list(TimelineEntry.objects.exclude(kind="stage").values_list("summary", flat=True))


def test_keys_never_fire_in_a_field(page: Any, acme: Organization) -> None:
    page.goto("/cedar/partners/")
    page.keyboard.press("/")
    page.keyboard.type("l?gt")
    assert page.evaluate("document.activeElement.value") == "l?gt"
    assert page.locator("dialog[open]").count() == 0


def test_keys_find_log_go_and_list_themselves(page: Any, acme: Organization) -> None:
    page.goto("/cedar/partners/")
    page.keyboard.press("?")
    assert page.locator("#shortcuts[open]").is_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("l")
    page.locator("#dialog[open] form").wait_for()
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    page.keyboard.type("gt")  # at once: the second key has a second and a half
    page.wait_for_url("**/cedar/")


def test_keys_can_be_switched_off(page: Any, people: Any, acme: Organization) -> None:
    User.objects.filter(pk=people.coordinator.pk).update(shortcuts=False)
    page.goto("/cedar/partners/")
    page.keyboard.press("?")
    page.keyboard.press("l")
    page.wait_for_timeout(300)
    assert page.locator("dialog[open]").count() == 0


def test_a_dialog_shows_what_is_wrong_and_closes_when_it_is_right(
    page: Any, cedar: District, acme: Organization
) -> None:
    page.goto(f"/cedar/partners/{acme.pk}/")
    page.keyboard.press("l")
    page.click("#dialog button.btn--primary")
    page.locator("#dialog .field__error").wait_for()
    assert page.evaluate("document.activeElement.name") == "summary"
    page.fill("#dialog [name=summary]", "Will take one intern")
    page.keyboard.press("Enter")
    page.locator(".toast").wait_for()
    assert page.locator("dialog[open]").count() == 0
    assert entries(cedar) == ["Will take one intern"]


def test_signed_out_meanwhile_the_same_request_is_repeated(page: Any, cedar: District, acme: Organization) -> None:
    page.goto(f"/cedar/partners/{acme.pk}/")
    page.keyboard.press("l")
    page.fill("#dialog [name=summary]", "Not lost")
    page.context.clear_cookies(name="wbl_session")
    page.click("#dialog button.btn--primary")
    again = page.locator("dialog[open]").last
    again.locator("[name=login]").fill("coordinator@example.org")
    again.locator("[name=password]").fill("wrong")
    again.locator("[name=password]").press("Enter")
    page.get_by_text("That did not match").wait_for()
    assert entries(cedar) == []
    again.locator("[name=password]").fill(PASSWORD)
    again.locator("[name=password]").press("Enter")
    page.locator(".toast").wait_for()
    assert entries(cedar) == ["Not lost"]


def test_rows_are_ticked_alone_in_a_range_and_all(page: Any, cedar: District, people: Any) -> None:
    with district(cedar):
        for name in ("Acme", "Bluestem", "Cottonwood", "Delgado"):
            Organization.objects.create(name=name)
    page.goto("/cedar/partners/")
    bar = page.locator("[data-bulk]")
    assert bar.is_hidden()
    boxes = page.locator("tbody .tick .check")
    boxes.nth(1).click()
    boxes.nth(3).click(modifiers=["Shift"])
    assert page.locator("[data-bulk-count]").inner_text() == "3 selected"
    page.locator("thead .check").click()
    assert page.locator("[data-bulk-count]").inner_text() == "4 selected"
    page.click("[data-bulk-clear]")
    assert bar.is_hidden()


def test_a_chosen_theme_stays(page: Any, acme: Organization) -> None:
    page.goto("/cedar/partners/")
    page.locator("[data-theme-toggle]:visible").click()
    page.reload()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_a_filter_acts_when_it_is_chosen_and_its_address_is_short(page: Any, acme: Organization) -> None:
    page.goto("/cedar/partners/")
    page.select_option("select[name=stage]", "active")
    page.wait_for_url("**/cedar/partners/?stage=active")


def test_it_works_without_the_script(marisol: Any, cedar: District, acme: Organization) -> None:
    page = marisol(java_script_enabled=False)
    page.goto(f"/cedar/partners/{acme.pk}/")
    page.click("text=Log a contact")
    page.fill("[name=summary]", "By hand")
    page.click("main button.btn--primary")
    assert entries(cedar) == ["By hand"]
    page.goto("/cedar/partners/")
    page.select_option("select[name=stage]", "active")
    page.click(".filters button")
    assert "stage=active" in page.url


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_the_frame_is_accessible(marisol: Any, axe: Any, scheme: str, width: int, acme: Organization) -> None:
    page = marisol(color_scheme=scheme, width=width, bypass_csp=True)  # axe styles the page that it reads
    for address in (
        "/cedar/",
        "/cedar/partners/",
        f"/cedar/partners/{acme.pk}/",
        "/accounts/me/",
        "/accounts/2fa/",
        "/nowhere/",
    ):
        page.goto(address)
        assert axe(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
    page.goto("/cedar/partners/")
    page.keyboard.press("l")
    page.locator("#dialog[open] form").wait_for()
    assert axe(page) == []
