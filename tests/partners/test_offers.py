"""Offers as fields: what was typed before stays, and what they say in words."""

import datetime as dt
import importlib
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from partners.models import Offer
from partners.models.offers import months_in_words

typed = importlib.import_module("partners.migrations.0012_offers_and_next_asks")


def migrated(**fields: str) -> Any:
    """An offer with these texts, after the migration has read them."""
    row = SimpleNamespace(
        **{"how_often": "", "limits": "", "when": "", **fields},
        times=None, per="year", months=[], min_age=None, save=lambda: None,
    )  # fmt: skip
    table = SimpleNamespace(objects=SimpleNamespace(all=lambda: SimpleNamespace(iterator=lambda: [row])))
    typed.read_what_was_typed(SimpleNamespace(get_model=lambda *_name: table), None)
    return row


def test_what_was_typed_becomes_fields_where_it_can_be_read() -> None:
    row = migrated(how_often="2 a term", limits="Ages 16 and over, closed shoes", when="January")
    assert (row.times, row.per, row.how_often) == (2, "semester", "")
    assert (row.min_age, row.limits) == (16, "Closed shoes")
    assert (row.months, row.when) == ([1], "")


@pytest.mark.parametrize(
    "text", ["whenever we can", "Tuesdays", "2 a year if asked early", "0x2 a year", "Ages 160 and over"]
)
def test_what_no_field_can_say_stays_as_it_was_typed(text: str) -> None:
    row = migrated(how_often=text, limits=text, when=text)
    assert (row.how_often, row.limits, row.when) == (text, text, text)


def test_seasons_are_read_and_kept() -> None:
    row = migrated(when="Fall and spring")
    assert (row.months, row.when) == ([3, 4, 5, 9, 10, 11], "Fall and spring")


def test_an_offer_says_itself_in_words() -> None:
    offer = Offer(
        district_id=1,
        type="tour",
        times=2,
        per="semester",
        months=[12, 9, 10],
        min_age=14,
        place="site",
        limits="Closed shoes",
    )
    assert offer.often_in_words == "2 a semester"
    assert offer.when_in_words == "Sep–Oct, Dec"
    assert offer.limits_in_words == "Ages 14 and over. At their place. Closed shoes"
    assert offer.limits_to_them == "Ages 14 and over. At your place. Closed shoes"
    assert months_in_words(list(range(1, 13))) == months_in_words([]) == months_in_words([0, 13]) == ""


def test_a_talk_is_counted_by_the_time_and_an_internship_by_the_student() -> None:
    assert Offer(district_id=1, type="tour", seats=24, times=2, per="semester").capacity == 4
    assert Offer(district_id=1, type="internship", seats=2, times=2, per="year").capacity == 4
    assert Offer(district_id=1, type="internship").capacity == 1
    assert Offer(district_id=1, type="speaker").capacity is None


def test_a_pause_ends_by_itself(in_cedar: Any, acme: Any) -> None:
    Offer.objects.create(organization=acme, type="tour", paused_until=timezone.localdate() + dt.timedelta(1))
    assert not Offer.objects.open().exists()
    Offer.objects.update(paused_until=timezone.localdate())
    assert Offer.objects.open().get().is_paused is False
