"""Whom mail must not reach: people who opted out, addresses that do not exist."""

from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models
from django.utils import timezone

from wbl.mail.categories import OPTIONAL, Category
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet


class OptOutQuerySet(DistrictQuerySet):
    def standing(self) -> Self:
        """Not taken back."""
        return self.filter(ended_at=None)


class OptOut(DistrictModel):
    """One address wants no more mail of one category from one district.

    It hangs on the address, not on a contact: so it survives merging and importing the old list again.
    """

    email = models.EmailField(max_length=254)
    category = models.CharField(max_length=15, choices=Category)
    source = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)

    COPIED: ClassVar[str] = "The same person as"
    """How the source begins of one that a merge made for a person's other address: undone with it, unless said again."""

    objects = DistrictManager.from_queryset(OptOutQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "email", "category"], name="opt_out_once")]

    def __str__(self) -> str:
        return f"{self.email}: no {self.get_category_display()}"

    @classmethod
    def choose(cls, *, email: str, stopped: Iterable[str], source: str = "") -> None:
        """Stop exactly these categories for this address; the other optional ones may come again."""
        wanted = {str(c) for c in stopped} & {str(c) for c in OPTIONAL}
        standing = set(cls.objects.standing().filter(email=email.lower()).values_list("category", flat=True))
        for category in wanted:
            cls.stop(email=email, category=category, source=source)
        cls.objects.standing().filter(email=email.lower(), category__in=standing - wanted).update(
            ended_at=timezone.now(), updated_at=timezone.now()
        )

    @classmethod
    def stop(cls, *, email: str, category: str, source: str = "") -> None:
        """No more of this category; said twice is said once."""
        if category not in OPTIONAL:
            return
        row, made = cls.objects.get_or_create(email=email.lower(), category=category, defaults={"source": source})
        if not made and (row.ended_at or (row.source.startswith(cls.COPIED) and not source.startswith(cls.COPIED))):
            row.ended_at, row.since, row.source = None, timezone.now(), source
            row.save(update_fields=["ended_at", "since", "source", "updated_at"])


class SuppressionQuerySet(DistrictQuerySet):
    def standing(self) -> Self:
        return self.filter(lifted_at=None)


class Suppression(DistrictModel):
    """An address that bounced for good: nothing more goes there until somebody lifts it."""

    email = models.EmailField(max_length=254)
    detail = models.CharField(max_length=300, blank=True)
    since = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)
    lifted_by: Any = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = DistrictManager.from_queryset(SuppressionQuerySet)()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district", "email"], name="suppression_once")]

    def __str__(self) -> str:
        return f"{self.email} bounced"

    @classmethod
    def add(cls, *, email: str, detail: str) -> None:
        cls.objects.update_or_create(
            email=email.lower(),
            defaults={"detail": detail[:300], "since": timezone.now(), "lifted_at": None, "lifted_by": None},
        )

    def lift(self, *, by: Any) -> None:
        """The address works again, somebody says."""
        self.lifted_at, self.lifted_by = timezone.now(), by
        self.save(update_fields=["lifted_at", "lifted_by", "updated_at"])
