"""A council: who should sit on it, how often it meets, and what it needs to decide."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pathways.models import Pathway
from wbl.tenancy.base import DistrictManager, DistrictModel
from wbl.tenancy.calendar import school_year_start
from wbl.tenancy.shelf import Shelved, ShelvedQuerySet


class CouncilKind(models.TextChoices):
    ADVISORY = "advisory", _("Business advisory council")
    OCCUPATIONAL = "occupational", _("Occupational advisory committee")
    REGIONAL = "regional", _("Regional partnership")
    OTHER = "other", _("Other council")


class Quorum(models.TextChoices):
    MAJORITY = "majority", _("More than half of the filled seats")
    TWO_THIRDS = "two_thirds", _("Two thirds of the filled seats")
    NUMBER = "number", _("A fixed number")


class CouncilQuerySet(ShelvedQuerySet):
    def with_seats(self) -> Self:
        from councils.models.seats import Seat

        held = Seat.objects.current().select_related("contact", "organization", "contact__organization")
        return self.prefetch_related(models.Prefetch("seats", queryset=held, to_attr="current_seats"))

    def with_year(self, today: dt.date) -> Self:
        """Meetings of the school year of a day, as `year_meetings`, oldest first."""
        from councils.models.meetings import Meeting

        year = Meeting.objects.standing().in_school_year(today).order_by("starts_at")
        return self.prefetch_related(models.Prefetch("meetings", queryset=year, to_attr="year_meetings"))


class Council(Shelved):
    """Partners who advise. Eight to ten members, two meetings a year and better four: a district may set more."""

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=CouncilKind, default=CouncilKind.ADVISORY)
    letter = models.CharField(
        _("letter of its recommendations"),
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{1,3}$", _("One to three capital letters."))],
        help_text=_("As M in M-17."),
    )
    description = models.TextField(_("what it is for"), blank=True)
    minimum_members = models.PositiveSmallIntegerField(
        _("members, at least"), default=8, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    maximum_members = models.PositiveSmallIntegerField(
        _("members, at most"), default=10, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )
    meetings_per_year = models.PositiveSmallIntegerField(
        _("meetings a school year"), default=4, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    quorum_rule = models.CharField(_("quorum"), max_length=12, choices=Quorum, default=Quorum.MAJORITY)
    quorum_number = models.PositiveSmallIntegerField(_("fixed number for the quorum"), null=True, blank=True)
    notice_days = models.PositiveSmallIntegerField(_("days of notice"), default=7)
    term_years = models.PositiveSmallIntegerField(_("years of a term"), default=2)

    objects = DistrictManager.from_queryset(CouncilQuerySet)()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "name"],
                name="council_name_once",
                violation_error_message=_("There is a council of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("councils:detail", args=[self.pk])

    def clean(self) -> None:
        if self.minimum_members and self.maximum_members and self.minimum_members > self.maximum_members:
            raise ValidationError({"maximum_members": _("At most is less than at least.")})
        if self.quorum_rule == Quorum.NUMBER and not self.quorum_number:
            raise ValidationError({"quorum_number": _("Say how many.")})

    def quorum_of(self, filled: int) -> int:
        """How many must be present when so many seats are filled."""
        if self.quorum_rule == Quorum.NUMBER:
            return self.quorum_number or 0
        return -(-filled * 2 // 3) if self.quorum_rule == Quorum.TWO_THIRDS else filled // 2 + 1

    @transaction.atomic
    def serve(self, *, pathways: Iterable[Pathway]) -> None:
        """Replace the pathways it advises on."""
        wanted = {p.pk for p in pathways}
        CouncilPathway.objects.filter(council=self).exclude(pathway__in=wanted).delete()
        known = set(CouncilPathway.objects.filter(council=self).values_list("pathway_id", flat=True))
        CouncilPathway.objects.bulk_create(CouncilPathway(council=self, pathway_id=pk) for pk in sorted(wanted - known))

    @transaction.atomic
    def call_meeting(
        self,
        *,
        day: dt.date,
        starts: dt.time,
        ends: dt.time,
        place: str,
        by: Any,
        notice_posted_on: dt.date | None = None,
    ) -> Any:
        """A new meeting; its number counts the meetings called in that school year."""
        from councils.models.meetings import Meeting

        Council.objects.select_for_update().get(pk=self.pk)
        year = school_year_start(day).year
        last = Meeting.objects.filter(council=self, school_year=year).aggregate(models.Max("number"))["number__max"]
        return Meeting.objects.create(
            council=self,
            number=(last or 0) + 1,
            school_year=year,
            day=day,
            starts=starts,
            ends=ends,
            place=place,
            notice_posted_on=notice_posted_on,
            called_by=by,
        )

    @transaction.atomic
    def recommend(self, *, purpose: str, text: str, contact: Any = None, meeting: Any = None, item: Any = None) -> Any:
        """Write a recommendation down under the council's next number (M-17, M-18 …)."""
        from councils.models.outcomes import Recommendation

        Council.objects.select_for_update().get(pk=self.pk)
        last = Recommendation.objects.filter(council=self).aggregate(models.Max("number"))["number__max"]
        return Recommendation.objects.create(
            council=self,
            number=(last or 0) + 1,
            purpose=purpose,
            text=text,
            contact=contact,
            meeting=meeting,
            item=item,
        )


class CouncilPathway(DistrictModel):
    """A pathway the council advises on."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="pathway_ties")
    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="council_ties")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "council", "pathway"], name="council_pathway_once")]

    def __str__(self) -> str:
        return f"{self.council} for {self.pathway}"
