"""The daily work in a browser that runs no script."""

import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from councils.emails import reply_link
from councils.models import Invitation, Meeting
from partners.models import Organization, TimelineEntry
from tests.browser.conftest import PASSWORD
from wbl.tenancy.scope import acting, district

pytestmark = pytest.mark.browser


@pytest.fixture
def page(demo: SimpleNamespace, browser_page: Any) -> Any:
    """Signed in by hand."""
    page = browser_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Work email").fill(demo.marisol.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(f"**{demo.at}")
    return page


def test_log_a_contact(demo: SimpleNamespace, page: Any) -> None:
    page.get_by_role("link", name="Log a contact").first.click()
    with district(demo.district):
        partner = Organization.objects.present().order_by("id")[0]
    page.get_by_label(re.compile("^Partner")).fill(partner.name)
    page.get_by_label(re.compile("In one line")).fill("Would take two in spring")
    page.get_by_role("button", name="Save, follow up in 7 days").click()
    page.get_by_text("logged").wait_for()
    with district(demo.district):
        assert TimelineEntry.objects.exclude(kind="stage").latest("id").summary == "Would take two in spring"
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Taken back").wait_for()
    with district(demo.district):
        assert not TimelineEntry.objects.filter(summary="Would take two in spring").exists()


def test_search_and_filter_the_list(demo: SimpleNamespace, page: Any) -> None:
    page.get_by_role("link", name="Partners", exact=True).first.click()
    rows = page.locator("table tbody tr")
    all_of_them = rows.count()
    chosen = page.get_by_label("Stage").first
    chosen.select_option(label="Active")
    page.get_by_role("button", name="Show").click()
    assert 0 < rows.count() < all_of_them
    assert "stage=active" in page.url
    page.get_by_label("Search partners").fill("no such partner anywhere")
    page.get_by_role("button", name="Show").click()
    page.get_by_text("No partner fits").wait_for()
    page.get_by_label("Search everything").fill("bluestem veterinary")
    page.get_by_label("Search everything").press("Enter")
    page.get_by_role("link", name="Bluestem Veterinary Clinic").first.wait_for()


def test_import_up_to_the_dry_run(demo: SimpleNamespace, page: Any, tmp_path: Path) -> None:
    (path := tmp_path / "chamber.csv").write_text("Company,Email\nKestrel Gliders,bea@kestrelgliders.example\n")
    page.get_by_role("link", name="Partners", exact=True).first.click()
    page.get_by_role("link", name="Import", exact=True).click()
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("button", name=re.compile("^Upload")).click()
    page.get_by_role("button", name=re.compile("Check 1 row")).first.click()
    page.get_by_text("Kestrel Gliders").first.wait_for()
    with district(demo.district):
        assert not Organization.objects.filter(name="Kestrel Gliders").exists()


def test_answer_an_invitation(demo: SimpleNamespace, browser_page: Any) -> None:
    with district(demo.district), acting(demo.marisol.pk):
        meeting = Meeting.objects.filter(canceled_at=None, closed_at=None, day__gt=demo.district.today()).first()
        assert meeting is not None, "the demonstration district has a meeting to come"
        invitation: Any = meeting.invitations.select_related("contact__organization", "meeting__council").first()
        link = "/" + reply_link(invitation).url().split("//", 1)[1].partition("/")[2]
    page = browser_page(java_script_enabled=False, width=390, height=844)
    page.goto(link)
    page.get_by_role("button", name=re.compile("cannot|can’t|not be there", re.I)).first.click()
    page.wait_for_load_state()
    with district(demo.district):
        assert Invitation.objects.get(pk=invitation.pk).status == "declined"


def test_sign_out(page: Any) -> None:
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/accounts/login/**")
