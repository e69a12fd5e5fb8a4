"""What a partner is willing to do: the array of activities."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.organizations import Organization
from wbl.continuum.types import DEFAULT_LEVEL, ExperienceType
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet


class OfferQuerySet(DistrictQuerySet):
    def open(self) -> Self:
        return self.filter(closed_at=None)


class Offer(DistrictModel):
    """One activity with its limits: how many, how often, when, what ages."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="offers")
    type = models.CharField(_("activity"), max_length=30, choices=ExperienceType)
    how_often = models.CharField(_("how often"), max_length=60, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    limits = models.CharField(_("limits"), max_length=200, blank=True)
    when = models.CharField(_("when"), max_length=120, blank=True)
    hours = models.DecimalField(_("hours it asks of them"), max_digits=5, decimal_places=1, null=True, blank=True)
    closed_at = models.DateTimeField(null=True, editable=False)

    objects = DistrictManager.from_queryset(OfferQuerySet)()

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["district", "organization"], name="offer_organization")]

    def __str__(self) -> str:
        return self.get_type_display()

    @property
    def level(self) -> Any:
        return DEFAULT_LEVEL[self.type].label

    def close(self) -> None:
        """They no longer offer it; what was done with it stays."""
        self.closed_at = timezone.now()
        self.save(update_fields=["closed_at", "updated_at"])

    def reopen(self) -> None:
        self.closed_at = None
        self.save(update_fields=["closed_at", "updated_at"])
