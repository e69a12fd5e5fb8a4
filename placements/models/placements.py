"""A student works with a partner: from the first check to the last evaluation."""

import datetime as dt
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Contact, Organization, Site, TimelineEntry
from pathways.models import Pathway
from placements.models.students import Student
from wbl.continuum.types import DEFAULT_LEVEL, ExperienceType
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.tenancy.calendar import school_year_start
from wbl.tenancy.models import School


class Status(models.TextChoices):
    """Where a placement stands: the last step that is done, in order. Planned is before the first; ended is early."""

    PLANNED = "planned", _("Planned")
    ELIGIBLE = "eligible", _("Eligible")
    MATCHED = "matched", _("Matched")
    CONSENTED = "consented", _("Consented")
    AGREED = "agreed", _("Agreed")
    ACTIVE = "active", _("Active")
    EVALUATED = "evaluated", _("Evaluated")
    COMPLETED = "completed", _("Completed")
    ENDED = "ended", _("Ended early")


STEPS = (
    Status.ELIGIBLE,
    Status.MATCHED,
    Status.CONSENTED,
    Status.AGREED,
    Status.ACTIVE,
    Status.EVALUATED,
    Status.COMPLETED,
)
OVER = (Status.COMPLETED, Status.ENDED)


class PlacementQuerySet(DistrictQuerySet):
    def seen_by(self, membership: Any) -> Self:
        """Staff see placements of students who are, or then were, at their own schools."""
        schools = membership.school_ids
        if schools is None:
            return self
        return self.filter(models.Q(school__in=schools) | models.Q(student__school__in=schools))

    def going_on(self) -> Self:
        """Neither completed nor ended."""
        return self.filter(ended_on=None)

    def active(self) -> Self:
        return self.going_on().filter(steps__step=Status.ACTIVE)

    def without_step(self, step: str) -> Self:
        done = PlacementStep.objects.filter(placement=models.OuterRef("pk"), step=step)
        return self.filter(~models.Exists(done))

    def with_step(self, step: str) -> Self:
        return self.with_any_step(step)

    def with_any_step(self, *steps: str) -> Self:
        done = PlacementStep.objects.filter(placement=models.OuterRef("pk"), step__in=steps)
        return self.filter(models.Exists(done))

    def between(self, first: dt.date, last: dt.date) -> Self:
        """On at any time from the first day to the last; those that never became active don't count."""
        began = self.with_step(Status.ACTIVE).filter(starts__lte=last)
        return began.filter(
            models.Q(ended_on=None, ends=None)
            | models.Q(ended_on=None, ends__gte=first)
            | models.Q(ended_on__gte=first)
        )

    def with_hours(self) -> Self:
        """Adds `hours_done` (approved) and `hours_waiting` (not yet)."""
        total = models.Sum("hours__hours", filter=models.Q(hours__approved_at__isnull=False))
        waiting = models.Sum("hours__hours", filter=models.Q(hours__approved_at=None))
        return self.annotate(hours_done=total, hours_waiting=waiting)


