"""A pathway copied from the region, with the version it was copied at."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from pathways.models.pathways import Pathway
from wbl.tenancy.base import DistrictModel
from wbl.tenancy.models import District


class Adoption(DistrictModel):
    """This district's pathway came from that region's publication `key`, at `version`."""

    pathway = models.OneToOneField(Pathway, on_delete=models.CASCADE, related_name="adoption")
    region = models.ForeignKey(District, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    adopted_at = models.DateTimeField(default=timezone.now)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "region", "key"], name="adoption_once")]

    def __str__(self) -> str:
        return f"{self.pathway} from {self.region}, version {self.version}"
