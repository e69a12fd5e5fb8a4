"""Controls that browsers have for days and times; a student named in words."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from partners.fields import SHOWN, NamedField
from placements.models import Student


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs: object) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)  # type: ignore[arg-type]


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, **kwargs: object) -> None:
        super().__init__(format="%H:%M", **kwargs)  # type: ignore[arg-type]


class StudentField(NamedField):
    """A student still here whom `membership` may see: "Hattie Brandvold, North High, grade 11". The form sets it."""

    source, membership = "placements:student_names", None

    def rows(self) -> QuerySet[Any]:
        return Student.objects.seen_by(self.membership).enrolled().select_related("school")

    def candidates(self, text: str) -> list[Any]:
        found = list(self.rows().matching(text.split(",")[0])[:200]) if text.strip() else []  # type: ignore[attr-defined]
        typed = text.casefold().strip()
        return sorted(found, key=lambda each: each.name.casefold() not in typed)[:SHOWN]

    def unknown(self, text: str) -> str:
        return _("No student that you can see is called “%(text)s”.") % {"text": text}

    def label_from_instance(self, value: Any) -> str:
        grade = f", grade {value.grade}" if value.grade else ""
        return f"{value.name}, {value.school}{grade}"
