"""How many inputs the daily work takes, from any page: keys, clicks and lines, each counted once."""

import datetime as dt
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from councils.emails import reply_link
from councils.models import Council, Invitation, Meeting, Seat
from partners.models import Contact, EntryKind, Organization, TimelineEntry
from tests.browser.hand import Hand
from wbl.tenancy.scope import acting, district
from wbl.todo.models import Todo

pytestmark = pytest.mark.browser
LIST = (
    "Company,Contact,Email,City\n"
    "Kestrel Gliders,Bea Lund,bea@kestrelgliders.example,Ada\n"
    "Otter Canoes,Sam Fry,sam@ottercanoes.example,Ada\n"
)
# controls that the message on what was done lies on
UNDER_THE_TOAST = """() => {
  const toast = document.querySelector(".toast"), box = toast.getBoundingClientRect();
  return [...document.querySelectorAll("a, button, input, select, summary")].filter((el) => {
    const own = el.getBoundingClientRect();
    return !toast.contains(el) && el.checkVisibility() && own.width
      && own.left < box.right && own.right > box.left && own.top < box.bottom && own.bottom > box.top;
  }).map((el) => el.textContent.trim() || el.name);
}"""


@pytest.fixture
def partner(demo: SimpleNamespace) -> Organization:
    """Acme, which was asked for an internship, with one contact."""
    with district(demo.district), acting(demo.marisol.pk):
        acme = Organization.objects.create(name="Acme Manufacturing", owner=demo.marisol)
        ray = Contact.objects.create(organization=acme, name="Ray Halvorsen", email="ray@acme.example")
        acme.record(
            kind=EntryKind.CALL, summary="Asked for an intern", by=demo.marisol, contact=ray, asked_for="internship"
        )
    return acme


def address(demo: SimpleNamespace, partner: Organization) -> str:
    return f"{demo.at}partners/{partner.pk}/"


def logged(demo: SimpleNamespace, partner: Organization) -> tuple[str, str, dt.date]:
    """The last line on the timeline, and the open to-do that came of it."""
    with district(demo.district):
        entry = TimelineEntry.objects.filter(organization=partner).exclude(kind="stage").latest("id")
        todo = Todo.objects.open().about(partner).latest("id")
        return entry.summary, todo.title, todo.due


def test_log_a_call_with_its_next_step_on_the_partners_page(
    demo: SimpleNamespace, partner: Organization, open_as: Any
) -> None:
    page = open_as(demo.marisol)
    page.goto(address(demo, partner))
    hand = Hand(page)
    hand.click(page.get_by_label("What was said, in one line"))
    hand.type("Would take two in spring")
    hand.click(page.get_by_role("button", name="Log it, follow up in 7 days"))
    page.get_by_text("logged").wait_for()
    assert page.evaluate(UNDER_THE_TOAST) == []
    with district(demo.district):
        in_a_week = demo.district.today() + dt.timedelta(days=7)
    assert logged(demo, partner) == ("Would take two in spring", "Follow up", in_a_week)
    hand.tell("Log a call with its next step, on the partner's page", 4)


def test_log_a_call_with_its_next_step_from_anywhere(
    demo: SimpleNamespace, partner: Organization, open_as: Any
) -> None:
    page = open_as(demo.marisol)
    page.goto(demo.at)
    hand = Hand(page)
    hand.press("l")
    page.locator("#dialog [name=partner]:focus").wait_for()
    hand.type("Acme Manufacturing")
    hand.click(page.get_by_label("In one line"))
    hand.type("Would take two in spring")
    hand.click(page.get_by_role("button", name="Save, follow up in 7 days"))
    page.get_by_text("logged").wait_for()
    assert logged(demo, partner)[:2] == ("Would take two in spring", "Follow up")
    hand.tell("Log a call with its next step, from Today", 6)


def test_what_was_typed_as_next_step_is_kept_whichever_button_is_pressed(
    demo: SimpleNamespace, partner: Organization, open_as: Any
) -> None:
    page = open_as(demo.marisol)
    page.goto(address(demo, partner))
    page.get_by_label("What was said, in one line").fill("Out until Monday")
    page.get_by_label("Next step").fill("Call her tomorrow")
    page.get_by_role("button", name="Log it, follow up in 7 days").click()
    page.get_by_text("logged").wait_for()
    assert logged(demo, partner)[:2] == ("Out until Monday", "Call her")


