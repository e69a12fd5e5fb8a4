"""The workspace without a mouse: the log from first key to last, dialogs that give the focus back, keys that stay out of fields."""

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest

from partners.models import Organization, TimelineEntry
from tests.browser.hand import Hand
from wbl.tenancy.scope import district
from wbl.todo.models import Todo

pytestmark = pytest.mark.browser
FOCUS = "() => document.activeElement.name || document.activeElement.innerText.trim()"


def first_partner(demo: SimpleNamespace) -> Organization:
    with district(demo.district):
        return Organization.objects.present().filter(contacts__isnull=False).order_by("id")[0]


def test_a_contact_is_logged_by_keys_alone(demo: SimpleNamespace, open_as: Any) -> None:
    partner, page = first_partner(demo), open_as(demo.marisol)
    page.goto(f"{demo.at}partners/{partner.pk}/")
    hand = Hand(page)
    hand.press("l")
    page.locator("#dialog [name=summary]:focus").wait_for()
    hand.type("Would take two in spring")
    hand.press("Tab")
    hand.type("Call her in 3 days")
    hand.press("Enter")
    page.get_by_text("logged").wait_for()
    with district(demo.district):
        entry, todo = (
            TimelineEntry.objects.exclude(kind="stage").latest("id"),
            Todo.objects.open().about(partner).latest("id"),
        )
        assert (entry.organization, entry.summary, entry.kind) == (partner, "Would take two in spring", "call")
        assert (todo.title, todo.due) == ("Call her", demo.district.today() + dt.timedelta(days=3))
    print(f"\nBy keys alone, with a next step of one's own: {hand.count} inputs: {', '.join(hand.inputs)}")


def test_a_contact_is_logged_by_keys_alone_from_anywhere(demo: SimpleNamespace, open_as: Any) -> None:
    partner, page = first_partner(demo), open_as(demo.marisol)
    page.goto(f"{demo.at}settings/")
    hand = Hand(page)
    hand.press("l")
    page.locator("#dialog [name=partner]:focus").wait_for()
    hand.type(partner.name)
    hand.press("Tab", "ArrowRight", "Tab")
    assert page.evaluate(FOCUS) == "summary"
    hand.type("Sent the agreement")
    hand.press("Enter")
    page.get_by_text("logged").wait_for()
    with district(demo.district):
        entry = TimelineEntry.objects.exclude(kind="stage").latest("id")
        assert (entry.organization, entry.summary) == (partner, "Sent the agreement")
        assert entry.kind != "call", "the arrow chose another kind"
    print(f"\nBy keys alone, from Settings: {hand.count} inputs: {', '.join(hand.inputs)}")


def test_a_dialog_takes_the_focus_and_gives_it_back(demo: SimpleNamespace, open_as: Any) -> None:
    partner, page = first_partner(demo), open_as(demo.marisol)
    page.goto(f"{demo.at}partners/{partner.pk}/")
    link = page.locator("a[data-log-here]")
    link.focus()
    page.keyboard.press("Enter")
    page.locator("#dialog [name=summary]:focus").wait_for()
    for _each in range(40):  # round and round: never behind the dialog
        page.keyboard.press("Tab")
        assert page.evaluate(
            "() => document.activeElement === document.body || Boolean(document.activeElement.closest('#dialog'))"
        )
    page.keyboard.press("Escape")
    page.locator("#dialog").wait_for(state="hidden")
    assert page.evaluate("() => document.activeElement.matches('a[data-log-here]')")


def test_an_error_in_a_dialog_keeps_the_text_and_takes_the_focus(demo: SimpleNamespace, open_as: Any) -> None:
    partner, page = first_partner(demo), open_as(demo.marisol)
    page.goto(f"{demo.at}partners/{partner.pk}/")
    page.keyboard.press("l")
    page.locator("#dialog [name=summary]:focus").wait_for()
    page.keyboard.type("Would take two")
    page.keyboard.press("Tab")
    page.keyboard.type("Call on Feb 31")
    page.keyboard.press("Enter")
    page.get_by_text("is no day of the calendar").wait_for()
    page.locator("#dialog [name=next_step]:focus").wait_for()
    assert page.locator("#dialog [name=summary]").input_value() == "Would take two"


