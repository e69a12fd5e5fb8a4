"""Steps to success: what has to be seen to before a new partner is ready, by whom, by when."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.kinds import Kind
from partners.models.organizations import Organization
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet


class Doer(models.TextChoices):
    OWNER = "owner", _("The partner’s owner")
    CONTACT = "contact", _("The partner, in the portal")
    ADMIN = "admin", _("An admin")


class StepQuerySet(DistrictQuerySet):
    def standing(self) -> Self:
        return self.filter(retired_at=None)


class OnboardingStep(DistrictModel):
    """One step of a district's checklist. `kinds` empty: for every kind of partner. `check_key` names what the system can see
    for itself (partners/onboarding_checks.py); blank: somebody ticks it."""

    title = models.CharField(_("step"), max_length=120)
    means = models.CharField(_("what it means"), max_length=300, blank=True)
    kinds = ArrayField(
        models.CharField(max_length=12, choices=Kind), verbose_name=_("for which partners"), default=list, blank=True
    )
    doer = models.CharField(_("who sees to it"), max_length=8, choices=Doer, default=Doer.OWNER)
    due_days = models.PositiveSmallIntegerField(_("due so many days after the start"), default=14)
    check_key = models.CharField(_("done when"), max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    retired_at = models.DateTimeField(null=True, editable=False)

    objects = DistrictManager.from_queryset(StepQuerySet)()

    class Meta:
        ordering = ("order", "id")

    def __str__(self) -> str:
        return self.title

    @property
    def for_whom(self) -> str:
        """Every kind, or the words of its kinds."""
        return ", ".join(str(Kind(k).label) for k in self.kinds) or "Every kind of partner"

    def fits(self, organization: Organization) -> bool:
        return not self.kinds or organization.kind in self.kinds

    def retire(self) -> None:
        """No partner gets it from now on; where it was begun it stays."""
        self.retired_at = timezone.now()
        self.save(update_fields=["retired_at", "updated_at"])

    def return_(self) -> None:
        self.retired_at = None
        self.save(update_fields=["retired_at", "updated_at"])


class TaskQuerySet(DistrictQuerySet):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def seen_by_the_system(self) -> Self:
        return self.open().exclude(check_key="")

    def owned_by(self, user: Any) -> Self:
        """A step without an owner of its own is the partner's owner's, whoever that is by then."""
        return self.filter(models.Q(owner=user) | models.Q(owner=None, organization__owner=user))


class OnboardingTask(DistrictModel):
    """One step with one partner, as the district worded it on the day it began. `done_how` says by what it was seen;
    `told_at` when the partner said in the portal that they have done their part."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="onboarding")
    step = models.ForeignKey(OnboardingStep, null=True, on_delete=models.SET_NULL, related_name="tasks")
    title = models.CharField(max_length=120)
    means = models.CharField(max_length=300, blank=True)
    doer = models.CharField(max_length=8, choices=Doer, default=Doer.OWNER)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    due = models.DateField(_("due"))
    check_key = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    done_how = models.CharField(max_length=200, blank=True)

    objects = DistrictManager.from_queryset(TaskQuerySet)()

    class Meta:
        ordering = ("order", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "organization", "step"],
                condition=models.Q(step__isnull=False),
                name="onboarding_task_once",
            )
        ]
        indexes = [
            models.Index(fields=["district", "organization"], name="onboarding_organization"),
            models.Index(fields=["district", "due"], condition=models.Q(done_at=None), name="onboarding_open"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def of(cls, step: OnboardingStep, organization: Organization, *, today: dt.date, admin: Any) -> Self:
        """The step with this partner, unsaved, beginning today."""
        return cls(
            organization=organization,
            step=step,
            title=step.title,
            means=step.means,
            doer=step.doer,
            owner=admin if step.doer == Doer.ADMIN else None,
            due=today + dt.timedelta(days=step.due_days),
            check_key=step.check_key,
            order=step.order,
        )

    @property
    def whose(self) -> Any:
        """Who sees to it that it is done, also where the partner does it."""
        return self.owner or self.organization.owner

    @property
    def is_theirs(self) -> bool:
        return self.doer == Doer.CONTACT

    @property
    def state(self) -> str:
        """For the checklist: done, blocked (late), now or later."""
        if self.done_at:
            return "done"
        today = timezone.localdate()
        return "blocked" if self.due < today else "now" if self.due <= today + dt.timedelta(days=7) else "later"

    def complete(self, *, how: str, by: Any = None) -> bool:
        """It is done: when, by whom (None: the system saw it) and by what. False if it was done already."""
        rows = OnboardingTask.objects.open().filter(pk=self.pk)
        now = timezone.now()
        self.done_at, self.done_by, self.done_how = now, by, how[:200]
        return bool(rows.update(done_at=now, done_by=by, done_how=how[:200], updated_at=now))

    def reopen(self) -> None:
        self.done_at, self.done_by, self.done_how = None, None, ""
        self.save(update_fields=["done_at", "done_by", "done_how", "updated_at"])

    def tell(self) -> None:
        """The partner says they have done their part."""
        self.told_at = timezone.now()
        self.save(update_fields=["told_at", "updated_at"])
