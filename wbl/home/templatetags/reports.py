"""Numbers of reports, each with the address of what stands behind it."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html

from wbl.home.period import Period
from wbl.web.numbers import grouped

register = template.Library()


@register.simple_tag
def students_url(period: Period, axis: str, key: Any) -> str:
    """The students of one line of a table; 0 stands for "no pathway"."""
    return reverse("home:reports_students") + period.query(**{axis: 0 if key is None else key})


@register.simple_tag
def behind(number: Any, address: str, period: Period, anchor: str) -> str:
    """A number that opens its list; nought opens nothing."""
    if not number:
        return "0"
    return format_html('<a href="{}{}#{}">{}</a>', address, period.query(), anchor, grouped(number))