class Placement(DistrictModel):
    """One student with one partner for some time.

    `school`, `grade` and `pathway` are those of the day it was made: reports of that year stay true when the student moves on.
    """

    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="placements")
    organization = models.ForeignKey(
        Organization, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="placements"
    )
    site = models.ForeignKey(
        Site, verbose_name=_("site"), null=True, blank=True, on_delete=models.SET_NULL, related_name="placements"
    )
    supervisor = models.ForeignKey(
        Contact,
        verbose_name=_("supervisor"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="placements",
    )
    type = models.CharField(_("kind of experience"), max_length=30, choices=ExperienceType, default="internship")
    job_title = models.CharField(_("what they do there"), max_length=120, blank=True)
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"), null=True, blank=True)
    schedule = models.CharField(_("weekly schedule"), max_length=200, blank=True)
    paid = models.BooleanField(_("paid"), default=False)
    wage = models.DecimalField(
        _("wage an hour"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"))],
    )
    hours_goal = models.PositiveSmallIntegerField(_("hours to reach"), null=True, blank=True)
    hazards = ArrayField(models.CharField(max_length=6), default=list, blank=True)
    student_learner = models.BooleanField(
        _("under a written student-learner agreement"),
        default=False,
        help_text=_("29 CFR 570.50(c): names the student, signed by employer and school."),
    )
    work_experience_program = models.BooleanField(
        _("in a state-approved work-experience program (WECEP)"), default=False, help_text=_("29 CFR 570.36")
    )
    school = models.ForeignKey(School, editable=False, on_delete=models.PROTECT, related_name="placements")
    grade = models.PositiveSmallIntegerField(null=True, editable=False)
    pathway = models.ForeignKey(
        Pathway, null=True, editable=False, on_delete=models.SET_NULL, related_name="placements"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED, editable=False)
    status_since = models.DateTimeField(default=timezone.now, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    ended_on = models.DateField(null=True, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    ended_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = DistrictManager.from_queryset(PlacementQuerySet)()

    class Meta:
        ordering = ("-starts", "-id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("starts")),
                name="placement_ends_after_it_starts",
                violation_error_message=_("The last day lies before the first."),
            )
        ]
        indexes = [
            models.Index(fields=["district", "status"], name="placement_status"),
            models.Index(fields=["district", "organization"], name="placement_organization"),
            models.Index(fields=["district", "student"], name="placement_student"),
            models.Index(fields=["district", "school", "starts"], name="placement_school"),
        ]

    def __str__(self) -> str:
        return f"{self.get_type_display()} of {self.student} at {self.organization}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.school_id is None:
            self.school_id, self.grade = self.student.school_id, self.student.grade
            self.pathway_id = self.student.pathway_id
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("placements:detail", args=[self.pk])

    # --- what is known ----------------------------------------------------------------------

    @property
    def level(self) -> Any:
        return DEFAULT_LEVEL[self.type].label

    @property
    def is_over(self) -> bool:
        return self.ended_on is not None

    @property
    def done(self) -> dict[str, "PlacementStep"]:
        """The steps that were ticked. Reads `steps`, prefetched where it matters."""
        return {row.step: row for row in self.steps.all()}

    @property
    def consented(self) -> bool:
        """May the partner know who it is? Only with the family's consent on file."""
        return Status.CONSENTED in self.done

    @property
    def is_active(self) -> bool:
        return not self.is_over and Status.ACTIVE in self.done

    @property
    def hours_not_yet(self) -> str:
        """Why no hours can be entered yet; "" when they can: from the first day, once the agreement is signed. Who is
        on site though a paper is missing has worked, and hours follow the facts."""
        if not {Status.AGREED, Status.ACTIVE} & set(self.done):
            return str(
                _("The agreement is not signed yet: tick it in the checklist once it is here, then enter hours.")
            )
        if self.starts > timezone.localdate():
            return str(_("Hours can be entered from the first day, %(day)s.")) % {
                "day": f"{self.starts:%b} {self.starts.day}, {self.starts.year}"
            }
        return ""

    @property
    def next_step(self) -> Status | None:
        done = self.done
        return None if self.is_over else next((step for step in STEPS if step not in done), None)

    @property
    def report_year(self) -> dt.date:
        return school_year_start(self.starts)

    # --- what is done -----------------------------------------------------------------------

    @transaction.atomic
    def tick(self, *, step: str, by: Any, note: str = "") -> "PlacementStep":
        """A step is done: who and when. Steps may be done out of order; the status follows the first gap."""
        row, made = PlacementStep.objects.get_or_create(placement=self, step=step, defaults={"by": by, "note": note})
        if made:
            self.follow_steps()
        return row

    @transaction.atomic
    def untick(self, *, step: str) -> None:
        """It was not done after all."""
        PlacementStep.objects.filter(placement=self, step=step).delete()
        self.follow_steps()

    @transaction.atomic
    def activate(self, *, by: Any) -> None:
        """The student is on site."""
        if Status.ACTIVE in self.done:
            return
        self.tick(step=Status.ACTIVE, by=by)
        TimelineEntry.objects.carried_out(self)
        self._tell(_("began"), by=by)

    @transaction.atomic
    def end(self, *, by: Any, reason: str, on: dt.date | None = None, completed: bool = False) -> None:
        """It is over, as planned (`completed`) or early; the reason stands in the partner's timeline."""
        if completed:
            PlacementStep.objects.get_or_create(placement=self, step=Status.COMPLETED, defaults={"by": by})
        self.ended_on, self.ended_by, self.ended_reason = on or timezone.localdate(), by, reason
        self._set_status(Status.COMPLETED if completed else Status.ENDED, "ended_on", "ended_by", "ended_reason")
        self._tell(_("was completed") if completed else _("ended early"), by=by, body=reason)

    @transaction.atomic
    def reopen(self, *, by: Any) -> None:
        """It goes on: the undo of `end`."""
        PlacementStep.objects.filter(placement=self, step=Status.COMPLETED).delete()
        self.ended_on, self.ended_by, self.ended_reason = None, None, ""
        self.save(update_fields=["ended_on", "ended_by", "ended_reason", "updated_at"])
        self.follow_steps()
        self._tell(_("goes on"), by=by)

    def follow_steps(self) -> None:
        """Set the status by the steps that are ticked."""
        if self.is_over:
            return
        self._forget_steps()
        done, status = self.done, Status.PLANNED
        for step in STEPS:
            if step not in done:
                break
            status = step
        if Status.ACTIVE in done and status in (Status.PLANNED, *STEPS[:4]):
            status = Status.ACTIVE  # on site is on site, whatever paper is missing
        self._set_status(status)

    def _set_status(self, status: Status, *others: str) -> None:
        if status != self.status:
            self.status, self.status_since = status, timezone.now()
        self.save(update_fields=["status", "status_since", "updated_at", *others])
        self._forget_steps()

    def _forget_steps(self) -> None:
        getattr(self, "_prefetched_objects_cache", {}).pop("steps", None)

    def _tell(self, what: Any, *, by: Any, body: str = "") -> None:
        """Into the partner's timeline, without the student's name: staff of other schools read it too."""
        self.organization.record(
            kind="placement",
            summary=f"{self.get_type_display()} {what}: a student of {self.school}",
            body=body,
            by=by,
            contact=self.supervisor,
            about=self,
        )


class PlacementStep(DistrictModel):
    """One step of a placement's checklist, with who ticked it and when."""

    nouns: ClassVar[tuple[str, str]] = ("step", "steps")

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=10, choices=[(step.value, step.label) for step in STEPS])
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = [models.UniqueConstraint(fields=["placement", "step"], name="placement_step_once")]

    def __str__(self) -> str:
        return f"{self.get_step_display()} on {self.at:%Y-%m-%d}"