def test_the_keys_are_listed_and_lead_where_the_list_says(demo: SimpleNamespace, open_as: Any) -> None:
    page = open_as(demo.marisol)
    page.goto(demo.at)
    page.keyboard.press("?")
    listed = page.locator("#shortcuts .keys > div")
    listed.first.wait_for()
    rows = dict(re.split(r"\s*\n+\s*", text.strip(), maxsplit=1) for text in listed.all_inner_texts())
    assert {"/", "l", "i", "?"} < rows.keys()
    page.keyboard.press("Escape")
    page.locator("#shortcuts").wait_for(state="hidden")
    places = page.locator(".rail__list [data-letter]")
    for letter, href in [(each.get_attribute("data-letter"), each.get_attribute("href")) for each in places.all()]:
        assert f"g {letter}" in rows, f"g {letter} is not listed"
        page.goto(f"{demo.at}search/")
        page.keyboard.type(f"g{letter}")
        page.wait_for_url(lambda url, href=href: url.endswith(href))


@pytest.mark.parametrize("where", ["input", "textarea", "select"])
def test_no_key_fires_in_a_field(demo: SimpleNamespace, open_as: Any, where: str) -> None:
    page = open_as(demo.marisol)
    page.goto(f"{demo.at}partners/new/")
    field = page.locator(f"main {where}:not([type=hidden], [type=checkbox], [type=radio])").first
    field.focus()
    page.keyboard.type("li?/gt")
    page.keyboard.press("Control+a")
    assert page.url.endswith("/partners/new/")
    assert not page.locator("dialog[open]").count()
    assert page.evaluate("() => document.activeElement.tagName") == where.upper()
    if where != "select":
        assert field.input_value() == "li?/gt"


def test_keys_can_be_switched_off(demo: SimpleNamespace, open_as: Any) -> None:
    page = open_as(demo.marisol)
    page.goto("/accounts/me/")
    page.get_by_label(re.compile("single-key shortcuts", re.I)).uncheck()
    page.get_by_role("button", name="Save").click()
    page.wait_for_load_state()
    page.goto(demo.at)
    for key in ("l", "i", "/", "?", "g", "p"):
        page.keyboard.press(key)
    page.wait_for_timeout(400)
    assert page.url.endswith(demo.at)
    assert not page.locator("dialog[open]").count()
    assert page.evaluate("() => document.activeElement === document.body")


def test_who_may_not_write_has_no_key_for_it(demo: SimpleNamespace, open_as: Any) -> None:
    page = open_as(demo.vera)
    page.goto(demo.at)
    page.keyboard.press("?")
    listed = page.locator("#shortcuts .keys")
    listed.wait_for()
    assert "Log a contact" not in listed.inner_text()
    assert "Import" not in listed.inner_text()
    page.keyboard.press("Escape")
    for key in ("l", "i"):
        page.keyboard.press(key)
    page.wait_for_timeout(400)
    assert page.url.endswith(demo.at)
    assert not page.locator("dialog[open]").count()


def test_what_search_found_goes_away_with_escape(demo: SimpleNamespace, open_as: Any) -> None:
    partner, page = first_partner(demo), open_as(demo.marisol)
    page.goto(f"{demo.at}settings/")
    page.keyboard.press("/")
    page.keyboard.type(partner.name)
    found = page.locator("#found").get_by_role("link", name=partner.name, exact=True).first
    found.wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == partner.name
    page.keyboard.press("Escape")
    found.wait_for(state="detached")
    assert page.evaluate("() => document.activeElement.matches('[data-search]')")


def test_the_first_tab_skips_to_the_content(demo: SimpleNamespace, open_as: Any) -> None:
    page = open_as(demo.marisol)
    page.goto(demo.at)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main"
