"""A list's state under a name: kept, shared, opened with, and columns that stay chosen."""

from types import SimpleNamespace

import pytest
from django.test import Client

from partners.models import Organization
from wbl.saved.models import SavedView
from wbl.tenancy.models import District

pytestmark = pytest.mark.django_db
LIST = "/cedar/partners/"


@pytest.fixture
def browser(sign_in, people: SimpleNamespace, in_cedar: District) -> Client:
    Organization.objects.create(name="Acme", stage="active", tags=["stem"])
    Organization.objects.create(name="Beta")
    return sign_in(people.coordinator)


def save(browser: Client, query: str, name: str = "My stem", **more: str) -> str:
    return browser.post("/cedar/views/new/", {"list": "partners", "query": query, "name": name, **more}).url


def test_a_view_keeps_search_filters_sort_and_columns(browser: Client) -> None:
    address = save(browser, "stage=active&q=acme&cols=stage&cols=tags&sort=-name&page=3")
    assert address == "/cedar/partners/?q=acme&stage=active&sort=-name&cols=stage&cols=tags"
    page = browser.get(address).content.decode()
    assert "stem" in page
    assert ">Beta<" not in page
    assert 'aria-current="page"\n    >My stem' in page or "My stem" in page


def test_a_private_view_is_seen_by_its_owner_and_a_shared_one_by_the_district(
    browser: Client, sign_in, people: SimpleNamespace
) -> None:
    save(browser, "stage=active", "Quietly")
    save(browser, "stage=paused", "For all of us", shared="on")
    page = sign_in(people.viewer).get(LIST).content.decode()
    assert "For all of us" in page
    assert "Quietly" not in page


def test_the_list_opens_with_the_view_that_was_chosen_and_all_stays_in_reach(browser: Client) -> None:
    save(browser, "stage=active")
    view = SavedView.objects.get()
    browser.post(f"/cedar/views/{view.pk}/opening/")
    assert browser.get(LIST).url == "/cedar/partners/?stage=active"
    page = browser.get(f"{LIST}?page=1").content.decode()
    assert 'href="/cedar/partners/?page=1"' in page
    browser.post(f"/cedar/views/{view.pk}/opening/")
    assert browser.get(LIST).status_code == 200


def test_columns_stay_chosen_for_the_person_and_in_the_export(
    browser: Client, sign_in, people: SimpleNamespace
) -> None:
    to = browser.post("/cedar/views/columns/", {"list": "partners", "query": "stage=active", "cols": ["tags", "kind"]})
    assert to.url == "/cedar/partners/?stage=active&cols=tags%2Ckind"
    assert ">Tags<" in browser.get(LIST).content.decode().replace("\n", "").replace(" ", "").replace(
        '?sort=tags">', ">"
    )
    text = b"".join(browser.get("/cedar/partners/export.csv").streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0].split(",") == ["Partner", "Kind", "Tags", "wbl ID"]
    others = b"".join(sign_in(people.viewer).get("/cedar/partners/export.csv").streaming_content).decode("utf-8-sig")
    assert "Owner" in others.splitlines()[0]


def test_a_view_is_renamed_removed_and_brought_back(browser: Client) -> None:
    save(browser, "stage=active")
    save(browser, "stage=paused", "Other")
    view = SavedView.objects.get(name="My stem")
    refused = browser.post(f"/cedar/views/{view.pk}/", {"name": "Other"})
    assert "You have a view “Other” of this list already" in refused.content.decode()
    browser.post(f"/cedar/views/{view.pk}/", {"name": "Stem hosts", "shared": "on", "opens": "on"})
    view.refresh_from_db()
    assert (view.name, view.shared) == ("Stem hosts", True)
    browser.post(f"/cedar/views/{view.pk}/removal/")
    browser.get(LIST)  # the toast names it once more
    assert "Stem hosts" not in browser.get(LIST).content.decode()
    browser.post(f"/cedar/views/{view.pk}/restoration/")
    view.refresh_from_db()
    assert view.removed_at is None


def test_what_an_old_address_asks_for_is_left_out_with_a_sentence(browser: Client) -> None:
    page = " ".join(browser.get(f"{LIST}?stage=gone&cols=shoes,tags&sort=hat&wings=2").content.decode().split())
    assert "“gone” is no choice of “Any stage”; there is no column “shoes”; it can&#x27;t be sorted by “hat”" in page
    assert "Acme" in page


@pytest.mark.parametrize("key", ["placements", "students", "events", "ledger"])
def test_the_other_lists_have_views_too(browser: Client, key: str) -> None:
    to = browser.post("/cedar/views/new/", {"list": key, "query": "school=&q=ann", "name": "Ann"}).url
    assert "Ann" in browser.get(to).content.decode()
