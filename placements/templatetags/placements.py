"""What templates of placements say of a row."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template

from placements import board, labor
from placements.labor import Finding
from placements.models import Placement
from placements.models.hours import hours_in_words
from wbl.web.dates import day_in_words, days_late
from wbl.web.lists import Column, Listing
from wbl.web.numbers import grouped
from wbl.web.templatetags.wbl_tags import count

register = template.Library()


@register.filter
def waits_for(placement: Placement) -> str:
    return board.waits_for(placement)


@register.filter
def waiting_days(since: dt.datetime) -> str:
    """5 days; since today."""
    return count(days, "day") if (days := days_late(since)) else "since today"


@register.filter
def board_button(placement: Placement) -> str:
    return board.button(placement)


@register.filter
def sentence(finding: Finding) -> str:
    return labor.sentence(finding)


@register.filter
def cells(listing: Listing, row: Any) -> list[tuple[Column, str]]:
    """The shown columns of a row, as words."""
    return [(column, in_words(column.read(row))) for column in listing.shown]


@register.filter
def hours(value: Decimal | None) -> str:
    return hours_in_words(value)


def in_words(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "–"
    if isinstance(value, dt.date):
        return day_in_words(value)
    if isinstance(value, Decimal):
        return hours_in_words(value)
    return str(value) if isinstance(value, str) and value else grouped(value)
