"""A district's choices about the continuum."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from wbl.continuum.types import DEFAULT_LEVEL, ExperienceType, Level
from wbl.tenancy.base import DistrictModel
from wbl.tenancy.prepared import Prepared


class TypeChoice(DistrictModel):
    """A district puts a type on another level than the usual one, or counts it differently for 5S3."""

    type = models.CharField(max_length=30, choices=ExperienceType)
    level = models.CharField(max_length=12, choices=Level)
    counts = models.BooleanField(default=False, help_text="Counts as work-based learning for indicator 5S3.")
    hours_needed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name, verbose_name_plural = _("kind of experience"), _("kinds of experience")
        constraints = [models.UniqueConstraint(fields=["district", "type"], name="type_choice_once")]

    def __str__(self) -> str:
        return f"{self.get_type_display()}: {self.get_level_display()}"


CHOSEN = Prepared(lambda: TypeChoice.objects.values_list("type", "level"))


def levels() -> dict[str, str]:
    """Level of each type in the open district: one query."""
    return {
        **{t: str(level) for t, level in DEFAULT_LEVEL.items()},
        **dict(CHOSEN()),
    }
