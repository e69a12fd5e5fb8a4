"""A session ends while a form is being filled: one signs in on the spot, and nothing that was written is lost."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from partners.models import Organization, TimelineEntry
from tests.browser.conftest import PASSWORD
from wbl.tenancy.scope import district

pytestmark = pytest.mark.browser
LINE = "Long talk about the spring: two places in the shop, one in the office"


@pytest.fixture
def filled(demo: SimpleNamespace, open_as: Any) -> Any:
    """The log of a partner, filled in its dialog; then the session ended."""
    with district(demo.district):
        partner = Organization.objects.present().order_by("id")[0]
    page = open_as(demo.marisol)
    page.goto(f"{demo.at}partners/{partner.pk}/")
    page.keyboard.press("l")
    page.locator("#dialog [name=summary]:focus").wait_for()
    page.keyboard.type(LINE)
    Session.objects.all().delete()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="You were signed out").wait_for()
    return page


def written(demo: SimpleNamespace) -> int:
    with district(demo.district):
        return TimelineEntry.objects.filter(summary=LINE).count()


def sign_in(page: Any, email: str, password: str) -> None:
    box = page.locator("dialog[open]").last
    box.get_by_label("Work email").fill(email)
    box.get_by_label("Password").fill(password)
    box.get_by_role("button", name="Sign in", exact=True).click()


def test_sign_in_again_and_the_same_is_sent(demo: SimpleNamespace, filled: Any) -> None:
    assert written(demo) == 0
    sign_in(filled, demo.marisol.email, PASSWORD)
    filled.get_by_text("logged").first.wait_for()
    assert written(demo) == 1
    assert filled.get_by_text(LINE).count()


def test_a_wrong_password_asks_again_and_keeps_the_text(demo: SimpleNamespace, filled: Any) -> None:
    sign_in(filled, demo.marisol.email, "not this one")
    filled.get_by_role("heading", name="That did not match").wait_for()
    assert written(demo) == 0
    assert filled.locator("#dialog [name=summary]").input_value() == LINE
    sign_in(filled, demo.marisol.email, PASSWORD)
    filled.get_by_text("logged").first.wait_for()
    assert written(demo) == 1


def test_who_turns_away_keeps_what_was_written(demo: SimpleNamespace, filled: Any) -> None:
    filled.keyboard.press("Escape")
    filled.get_by_role("heading", name="You were signed out").wait_for(state="detached")
    assert filled.locator("#dialog [name=summary]").input_value() == LINE
    filled.locator("#dialog").get_by_role("button", name="Save", exact=True).click()
    filled.get_by_role("heading", name="You were signed out").wait_for()


def test_another_way_to_sign_in_opens_beside_the_form(demo: SimpleNamespace, filled: Any) -> None:
    """A code, a passkey, the district's own sign-in: in a new tab; then the form is sent by hand."""
    with filled.context.expect_page() as opened:
        filled.get_by_role("link", name="Sign in another way").click()
    door = opened.value
    door.get_by_label("Work email").fill(demo.marisol.email)
    door.get_by_label("Password").fill(PASSWORD)
    door.get_by_role("button", name="Sign in", exact=True).click()
    door.wait_for_url(f"**{demo.at}")
    with filled.expect_response(lambda answer: answer.request.method == "GET"):  # the page fetches a fresh token
        filled.keyboard.press("Escape")
    filled.wait_for_load_state("networkidle")
    filled.locator("#dialog").get_by_role("button", name="Save", exact=True).click()
    filled.get_by_text("logged").first.wait_for()
    assert written(demo) == 1
