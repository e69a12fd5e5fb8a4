"""What a partner is willing to do: the array of activities, and what they would rather not be asked now."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from partners.models.organizations import Organization
from wbl.continuum.types import DEFAULT_LEVEL, GROUP_TYPES, ExperienceType
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet

# a school year has two semesters, nine months and 36 weeks
PER_YEAR = {"year": 1, "semester": 2, "month": 9, "week": 36}


class Per(models.TextChoices):
    YEAR = "year", _("a year")
    SEMESTER = "semester", _("a semester")
    MONTH = "month", _("a month")
    WEEK = "week", _("a week")


class Place(models.TextChoices):
    SITE = "site", _("At their place")
    SCHOOL = "school", _("At school")
    VIRTUAL = "virtual", _("By video")


PLACES_TO_THEM = [("site", _("At your place")), *Place.choices[1:]]


class OfferQuerySet(DistrictQuerySet):
    def open(self, today: Any = None) -> Self:
        """Neither closed nor paused: what one may ask for today."""
        today = today or timezone.localdate()
        return self.filter(closed_at=None).filter(models.Q(paused_until=None) | models.Q(paused_until__lte=today))


class Offer(DistrictModel):
    """One activity with its limits: how many, how often, in which months, from which age, where.

    `how_often` and `when` are what was typed before these were fields, and what no field can say.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="offers")
    type = models.CharField(_("activity"), max_length=30, choices=ExperienceType)
    seats = models.PositiveSmallIntegerField(_("students each time"), null=True, blank=True)
    times = models.PositiveSmallIntegerField(
        _("how many times"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(500)]
    )
    per = models.CharField(_("in what time"), max_length=8, choices=Per, default=Per.YEAR)
    months = ArrayField(models.PositiveSmallIntegerField(), verbose_name=_("months"), default=list, blank=True)
    min_age = models.PositiveSmallIntegerField(
        _("youngest age"), null=True, blank=True, validators=[MinValueValidator(5), MaxValueValidator(21)]
    )
    place = models.CharField(_("place"), max_length=8, choices=Place, blank=True)
    limits = models.CharField(_("limits"), max_length=200, blank=True)
    how_often = models.CharField(_("how often"), max_length=60, blank=True)
    when = models.CharField(_("more on when"), max_length=120, blank=True)
    hours = models.DecimalField(_("hours it asks of them"), max_digits=5, decimal_places=1, null=True, blank=True)
    paused_until = models.DateField(_("paused until"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = DistrictManager.from_queryset(OfferQuerySet)()

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["district", "organization"], name="offer_organization"),
            models.Index(fields=["district", "type"], name="offer_type"),
        ]

    def __str__(self) -> str:
        return self.get_type_display()

    @property
    def level(self) -> Any:
        return DEFAULT_LEVEL[self.type].label

    @property
    def is_paused(self) -> bool:
        return self.paused_until is not None and self.paused_until > timezone.localdate()

    @property
    def often_in_words(self) -> str:
        """2 a year; what was typed where no number is known."""
        return f"{self.times} {self.get_per_display()}" if self.times else self.how_often  # type: ignore[attr-defined]

    @property
    def when_in_words(self) -> str:
        """Jan–Mar, Oct. Tuesdays."""
        return ". ".join(part for part in (months_in_words(self.months), self.when) if part)

    @property
    def limits_in_words(self) -> str:
        """Ages 16 and over. At their place. Closed shoes."""
        return self._limits(str(self.get_place_display()) if self.place else "")  # type: ignore[attr-defined]

    @property
    def limits_to_them(self) -> str:
        """Ages 16 and over. At your place. Closed shoes."""
        return self._limits(str(dict(PLACES_TO_THEM).get(self.place, "")))

    def _limits(self, place: str) -> str:
        age = _now("Ages %(age)s and over") % {"age": self.min_age} if self.min_age else ""
        return ". ".join(part for part in (age, place, self.limits) if part)

    @property
    def counts_times(self) -> bool:
        """A talk is counted by the time, an internship by the student."""
        return self.type in GROUP_TYPES

    @property
    def capacity(self) -> int | None:
        """How many times (or students) in a school year; None where they did not say how often."""
        times = self.times * PER_YEAR[self.per] if self.times else None
        if self.counts_times:
            return times
        return (self.seats or 1) * (times or 1)

    def close(self) -> None:
        """They no longer offer it; what was done with it stays."""
        self.closed_at = timezone.now()
        self.save(update_fields=["closed_at", "updated_at"])

    def reopen(self) -> None:
        self.closed_at = None
        self.save(update_fields=["closed_at", "updated_at"])


def months_in_words(months: list[int]) -> str:
    """[1, 2, 3, 10] is Jan–Mar, Oct; all twelve need no word."""
    runs: list[list[int]] = []
    for month in sorted({m for m in months if m in MONTHS}):
        if runs and runs[-1][-1] == month - 1:
            runs[-1].append(month)
        else:
            runs.append([month])
    if runs and len(runs[0]) == 12:
        return ""
    named = [[str(MONTHS_3[m]).capitalize() for m in (run[0], run[-1])] for run in runs]
    return ", ".join(first if first == last else f"{first}–{last}" for first, last in named)


class NotNow(DistrictModel):
    """A suggested ask that somebody put off: not before `until`, when it comes back by itself."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="not_now")
    type = models.CharField(max_length=30, choices=ExperienceType)
    until = models.DateField(_("ask again on"))
    note = models.CharField(_("why not now"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("until", "id")
        constraints = [models.UniqueConstraint(fields=["district", "organization", "type"], name="not_now_once")]

    def __str__(self) -> str:
        return f"{self.get_type_display()} not before {self.until}"

    @classmethod
    def put_off(cls, organization: Organization, *, type: str, until: dt.date, note: str, by: Any) -> Self:
        """Once for each activity; the last word counts."""
        row, _made = cls.objects.update_or_create(
            organization=organization, type=type, defaults={"until": until, "note": note, "by": by}
        )
        return row
