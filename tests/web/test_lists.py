"""A list's whole state is in its address, and a page reads one row more than it shows."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from partners.models import Organization
from wbl.tenancy.models import District
from wbl.web.lists import Column, Filter, Listing


class Names(Listing):
    columns = (
        Column("name", "Partner", sort="sort_name", fixed=True),
        Column("website", "Website", sort="website"),
        Column("phone", "Phone", shown=False),
    )
    filters = (
        Filter(
            "site",
            "Any site",
            [("yes", "Has a site"), ("no", "Has none")],
            lambda rows, value: rows.exclude(website="") if value == "yes" else rows.filter(website=""),
        ),
    )
    default_sort = "name"
    per_page = 2

    def search(self, rows: Any, text: str) -> Any:
        return rows.filter(name__icontains=text)


@pytest.fixture
def partners(in_cedar: District) -> Iterator[Any]:
    for name, website in (("Bluestem", "b.example"), ("Acme", ""), ("Cottonwood", ""), ("Ärzte", "")):
        Organization.objects.create(name=name, website=website)
    yield Organization.objects.all()


def names(query: str, rows: Any) -> list[str]:
    return [row.name for row in Names(QueryDict(query)).page(rows)]


def test_a_list_begins_sorted_by_its_default(partners: Any) -> None:
    assert names("", partners) == ["Acme", "Ärzte"]


def test_the_address_sorts_and_turns(partners: Any) -> None:
    assert names("sort=-name", partners) == ["Cottonwood", "Bluestem"]


def test_the_second_page_follows_the_first(partners: Any) -> None:
    page = Names(QueryDict("page=2")).page(partners)
    assert [row.name for row in page] == ["Bluestem", "Cottonwood"]
    assert (page.has_previous, page.has_next, page.start_index, page.end_index) == (True, False, 3, 4)


def test_search_and_filters_narrow_it(partners: Any) -> None:
    assert names("q=blue", partners) == ["Bluestem"]
    assert names("site=no&q=co", partners) == ["Cottonwood"]


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "page=99999999999", "sort=nothing", "site=maybe", "q=%00", "cols=,,", "page=½"]
)
def test_nonsense_in_the_address_is_ignored(partners: Any, query: str) -> None:
    Names(QueryDict(query)).page(partners)


def test_a_page_costs_one_query_whatever_it_holds(partners: Any) -> None:
    for query in ("", "q=acme"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            list(Names(QueryDict(query)).page(partners))
        assert len([each for each in asked if "SELECT" in each["sql"] and "set_config" not in each["sql"]]) == 1


def test_changing_a_filter_begins_at_the_first_page() -> None:
    listing = Names(QueryDict("q=a&page=3&sort=-name"))
    assert listing.query(site="yes") == "?q=a&sort=-name&site=yes"
    assert listing.cleared == "?sort=-name"


def test_a_filter_that_is_on_has_a_way_off() -> None:
    (token,) = Names(QueryDict("site=yes&q=a")).tokens
    assert (token.label, token.query) == ("Has a site", "?q=a")


def test_a_click_on_the_sorted_head_turns_the_order() -> None:
    first, second = Names(QueryDict("")).headings
    assert (first.direction, first.query) == ("ascending", "?sort=-name")
    assert (second.direction, second.query) == ("", "?sort=website")


def test_columns_are_chosen_in_the_address_but_the_fixed_one_stays() -> None:
    assert [column.key for column in Names(QueryDict("")).shown] == ["name", "website"]
    assert [column.key for column in Names(QueryDict("cols=phone")).shown] == ["name", "phone"]
    assert [column.key for column in Names(QueryDict("cols=phone&cols=website")).shown] == ["name", "website", "phone"]
