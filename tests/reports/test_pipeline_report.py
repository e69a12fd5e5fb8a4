"""How far partners came, by the channel that found them."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from partners.models import Organization, Site, TimelineEntry
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


def test_conversion_counts_the_furthest_step_by_channel(cedar: District, people: SimpleNamespace, sign_in: Any) -> None:
    with district(cedar):
        for number in range(4):
            made = Organization.objects.create(name=f"Partner {number}", source="council" if number else "cold")
            Site.objects.create(organization=made, city="Cedar Valley")
            if number > 1:
                made.move_to(stage="active", by=people.coordinator)
            for answer in ("yes", "no", "")[:number]:
                TimelineEntry.objects.create(
                    organization=made,
                    kind="call",
                    at=timezone.now(),
                    summary="A tour?",
                    asked_for="tour",
                    answer=answer,
                )
        made.move_to(stage="declined", by=people.coordinator, reason="Retires")  # and was active once
    browser = sign_in(people.viewer)
    file = browser.get("/cedar/reports/pipeline/conversion.csv")
    text = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert text[0] == 'Channel,Added,Contacted,Meeting,Committed,Active,Champion,Asks,Said yes,"Said yes, % of asks"'
    assert text[1:] == [
        "All,4,2,2,2,2,0,6,3,50",
        "Council referral,3,2,2,2,2,0,6,3,50",
        "Cold contact,1,0,0,0,0,0,0,0,",
    ]
    page = browser.get("/cedar/reports/pipeline/").content.decode()
    assert "2 · 67 %" in page
    assert "3 · 50 %" in page
    assert page.count("· 50 %") > 4, "a step has one share, in the chart as in the table"
    assert "?stage=declined" in page
    assert "Cedar Valley" in page


def rows_of(browser: Any, table: str) -> list[str]:
    answer = browser.get(f"/cedar/reports/pipeline/{table}.csv")
    return b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()


def test_the_map_draws_zips_and_cities_opens_their_lists_and_says_who_is_on_none(
    cedar: District, people: SimpleNamespace, sign_in: Any
) -> None:
    with district(cedar):
        for number, (city, code) in enumerate(
            [
                ("Ada", "74820-1234"),
                ("Ada", "74820"),
                ("ADA", ""),
                ("Chandler", "74834"),
                ("Newark", "07102"),
                ("Nowhere", ""),
            ]
        ):
            made = Organization.objects.create(name=f"Partner {number}")
            Site.objects.create(organization=made, city=city, state="OK" if code != "07102" else "NJ", zip=code)
        Organization.objects.create(name="Without a site")
        Organization.objects.create(name="Archived", archived_at=timezone.now()).sites.create(zip="74820")
        people.north.address = "400 Redbud Avenue, Chandler, OK 74834"
        people.north.save()
    browser = sign_in(people.viewer)
    page = browser.get("/cedar/reports/pipeline/").content.decode()
    assert "Too far away to be drawn: 1 (Newark, NJ 07102)." in page
    assert page.count("<circle") == 3
    assert f"<title>{people.north.name}</title>" in page
    assert "this ZIP or city is not known" in page
    assert "1 partner without a ZIP or city" in " ".join(page.split())
    assert rows_of(browser, "places")[1] == "74820,Ada,OK,34.78,-96.69,2"
    for place, names in (("74820", {"Partner 0", "Partner 1"}), ("ada, OK", {"Partner 0", "Partner 1", "Partner 2"})):
        found = browser.get("/cedar/partners/", {"place": place}).content.decode()
        assert set(re.findall(r"Partner \d", found)) == names
        assert f"In {place}" in found


@pytest.mark.parametrize(
    "table, first",
    [
        ("funnel", "Prospect,1"),
        ("stages", "Prospect,1"),
        ("contacts", None),
        ("places", ",No ZIP or city on file,,,,1"),
    ],
)
def test_each_table_is_a_file(cedar: District, people: SimpleNamespace, sign_in: Any, table: str, first: Any) -> None:
    with district(cedar):
        Organization.objects.create(name="One").record(kind="call", summary="Spoke")
    rows = rows_of(sign_in(people.viewer), table)
    assert rows[1] == first if first else any(row.endswith(",1") for row in rows[1:])


def test_a_table_that_is_none_is_404(people: SimpleNamespace, sign_in: Any) -> None:
    assert sign_in(people.viewer).get("/cedar/reports/pipeline/secrets.csv").status_code == 404
