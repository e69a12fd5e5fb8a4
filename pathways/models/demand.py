"""What the region needs, and who teaches and hires: occupations with their source, ties to partners."""

from decimal import Decimal
from typing import ClassVar

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.models import Organization
from pathways.models.pathways import Pathway
from wbl.tenancy.base import DistrictModel


class PathwayOccupation(DistrictModel):
    """An occupation the pathway leads to. Wage and openings are typed, with where they come from."""

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="occupations")
    soc = models.CharField(
        _("SOC code"),
        max_length=10,
        blank=True,
        validators=[RegexValidator(r"^\d{2}-\d{4}(\.\d{2})?$", _("A SOC code is written 51-4041 or 51-4041.00."))],
        help_text=_("SOC 2018 or O*NET, as 51-4041."),
    )
    title = models.CharField(_("occupation"), max_length=100)
    wage = models.DecimalField(
        _("wage an hour"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    openings = models.PositiveIntegerField(_("openings a year"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, help_text=_("Who counted, and when."))
    source_url = models.URLField(_("address of the source"), max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["district", "pathway", "title"],
                name="pathway_occupation_once",
                violation_error_message=_("This occupation is on the pathway already."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class Role(models.TextChoices):
    PROVIDER = "provider", _("Teaches or trains")
    EMPLOYER = "employer", _("Hires or hosts students")


class Tie(DistrictModel):
    """A partner's part in a pathway."""

    nouns: ClassVar[tuple[str, str]] = ("part in a pathway", "parts in pathways")

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="ties")
    organization = models.ForeignKey(
        Organization, verbose_name=_("partner"), on_delete=models.CASCADE, related_name="pathway_ties"
    )
    role = models.CharField(_("part"), max_length=8, choices=Role, default=Role.EMPLOYER)
    agreed_on = models.DateField(
        _("agreed to be named in public on"),
        null=True,
        blank=True,
        help_text=_("Without a day they are not on the public page."),
    )

    class Meta:
        ordering = ("role", "organization__sort_name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "pathway", "organization", "role"],
                name="pathway_tie_once",
                violation_error_message=_("This partner has that part already."),
            )
        ]
        indexes = [models.Index(fields=["district", "organization"], name="pathway_tie_organization")]

    def __str__(self) -> str:
        return f"{self.organization}: {self.get_role_display()}"
