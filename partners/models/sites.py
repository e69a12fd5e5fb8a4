"""Where organizations work."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from partners.models.organizations import Organization
from partners.reach import doubt
from wbl.tenancy.base import DistrictModel


class Site(DistrictModel):
    """A place where an organization works; the first one is its address in lists."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(_("name of the site"), max_length=120, blank=True)
    street = models.CharField(_("street"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    state = models.CharField(_("state"), max_length=30, blank=True)
    zip = models.CharField(_("ZIP"), max_length=20, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["district", "organization"], name="site_organization"),
            models.Index(fields=["district", "zip"], name="site_zip"),
            models.Index("district_id", Lower("city"), name="site_city"),
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def line(self) -> str:
        """The address in one line."""
        place = " ".join(p for p in (self.state, self.zip) if p)
        return ", ".join(p for p in (self.street, self.city, place) if p) or self.name

    @property
    def doubts(self) -> dict[str, str]:
        return {kind: doubt(kind, getattr(self, kind)) for kind in ("phone", "zip")}
