"""What is done to many partners at once, the columns one may choose, and a list that leaves and comes back."""

import datetime as dt
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from partners.listing import PartnerList
from partners.models import BulkChange, Contact, Import, Offer, Organization, PartnerDocument, Site
from partners.places import cities
from wbl.accounts.models import Membership
from wbl.tenancy.models import District

pytestmark = pytest.mark.django_db
LIST = "/cedar/partners/"


@pytest.fixture
def browser(sign_in, people: SimpleNamespace, in_cedar: District) -> Client:
    return sign_in(people.coordinator)


def bulk(browser: Client, **data: Any) -> BulkChange:
    browser.post(f"{LIST}bulk/", data)
    return BulkChange.objects.latest("id")


def undo(browser: Client, change: BulkChange) -> None:
    browser.post(f"{LIST}bulk/{change.pk}/undo/")


def tags() -> list[list[str]]:
    return list(Organization.objects.order_by("sort_name").values_list("tags", flat=True))


def test_a_tag_is_added_to_those_without_it_and_taken_from_them_again(browser: Client) -> None:
    rows = [Organization.objects.create(name=name, tags=has).pk for name, has in (("A", ["x", "y"]), ("B", ["z"]))]
    change = bulk(browser, do="tag", tag="x", rows=rows)
    assert (tags(), change.told) == ([["x", "y"], ["z", "x"]], "Tag “x” added to 1 partner.")
    undo(browser, change)
    assert tags() == [["x", "y"], ["z"]]


def test_a_tag_is_taken_away_and_comes_back_in_its_place(browser: Client) -> None:
    rows = [Organization.objects.create(name=name, tags=["x", "y"]).pk for name in "AB"]
    change = bulk(browser, do="untag", tag="x", rows=rows)
    assert tags() == [["y"], ["y"]]
    Organization.objects.filter(name="B").update(tags=["new"])
    undo(browser, change)
    assert tags() == [["x", "y"], ["new", "x"]]


def test_partners_are_archived_and_brought_back(browser: Client) -> None:
    rows = [Organization.objects.create(name=name).pk for name in "AB"]
    change = bulk(browser, do="archive", rows=rows)
    assert not Organization.objects.present().exists()
    undo(browser, change)
    assert Organization.objects.present().count() == 2


def test_all_that_match_are_changed_beyond_the_page_and_no_other(browser: Client) -> None:
    for n in range(60):
        Organization.objects.create(name=f"P{n}", stage="active")
    Organization.objects.create(name="Other")
    page = browser.get(f"{LIST}?stage=active").content.decode()
    assert "all 60 that match" in " ".join(page.split())
    change = bulk(browser, do="tag", tag="met", everything="1", query="stage=active")
    assert len(change.before) == 60
    assert Organization.objects.get(name="Other").tags == []


@pytest.mark.parametrize(
    "data, said",
    [
        ({"do": "tag", "tag": "x"}, "tick at least one partner"),
        ({"do": "tag", "everything": "1"}, "write a tag"),
        ({"do": "stage", "everything": "1", "stage": ""}, "choose a stage"),
        ({"do": "owner", "everything": "1", "owner": ""}, "choose an owner"),
    ],
)
def test_what_is_missing_is_said_and_the_list_stays_as_it_was(browser: Client, data: Any, said: str) -> None:
    Organization.objects.create(name="A")
    answer = browser.post(f"{LIST}bulk/", data | {"query": "q=a"}, follow=True)
    assert f"Nothing was changed: {said}." in answer.content.decode()
    assert answer.redirect_chain[0][0].endswith("?q=a")


def test_a_city_is_a_filter_with_a_chip_that_is_saved_and_the_search_knows_it_too(browser: Client) -> None:
    for name, city in (("Mill", "Cedar Valley"), ("Shop", "CEDAR VALLEY"), ("Cedar Valley Bank", "Ada")):
        Site.objects.create(organization=Organization.objects.create(name=name), city=city)

    def names(query: str) -> list[str]:
        return re.findall(r'class="name" href="[^"]*/\d+/">([^<]+)<', browser.get(f"{LIST}?{query}").content.decode())

    assert names("city=Ada") == ["Cedar Valley Bank"]
    assert names("q=cedar+valley") == ["Cedar Valley Bank", "Mill", "Shop"]
    (valley,) = {city for city in cities() if city != "Ada"}
    assert names(f"city={valley}") == ["Mill", "Shop"]
    listing = PartnerList(QueryDict(f"city={valley}"))
    assert [token.label for token in listing.tokens] == [valley]
    assert listing.state == f"city={valley.replace(' ', '+')}"


def test_whose_partners_nobody_sees_to_is_said_and_found(
    browser: Client, people: SimpleNamespace, sign_in: Any
) -> None:
    Organization.objects.create(name="Left behind", owner=people.staff)
    Organization.objects.create(name="Looked after", owner=people.coordinator)
    Membership.objects.of_district().filter(user=people.staff).update(ended_at=timezone.now())
    page = browser.get(f"{LIST}?owner={people.staff.pk}").content.decode()
    assert "Left behind" in page and "Looked after" not in page
    assert page.count(f"{people.staff}, no longer here</option>") == 1, (
        "in the filter, not among those who may get them"
    )
    assert f"Remove filter: {people.staff}, no longer here" in page
    there = f"hand-over/?giver={people.staff.pk}"
    assert there in browser.get("/cedar/").content.decode()
    assert there not in sign_in(people.viewer).get("/cedar/?whose=all").content.decode()


