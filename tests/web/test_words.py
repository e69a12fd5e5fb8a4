"""Dates, numbers and names as people write them."""

import datetime as dt
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from wbl.web.templatetags import wbl_tags as tags

CHICAGO = ZoneInfo("America/Chicago")
NOW = dt.datetime(2026, 10, 15, 7, 12, tzinfo=CHICAGO)


@pytest.fixture(autouse=True)
def _october_in_chicago():
    with time_machine.travel(NOW, tick=False), timezone.override(CHICAGO):
        yield


def test_a_day_is_today_or_a_date_with_the_year_only_if_it_is_another() -> None:
    assert tags.day(dt.date(2026, 10, 15)) == "Today"
    assert tags.day(dt.date(2026, 10, 9)) == "Oct 9"
    assert tags.day(dt.date(2025, 10, 9)) == "Oct 9, 2025"
    assert tags.day(None) == "–"


def test_a_moment_belongs_to_the_day_of_the_district() -> None:
    late_evening = dt.datetime(2026, 10, 16, 3, 30, tzinfo=dt.UTC)
    assert tags.day(late_evening) == "Today"
    assert tags.when(late_evening) == "Today 10:30 pm"
    assert tags.when(NOW - dt.timedelta(days=1)) == "Wed 7:12 am"
    assert tags.when(NOW - dt.timedelta(days=20)) == "Sep 25, 7:12 am"


@pytest.mark.parametrize(
    ("time", "said"),
    [((0, 0), "midnight"), ((12, 0), "noon"), ((12, 5), "12:05 pm"), ((0, 5), "12:05 am"), ((19, 30), "7:30 pm")],
)
def test_a_time_has_am_or_pm(time: tuple[int, int], said: str) -> None:
    assert tags.time_of_day(dt.time(*time)) == said


def test_a_late_date_says_how_late() -> None:
    assert tags.late(dt.date(2026, 10, 14)) == "1 day late"
    assert tags.late(dt.date(2026, 10, 2)) == "13 days late"
    assert tags.late(dt.date(2026, 10, 21)) == "Oct 21"
    assert [tags.due_tone(dt.date(2026, 10, day)) for day in (14, 15, 16)] == ["is-bad", "is-warn", ""]


def test_long_days_name_the_weekday() -> None:
    assert tags.long_day(NOW) == "Thursday, October 15"


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("+15550143381", "(555) 014-3381"),
        ("+15550143381;ext=12", "(555) 014-3381 x12"),
        ("call the desk", "call the desk"),
        ("", ""),
    ],
)
def test_a_phone_number_is_shown_as_in_the_us_or_as_typed(raw: str, shown: str) -> None:
    assert tags.phone(raw) == shown


def test_counts_agree_with_their_word() -> None:
    assert [tags.count(n, "partner") for n in (0, 1, 1208)] == ["0 partners", "1 partner", "1,208 partners"]
    assert [tags.count(2, word) for word in ("agency", "match", "day")] == ["2 agencies", "2 matches", "2 days"]
    assert tags.count(2, "person", "people") == "2 people"


@pytest.mark.parametrize(
    ("name", "short"),
    [("Marisol Tate", "MT"), ("Ana de la Cruz", "AC"), ("ray@acme.example", "RE"), ("", "–"), ("Ñandú", "Ñ")],
)
def test_initials(name: str, short: str) -> None:
    assert tags.initials(name) == short


def test_a_person_is_called_as_they_wish() -> None:
    assert tags.first_name(SimpleNamespace(name="Robert Oakes", goes_by="Ben")) == "Ben"
    assert tags.first_name(SimpleNamespace(name="Robert Oakes", goes_by="")) == "Robert"


@pytest.mark.parametrize(
    ("name", "html"),
    [
        ("Cedar Valley Public Schools", "<b>Cedar Valley</b>Public Schools"),
        ("Little Rock School District", "<b>Little Rock</b>School District"),
        ("Austin Independent School District", "<b>Austin</b>Independent School District"),
        ("Plano ISD", "<b>Plano</b>ISD"),
        ("Tulsa & <b>", "<b>Tulsa &amp; &lt;b&gt;</b>"),
    ],
)
def test_a_districts_name_stands_on_two_lines(name: str, html: str) -> None:
    assert tags.brand(name) == html


def test_an_organization_without_a_logo_has_two_letters() -> None:
    assert [tags.mark(name) for name in ("Halvorsen Machine & Tool", "The Corner Diner", "3M")] == ["Ha", "Co", "3m"]


def test_a_browser_is_named_as_people_do() -> None:
    chrome = "Mozilla/5.0 (X11; CrOS x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
    assert tags.browser(chrome) == "Chrome on a Chromebook"
    assert tags.browser("curl/8.1") == "curl"
