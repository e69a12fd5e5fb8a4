"""Pairs that look like one partner, and merges with all that is needed to take them back."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.cache import cache
from django.db import models
from django.urls import reverse
from django.utils import timezone

from partners.models.organizations import Organization
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet

UNDO_DAYS = 30
_COUNT = "partners:pairs"


class DuplicatePairQuerySet(DistrictQuerySet):
    def waiting(self) -> Self:
        """Not dismissed, and both partners still listed."""
        return self.filter(dismissed_at=None, one__archived_at=None, other__archived_at=None)


class DuplicatePair(DistrictModel):
    """Two partners that may be one (partners.duplicates); `one` is the older. A dismissed pair stays, so that it is not
    asked about again."""

    history: ClassVar[bool] = False  # made and renewed every night; who dismissed it stands in the row

    one = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    dismissed_at = models.DateTimeField(null=True)
    dismissed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = DistrictManager.from_queryset(DuplicatePairQuerySet)()

    class Meta:
        ordering = ("-score", "id")
        constraints = [
            models.UniqueConstraint(fields=["district", "one", "other"], name="duplicate_pair_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="duplicate_pair_in_order"),
        ]
        indexes = [
            models.Index(
                fields=["district", "-score", "id"], condition=models.Q(dismissed_at=None), name="pair_waiting"
            ),
            models.Index(fields=["district", "other"], name="pair_other"),
        ]

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"

    @classmethod
    def count_waiting(cls) -> int:
        """How many wait for somebody's look; counted at most once a minute, and anew when one is seen to."""
        return int(cache.get_or_set(_COUNT, cls.objects.waiting().count, 60) or 0)

    @classmethod
    def count_anew(cls) -> None:
        cache.delete(_COUNT)

    def dismiss(self, *, by: Any) -> None:
        """They are two: say so once."""
        self.dismissed_at, self.dismissed_by = timezone.now(), by
        self.save(update_fields=["dismissed_at", "dismissed_by", "updated_at"])
        self.count_anew()

    def reconsider(self) -> None:
        self.dismissed_at = self.dismissed_by = None
        self.save(update_fields=["dismissed_at", "dismissed_by", "updated_at"])
        self.count_anew()


class MergeQuerySet(DistrictQuerySet):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def undoable(self) -> Self:
        """Standing, and not older than thirty days."""
        return self.standing().filter(created_at__gt=timezone.now() - dt.timedelta(days=UNDO_DAYS))


class Merge(DistrictModel):
    """One record went into another. Ids are plain numbers: the one that went is gone from its table until it is undone.

    `plan` tells what was done, in order (partners.merging): rows moved, put away and changed. `told` is for people: what
    came along and what had to give way. `kept` lists what an undo left as it is.
    """

    history: ClassVar[bool] = False  # it is a record of its own, written once

    kind = models.CharField(max_length=80)
    survivor_id = models.BigIntegerField()
    survivor_name = models.CharField(max_length=200)
    loser_id = models.BigIntegerField()
    loser_name = models.CharField(max_length=200)
    loser_key = models.CharField(max_length=200, blank=True)  # an import of the old list finds the survivor by it
    plan = models.JSONField()
    told = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    kept = models.JSONField(default=list)

    objects = DistrictManager.from_queryset(MergeQuerySet)()

    class Meta:
        ordering = ("-id",)
        indexes = [
            models.Index(
                fields=["district", "kind", "loser_id"], condition=models.Q(undone_at=None), name="merge_loser"
            ),
            models.Index(fields=["district", "kind", "survivor_id"], name="merge_survivor"),
        ]

    def __str__(self) -> str:
        return f"{self.loser_name} {'and' if self.undone_at else 'into'} {self.survivor_name}"

    def get_absolute_url(self) -> str:
        return reverse("partners:merge_done", args=[self.pk])

    @property
    def is_undoable(self) -> bool:
        return self.undone_at is None and self.created_at > timezone.now() - dt.timedelta(days=UNDO_DAYS)

    @property
    def undo_until(self) -> dt.datetime:
        return self.created_at + dt.timedelta(days=UNDO_DAYS)

    @classmethod
    def now_at(cls, kind: str, pk: int) -> int | None:
        """Where a record that was merged away is now; None for one that was not. Follows one merge after another."""
        standing = cls.objects.standing()
        gone = dict(standing.filter(kind=kind).values_list("loser_id", "survivor_id"))
        if kind == "partners.contact":  # the same people of two partners became one with them
            for people in standing.values_list("plan__people", flat=True):
                gone |= {loser: survivor for survivor, loser, _was in people or ()}
        at, seen = gone.get(pk), {pk}
        while at in gone and at not in seen:
            seen.add(at)
            at = gone[at]
        return at