def test_a_new_partner_is_not_asked_why_they_declined_and_people_come_first_as_referrers(browser: Client) -> None:
    form = browser.get(f"{LIST}new/").content.decode()
    assert 'name="stage"' in form and 'name="stage_reason"' not in form and 'value="declined"' not in form
    mill = Organization.objects.create(name="Thanks Mill")
    Contact.objects.create(organization=mill, name="Hank Orr")
    names = browser.get("/cedar/partners/names/referrers/?referrer=Hank").content.decode()
    assert 0 < names.index("Hank Orr") < names.index('"Thanks Mill"')


def full(name: str, number: int) -> Organization:
    partner = Organization.objects.create(
        name=name, kind="community", stage="active", phone=f"+1580555010{number}", phone_ext="7", email=f"a@p{number}.example",
        website=f"https://p{number}.example/x", industry="Metal", naics="332710", employees=40, source="event",
        source_detail="Rotary", parent=Organization.objects.order_by("pk").first(), tags=["cnc", "host site"],
    )  # fmt: skip
    Site.objects.create(organization=partner, street="1 Main St", city="Ada", state="OK", zip="74820")
    Contact.objects.create(
        organization=partner, name=f"Ann Lee{number}", email=f"l@p{number}.example", phone="+15805550199",
        phone_ext="12", mobile="+15805550177", other_emails="ann@home.example", other_phones="+15805550188 x9", title="Owner",
        prefers="text", best_time="before 9 am", language="es", alumni_school="Ada High", alumni_year=2004, do_not_contact=True,
    )  # fmt: skip
    Offer.objects.create(organization=partner, type="tour")
    PartnerDocument.objects.create(
        organization=partner, kind="mou", title="MOU", starts=dt.date(2026, 1, 1), expires=dt.date(2099, 1, 1)
    )
    return partner


OPTIONAL = [column.key for column in PartnerList.columns if not column.fixed]


def cost(browser: Client, cols: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(f"{LIST}?cols={cols}").status_code == 200
    return len(asked)


def test_the_bare_list_shows_what_sorting_by_name_shows(browser: Client) -> None:
    for n in range(52):
        Organization.objects.create(name=f"P{n:02}", archived_at=timezone.now() if n == 3 else None)
    bare, by_name, turned = (
        re.findall(r'class="name" href="/cedar/partners/(\d+)/"', browser.get(LIST + query).content.decode())
        for query in ("", "?sort=name", "?sort=-name")
    )
    assert bare == by_name
    assert len(bare) == 50
    assert turned[1:] == bare[:0:-1]
    assert "?page=2" in browser.get(LIST).content.decode()


def test_every_column_costs_as_many_queries_for_three_rows_as_for_one(browser: Client) -> None:
    full("P1", 1)
    browser.get(LIST)
    one = {key: cost(browser, key) for key in OPTIONAL}
    full("P2", 2)
    full("P3", 3)
    browser.get(LIST)  # which counts the new ones
    assert {key: cost(browser, key) for key in OPTIONAL} == one
    assert max(one.values()) <= 18  # 14 and set_config, to and fro


def test_the_export_takes_the_filters_of_the_list_along(browser: Client) -> None:
    page = browser.get(f"{LIST}?q=acme&sort=-name").content.decode()
    assert f'href="{LIST}export.csv?q=acme&amp;sort=-name"' in page


def test_a_list_that_was_exported_comes_back_unchanged(browser: Client) -> None:
    for number, name in enumerate(("Acme", "Acme", "=Equal Exchange Co-op", "Ärzte & Söhne", "O'Neill, Inc.")):
        full(name, number)
    Organization.objects.create(name="Bare")
    answer = browser.get(f"{LIST}export.csv?cols={','.join(OPTIONAL)}")
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    browser.post(f"{LIST}import/", {"file": SimpleUploadedFile("partners.csv", body)})
    job = Import.objects.get()
    assert job.overwrites
    browser.post(
        f"{LIST}import/{job.pk}/columns/",
        {f"column_{at}": target for at, target in enumerate(job.targets)} | {"overwrites": "on"},
    )
    assert [(row.outcome, row.reason) for row in job.rows.all()] == [("unchanged", "Same as on file")] * 6


def test_one_corrected_cell_of_an_export_updates_its_partner(browser: Client) -> None:
    for number in (1, 2):
        full("Acme", number)
    body = b"".join(browser.get(f"{LIST}export.csv?cols=industry").streaming_content)  # type: ignore[attr-defined]
    second = body.rsplit(b"Metal", 1)
    browser.post(f"{LIST}import/", {"file": SimpleUploadedFile("partners.csv", b"Baking".join(second))})
    job = Import.objects.get()
    browser.post(
        f"{LIST}import/{job.pk}/columns/",
        {f"column_{at}": target for at, target in enumerate(job.targets)} | {"overwrites": "on"},
    )
    assert [row.reason for row in job.rows.all()] == ["Same as on file", "Industry Metal → Baking"]


def test_partners_are_offered_only_to_who_may_work_with_them(browser: Client, people: SimpleNamespace) -> None:
    Organization.objects.create(name="Acme")
    offered = f">{people.viewer}</option>"
    assert str(people.viewer) not in browser.get(LIST).content.decode()
    Organization.objects.update(owner=people.viewer)  # as when a role was taken away
    page = browser.get(LIST).content.decode()
    assert page.count(f"{people.viewer}, who only reads</option>") == 1  # among the filters, not among the new owners
    assert offered not in page


def test_undo_of_many_leads_back_to_the_list_as_it_was(browser: Client) -> None:
    acme = Organization.objects.create(name="Acme")
    change = bulk(browser, do="archive", rows=[acme.pk])
    there = f"{LIST}?stage=prospect"
    assert browser.post(f"{LIST}bulk/{change.pk}/undo/", {"next": there})["Location"] == there
    assert "1 partner" in " ".join(browser.get(there).content.decode().split())