def test_from_a_file_to_its_dry_run(demo: SimpleNamespace, open_as: Any, tmp_path: Path) -> None:
    (path := tmp_path / "chamber.csv").write_text(LIST)
    page = open_as(demo.marisol)
    page.goto(demo.at)
    hand = Hand(page)
    hand.press("i")
    page.wait_for_url("**/partners/import/")
    hand.choose(page.locator("input[type=file]"), path)
    page.wait_for_url("**/columns/")
    hand.click(page.get_by_role("button", name=re.compile("Check 2 rows")).first)
    page.get_by_text("Kestrel Gliders").first.wait_for()
    with district(demo.district):
        assert not Organization.objects.filter(name="Kestrel Gliders").exists()
    hand.tell("From a file to its dry run, from Today", 3)


def test_who_asked_acme_and_when(demo: SimpleNamespace, partner: Organization, open_as: Any) -> None:
    page = open_as(demo.marisol)
    page.goto(f"{demo.at}settings/")
    hand = Hand(page)
    hand.press("/")
    hand.type("acmee")
    answer = page.locator("#found").get_by_text("Last asked Today by Marisol Tate: internship")
    answer.wait_for()
    assert answer.is_visible()
    hand.tell("Who asked Acme and when, from Settings", 2)


@pytest.fixture
def council(demo: SimpleNamespace) -> Council:
    """Eight members of eight partners."""
    with district(demo.district), acting(demo.marisol.pk):
        made = Council.objects.create(name="Advisory Council of Gliders", letter="G")
        for number, partner in enumerate(Organization.objects.order_by("id")[:8]):
            member = Contact.objects.create(
                organization=partner, name=f"Member {number}", email=f"m{number}@example.org"
            )
            Seat.objects.create(council=made, contact=member, category="business")
        made.call_meeting(
            day=demo.district.today() - dt.timedelta(days=90),
            starts=dt.time(7, 30),
            ends=dt.time(8, 45),
            place="Break room",
            by=demo.marisol,
        )
    return made


def test_call_a_meeting_with_its_invitations(demo: SimpleNamespace, council: Council, open_as: Any) -> None:
    page = open_as(demo.marisol)
    page.goto(demo.at)
    hand = Hand(page)
    hand.press("g", "c")
    page.wait_for_url("**/councils/")
    hand.click(page.get_by_role("link", name="Advisory Council of Gliders").first)
    hand.click(page.get_by_role("link", name=re.compile("Call a meeting")).first)
    hand.click(page.get_by_role("button", name="Call it and invite").first)
    page.get_by_text("8 invitations on the way").wait_for()
    with district(demo.district):
        assert Invitation.objects.filter(meeting__council=council).count() == 8
    hand.tell("Call a meeting with its invitations, from Today", 8)


def test_a_partner_answers_by_the_mailed_link(
    demo: SimpleNamespace, council: Council, browser_page: Any, live_server: Any
) -> None:
    with district(demo.district), acting(demo.marisol.pk):
        meeting: Meeting = council.call_meeting(
            day=demo.district.today() + dt.timedelta(days=21),
            starts=dt.time(7, 30),
            ends=dt.time(8, 45),
            place="Break room",
            by=demo.marisol,
        )
        meeting.invite(by=demo.marisol)
        invitation: Any = meeting.invitations.select_related("contact__organization", "meeting__council").first()
        link = "/" + reply_link(invitation).url().split("//", 1)[1].partition("/")[2]
    page = browser_page(width=390, height=844)
    page.set_content(f"<!doctype html><title>Mail</title><a href='{live_server.url}{link}'>Answer</a>")
    hand = Hand(page)
    hand.click(page.get_by_role("link", name="Answer"))
    hand.click(page.get_by_role("button", name=re.compile("I will be there")))
    page.get_by_text("you will be there").wait_for()
    with district(demo.district):
        assert Invitation.objects.get(pk=invitation.pk).status == "accepted"
    hand.tell("A partner's answer, from the mail", 2)
