"""Values as people know them."""

import datetime as dt
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

from partners.models import Organization
from partners.models.stages import step_of
from wbl.web.dates import plain_day
from wbl.web.numbers import phone_text


def shown(field: models.Field, value: Any) -> str:
    """A stored value in words: labels of choices, names of people, yes and no, a dash for nothing."""
    if value in (None, "", []):
        return "–"
    if isinstance(field, models.ForeignKey) and field.related_model is get_user_model():
        return str(get_user_model().objects.filter(pk=value).first() or "somebody who is gone")
    if isinstance(field, models.ForeignKey):
        return str(field.related_model._default_manager.filter(pk=value).first() or "something that is gone")  # type: ignore[union-attr]
    if field.model is Organization and field.name == "stage":
        return step_of(value).name
    if field.choices or hasattr(field.model, f"get_{field.name}_display"):  # a district's own words, such as its stages
        return str(getattr(field.model(**{field.attname: value}), f"get_{field.name}_display")())
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if field.name.endswith("phone") or field.name == "mobile":
        return phone_text(value)
    return plain_day(value) if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else str(value)
