"""A career pathway: connected programs, work experience and support, with several ways in and out."""

from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wbl.tenancy.base import DistrictManager
from wbl.tenancy.shelf import Shelved, ShelvedQuerySet


class Cluster(models.TextChoices):
    """The 14 clusters of the National Career Clusters Framework of 2024 (Advance CTE), and the 16 of 2002 that
    differ in name; a district may use either."""

    ADVANCED_MANUFACTURING = "advanced_manufacturing", _("Advanced Manufacturing")
    AGRICULTURE = "agriculture", _("Agriculture")
    ARTS = "arts", _("Arts, Entertainment and Design")
    CONSTRUCTION = "construction", _("Construction")
    DIGITAL = "digital", _("Digital Technology")
    EDUCATION = "education", _("Education")
    ENERGY = "energy", _("Energy and Natural Resources")
    FINANCE = "finance", _("Financial Services")
    HEALTH = "health", _("Healthcare and Human Services")
    HOSPITALITY = "hospitality", _("Hospitality, Events and Tourism")
    MANAGEMENT = "management", _("Management and Entrepreneurship")
    MARKETING = "marketing", _("Marketing and Sales")
    PUBLIC = "public", _("Public Service and Safety")
    SUPPLY_CHAIN = "supply_chain", _("Supply Chain and Transportation")
    # 2002 names without an heir of the same meaning
    ARCHITECTURE_2002 = "architecture_2002", _("Architecture and Construction (2002)")
    ARTS_2002 = "arts_2002", _("Arts, A/V Technology and Communications (2002)")
    BUSINESS_2002 = "business_2002", _("Business Management and Administration (2002)")
    GOVERNMENT_2002 = "government_2002", _("Government and Public Administration (2002)")
    HEALTH_2002 = "health_2002", _("Health Science (2002)")
    HUMAN_2002 = "human_2002", _("Human Services (2002)")
    IT_2002 = "it_2002", _("Information Technology (2002)")
    LAW_2002 = "law_2002", _("Law, Public Safety, Corrections and Security (2002)")
    MANUFACTURING_2002 = "manufacturing_2002", _("Manufacturing (2002)")
    STEM_2002 = "stem_2002", _("Science, Technology, Engineering and Mathematics (2002)")
    TRANSPORTATION_2002 = "transportation_2002", _("Transportation, Distribution and Logistics (2002)")


class PathwayQuerySet(ShelvedQuerySet):
    def public(self) -> Self:
        """Anyone may read them."""
        return self.present().exclude(published_at=None)

    def drawn(self) -> Self:
        """With everything a map needs, in a fixed number of queries."""
        return self.prefetch_related(
            "steps__entries",
            "steps__credentials",
            "steps__experiences",
            "steps__exits__occupation",
            "occupations",
            "services__first_step",
            "services__last_step",
            "ties__organization",
        )


class Pathway(Shelved):
    """A line of steps; everything else hangs on its steps."""

    name = models.CharField(_("name"), max_length=120)
    cluster = models.CharField(_("career cluster"), max_length=30, choices=Cluster)
    description = models.TextField(_("description"), blank=True)
    students = models.PositiveIntegerField(_("students enrolled"), null=True, blank=True)
    finishers = models.PositiveIntegerField(_("people who finish in a year"), null=True, blank=True)
    source = models.CharField(
        _("source of the demand"), max_length=200, blank=True, help_text=_("Who counted openings and wages, and when.")
    )
    source_url = models.URLField(_("address of the source"), max_length=300, blank=True)
    published_at = models.DateTimeField(null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = DistrictManager.from_queryset(PathwayQuerySet)()

    class Meta:
        ordering = ("name", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "name"],
                name="pathway_name_once",
                violation_error_message=_("There is a pathway of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("pathways:detail", args=[self.pk])

    def public_url(self) -> str:
        return reverse("public:pathway", args=[self.pk])

    @property
    def is_public(self) -> bool:
        return self.published_at is not None and self.archived_at is None

    @property
    def openings(self) -> int:
        """Openings a year of all its occupations."""
        return sum(o.openings or 0 for o in self.occupations.all())

    def publish(self, *, by: Any) -> None:
        """Show it to everyone."""
        self.published_at, self.published_by = timezone.now(), by
        self.save(update_fields=["published_at", "published_by", "updated_at"])

    def withdraw(self) -> None:
        """Take it off the public pages."""
        self.published_at = self.published_by = None
        self.save(update_fields=["published_at", "published_by", "updated_at"])

    @transaction.atomic
    def append_step(self, **fields: Any) -> Any:
        """A step at the end of the line."""
        last = self.steps.aggregate(models.Max("order"))["order__max"]
        return self.steps.create(order=(last or 0) + 1, **fields)
