"""What templates of placements say of a row."""

import datetime as dt
from decimal import Decimal

from django import template

from placements import board, labor
from placements.labor import Finding
from placements.models import Placement
from placements.models.hours import hours_in_words
from wbl.web.dates import days_late
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
def hours(value: Decimal | None) -> str:
    return hours_in_words(value)
