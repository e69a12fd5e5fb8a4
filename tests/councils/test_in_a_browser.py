"""A council in a real browser: inputs are counted, minutes save themselves, two writers meet, the axe finds nothing."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from councils.emails import reply_link
from councils.models import AgendaItem, Council, Invitation, Meeting
from wbl.accounts.models import User
from wbl.local.browser import violations
from wbl.mail.models import Message
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _orm_beside_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture
def opened(browser_page: Callable[..., Any], live_server: Any, sign_in: Callable[[User], Client]) -> Any:
    """Opens a browser in which this person is signed in."""

    def page_of(user: User, **options: Any) -> Any:
        page = browser_page(**options)
        value = sign_in(user).cookies["wbl_session"].value
        page.context.add_cookies([{"name": "wbl_session", "value": value, "url": live_server.url}])
        return page

    return page_of


class Counted:
    """A page whose clicks and typed lines are counted: each is one input."""

    def __init__(self, page: Any) -> None:
        self.page, self.inputs = page, 0

    def click(self, locator: Any) -> None:
        self.inputs += 1
        locator.click()

    def type(self, locator: Any, text: str) -> None:
        self.inputs += 1
        locator.fill(text)


def test_a_meeting_with_its_invitations_takes_at_most_eight_inputs_from_anywhere(
    cedar: District, council: Council, people: Any, opened: Any
) -> None:
    page = opened(people.coordinator)
    page.goto("/cedar/partners/")
    hand = Counted(page)
    hand.click(page.get_by_role("link", name="Councils"))
    hand.click(page.get_by_role("link", name="Manufacturing Advisory Council"))
    hand.click(page.get_by_role("link", name="Call a meeting").first)
    hand.type(page.get_by_label("Day"), (cedar.today() + dt.timedelta(days=30)).isoformat())
    hand.type(page.get_by_role("textbox", name="Place"), "Halvorsen Machine & Tool")
    hand.click(page.get_by_role("button", name="Call it and invite").first)
    page.get_by_text("9 invitations on the way").wait_for()
    assert hand.inputs <= 8
    with district(cedar):
        assert Message.objects.filter(rule_key="councils.invitation").count() == 9


def test_an_answer_takes_at_most_two_inputs_on_a_phone(
    cedar: District, invitation: Any, browser_page: Any, live_server: Any
) -> None:
    with district(cedar):
        path = "/cedar/" + reply_link(invitation).url().split("/cedar/")[1]
    page = browser_page(width=360, bypass_csp=True)  # axe styles what it tests
    page.goto(path)  # the first input: pressing the link in the mail
    hand = Counted(page)
    hand.inputs = 1
    hand.click(page.get_by_role("button", name="I will be there"))
    page.get_by_text("you will be there.").wait_for()
    assert hand.inputs <= 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    with district(cedar):
        assert Invitation.objects.get(pk=invitation.pk).status == "accepted"


def test_minutes_save_themselves_while_one_types(cedar: District, meeting: Meeting, people: Any, opened: Any) -> None:
    page = opened(people.coordinator)
    page.goto(f"/cedar/councils/meetings/{meeting.pk}/")
    box = page.get_by_label("Minutes, item 2")
    box.press_sequentially("Halvorsen: five-axis mill", delay=20)
    page.get_by_text("Saved").wait_for()
    box.press_sequentially(" in December", delay=20)
    expect(page.locator("[name=version]").nth(1)).to_have_value("2")
    with district(cedar):
        assert (
            AgendaItem.objects.get(title="What changed in your shops").text == "Halvorsen: five-axis mill in December"
        )
    assert box.evaluate("el => document.activeElement === el")


def test_two_who_write_one_item_see_each_other(cedar: District, meeting: Meeting, people: Any, opened: Any) -> None:
    ada, marisol = opened(people.admin), opened(people.coordinator)
    for page in (ada, marisol):
        page.goto(f"/cedar/councils/meetings/{meeting.pk}/")
    ada.get_by_label("Minutes, item 1").fill("Ada wrote this")
    ada.get_by_text("Saved").wait_for()
    box = marisol.get_by_label("Minutes, item 1")
    box.fill("Marisol wrote that")
    marisol.get_by_text("Ada wrote this").wait_for()
    assert box.input_value() == "Marisol wrote that"
    marisol.get_by_text("Not saved. What you wrote is still here.").wait_for()
    marisol.get_by_role("button", name="Keep mine").click()
    marisol.get_by_text("Ada wrote this").wait_for(state="detached")
    with district(cedar):
        assert AgendaItem.objects.get(title="Welcome").text == "Marisol wrote that"


def test_ticking_somebody_moves_the_quorum_in_place(meeting: Meeting, people: Any, opened: Any) -> None:
    page = opened(people.coordinator)
    page.goto(f"/cedar/councils/meetings/{meeting.pk}/")
    page.get_by_label("Lou Ferrante").check()
    page.get_by_text("1 of 9").wait_for()
    assert page.get_by_label("Lou Ferrante").is_checked()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_fit_and_are_accessible(
    council: Council, meeting: Meeting, people: Any, opened: Any, width: int, scheme: str
) -> None:
    page = opened(people.coordinator, width=width, color_scheme=scheme, bypass_csp=True)  # axe styles what it tests
    for path in (
        "",
        f"{council.pk}/",
        f"{council.pk}/meetings/new/",
        f"meetings/{meeting.pk}/",
        f"meetings/{meeting.pk}/packet/",
        f"meetings/{meeting.pk}/sign-in/",
    ):
        page.goto(f"/cedar/councils/{path}")
        assert violations(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
