"""Students, as far as work-based learning needs to know them."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.names import fold
from pathways.models import Pathway
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.tenancy.models import School

SUFFIXES = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "iv"})


class Grade(models.IntegerChoices):
    SIX = 6, "6"
    SEVEN = 7, "7"
    EIGHT = 8, "8"
    NINE = 9, "9"
    TEN = 10, "10"
    ELEVEN = 11, "11"
    TWELVE = 12, "12"


class StudentQuerySet(DistrictQuerySet):
    def seen_by(self, membership: Any) -> Self:
        """Staff see the students of their own schools; every other member sees all."""
        schools = membership.school_ids
        return self if schools is None else self.filter(school__in=schools)

    def enrolled(self) -> Self:
        return self.filter(left_on=None)

    def matching(self, text: str) -> Self:
        for word in text.split():
            self = self.filter(models.Q(name__icontains=word) | models.Q(goes_by__icontains=word))
        return self


class Student(DistrictModel):
    """A student of the district. What a partner may see of one is decided by each placement's consent, never here."""

    name = models.CharField(_("full name"), max_length=120)
    sort_name = models.CharField(max_length=120, db_collation="C", editable=False)
    goes_by = models.CharField(_("goes by"), max_length=60, blank=True)
    birth_date = models.DateField(_("birth date"), help_text=_("Decides which youth-employment rules apply."))
    school = models.ForeignKey(School, verbose_name=_("school"), on_delete=models.PROTECT, related_name="students")
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade, null=True, blank=True)
    graduation_year = models.PositiveSmallIntegerField(_("graduates in"), null=True, blank=True)
    pathway = models.ForeignKey(
        Pathway, verbose_name=_("pathway"), null=True, blank=True, on_delete=models.SET_NULL, related_name="enrolled"
    )
    guardian_name = models.CharField(_("guardian"), max_length=120, blank=True)
    guardian_email = models.EmailField(_("guardian’s email"), blank=True)
    concentrator = models.BooleanField(
        _("CTE concentrator"), default=False, help_text=_("Has completed two courses in one program (Perkins V).")
    )
    left_on = models.DateField(_("left the district on"), null=True, blank=True)

    objects = DistrictManager.from_queryset(StudentQuerySet)()

    class Meta:
        ordering = ("sort_name", "id")
        indexes = [
            models.Index(fields=["district", "sort_name", "id"], name="student_sorted"),
            models.Index(fields=["district", "school"], name="student_school"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = roll_key(self.name)
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sort_name", "updated_at"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("placements:student", args=[self.pk])

    @property
    def called(self) -> str:
        """The first name, or what people call them."""
        return self.goes_by or self.name.split(" ")[0]

    def age_on(self, day: dt.date) -> int:
        """Full years on a day; who was born on February 29 turns a year older on March 1."""
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    @property
    def age(self) -> int:
        return self.age_on(timezone.localdate())


def roll_key(name: str) -> str:
    """As a class roll is ordered: last name first. “Lou Ferrante Jr.” stands under F."""
    words = name.split()
    end = len(words) - 1
    while end > 0 and words[end].lower() in SUFFIXES:
        end -= 1
    return fold(" ".join([*words[end:], *words[:end]]))[:120]
