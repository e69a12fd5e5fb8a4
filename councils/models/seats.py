"""Seats of a council: whose they are, for how long, and what part of the community they speak for."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.models.councils import Council
from partners.models import Contact, Organization
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet


class Category(models.TextChoices):
    BUSINESS = "business", _("Business")
    LABOR = "labor", _("Labor")
    EDUCATION = "education", _("Education and training")
    WORKFORCE = "workforce", _("Workforce board or chamber")
    COMMUNITY = "community", _("Community and support services")
    STUDENT = "student", _("Student or parent")


class SeatQuerySet(DistrictQuerySet):
    def current(self) -> Self:
        """Seats that exist today, filled or vacant."""
        return self.filter(ended_on=None)

    def filled(self) -> Self:
        return self.current().exclude(contact=None)


class Seat(DistrictModel):
    """One place at the table. When the holder leaves, the seat is ended and a new vacant one takes its place."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="seats")
    category = models.CharField(_("speaks for"), max_length=10, choices=Category, default=Category.BUSINESS)
    title = models.CharField(_("what the seat is"), max_length=80, blank=True, help_text=_("As “chair” or “welding”."))
    chair = models.BooleanField(_("chairs the council"), default=False)
    contact = models.ForeignKey(
        Contact, verbose_name=_("member"), null=True, blank=True, on_delete=models.SET_NULL, related_name="seats"
    )
    # a vacant seat may still belong to an organization that has not named anybody yet
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("kept for"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="council_seats",
    )
    term_from = models.DateField(_("term from"), null=True, blank=True)
    term_to = models.DateField(_("term to"), null=True, blank=True)
    follows = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.SET_NULL, related_name="followed_by"
    )
    ended_on = models.DateField(null=True, editable=False)

    objects = DistrictManager.from_queryset(SeatQuerySet)()

    class Meta:
        ordering = ("-chair", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "council", "contact"],
                condition=models.Q(ended_on=None),
                name="seat_holder_once",
                violation_error_message=_("This person sits on the council already."),
            )
        ]
        indexes = [
            models.Index(fields=["district", "council"], name="seat_council"),
            models.Index(fields=["district", "contact"], name="seat_contact"),
        ]

    def __str__(self) -> str:
        return self.contact.name if self.contact else str(_("Vacant seat"))

    def clean(self) -> None:
        if self.term_from and self.term_to and self.term_to < self.term_from:
            raise ValidationError({"term_to": _("The term ends before it begins.")})

    @property
    def of(self) -> Any:
        """The organization it speaks for."""
        return self.contact.organization if self.contact else self.organization

    @property
    def note(self) -> Any:
        """What stands in brackets beside the name."""
        if self.chair:
            return _("chair")
        return self.title or (self.get_category_display().lower() if not self.contact_id else "")

    def term_is_over(self, today: dt.date) -> bool:
        return self.term_to is not None and self.term_to < today

    @transaction.atomic
    def vacate(self) -> "Seat":
        """The holder leaves: what they did stays with this seat, and a vacant one follows."""
        self.end()
        return Seat.objects.create(
            council=self.council,
            category=self.category,
            title=self.title,
            organization=self.organization or self.of,
            follows=self,
        )

    def end(self) -> None:
        self.ended_on = timezone.localdate()
        self.save(update_fields=["ended_on", "updated_at"])

    @transaction.atomic
    def come_back(self) -> None:
        """The way back from vacating or ending; the vacant seat that followed goes again."""
        Seat.objects.current().filter(follows=self, contact=None).delete()
        self.ended_on = None
        self.save(update_fields=["ended_on", "updated_at"])
