"""The steps of a pathway, and what hangs on each: ways in, credentials, experiences, ways out, support."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from pathways.models.demand import PathwayOccupation
from pathways.models.pathways import Pathway
from wbl.continuum.types import ExperienceType
from wbl.tenancy.base import DistrictModel


class StepKind(models.TextChoices):
    COURSE = "course", _("Course")
    PROGRAM = "program", _("Program")
    COLLEGE = "college", _("College credit or degree")
    WORK = "work", _("Training at work")


class Step(DistrictModel):
    """One stop of the line, with the grade or place above it."""

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField(editable=False)
    grade = models.CharField(
        _("grade or place"), max_length=40, help_text=_("As “Grade 9”, “Technology center” or “College”.")
    )
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=8, choices=StepKind, default=StepKind.COURSE)

    class Meta:
        ordering = ("order", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "pathway", "order"], name="step_order_once", deferrable=models.Deferrable.DEFERRED
            )
        ]

    def __str__(self) -> str:
        return f"{self.grade}, {self.name}"

    @transaction.atomic
    def move(self, *, by: int) -> None:
        """Change places with the neighbor before (-1) or after (+1); at an end nothing happens."""
        line = list(Step.objects.select_for_update().filter(pathway=self.pathway_id).order_by("order", "id"))
        at = line.index(self)
        if not 0 <= at + by < len(line):
            return
        line[at], line[at + by] = line[at + by], line[at]
        for order, step in enumerate(line, start=1):
            if step.order != order:
                Step.objects.filter(pk=step.pk).update(order=order)


class EntryPoint(DistrictModel):
    """Who may come in at this step."""

    step = models.ForeignKey(Step, verbose_name=_("step"), on_delete=models.CASCADE, related_name="entries")
    who = models.CharField(_("who may enter"), max_length=60, help_text=_("As “Any 8th grader” or “Adults”."))
    condition = models.CharField(_("on what condition"), max_length=60, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.who} ({self.condition})" if self.condition else self.who


class Credential(DistrictModel):
    """Earned at a step. A credential that stacks is carried along to every later step."""

    step = models.ForeignKey(Step, verbose_name=_("earned at"), on_delete=models.CASCADE, related_name="credentials")
    name = models.CharField(_("name"), max_length=80)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    stacks = models.BooleanField(_("counts toward later credentials"), default=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name


class Experience(DistrictModel):
    """What students do with employers at a step."""

    step = models.ForeignKey(Step, verbose_name=_("at step"), on_delete=models.CASCADE, related_name="experiences")
    type = models.CharField(_("experience"), max_length=30, choices=ExperienceType)
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        name = str(self.get_type_display())
        return f"{name}, {self.hours} h" if self.hours else name


class ExitPoint(DistrictModel):
    """Where one may leave for work: after this step, into this occupation."""

    step = models.ForeignKey(Step, verbose_name=_("after step"), on_delete=models.CASCADE, related_name="exits")
    occupation = models.ForeignKey(
        PathwayOccupation, verbose_name=_("occupation"), on_delete=models.CASCADE, related_name="exits"
    )

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.occupation)


class SupportService(DistrictModel):
    """What helps people stay: it spans one step or several."""

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="services")
    name = models.CharField(_("what it is"), max_length=120)
    provider = models.CharField(_("through whom"), max_length=120, blank=True)
    first_step = models.ForeignKey(Step, verbose_name=_("from step"), on_delete=models.CASCADE, related_name="+")
    last_step = models.ForeignKey(Step, verbose_name=_("to step"), on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("first_step__order", "id")

    def __str__(self) -> str:
        return f"{self.name}, {self.provider}" if self.provider else self.name

    def clean(self) -> None:
        first, last = getattr(self, "first_step", None), getattr(self, "last_step", None)
        if first and last and first.order > last.order:
            raise ValidationError({"last_step": _("It ends before it begins: choose a later step.")})

    def spans(self, step: Any) -> bool:
        return self.first_step.order <= step.order <= self.last_step.order
