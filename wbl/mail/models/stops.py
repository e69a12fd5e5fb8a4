"""Whom mail must not reach: people who opted out, addresses that do not exist."""

import re
from collections.abc import Iterable
from typing import Any, ClassVar, Self

from django.db import models, transaction
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
    # a member who was told so; empty where the person did it alone, which only the person takes back
    noted_by: Any = models.ForeignKey("accounts.User", null=True, on_delete=models.SET_NULL, related_name="+")
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
    @transaction.atomic
    def note(cls, *, email: str, stopped: Iterable[str], by: Any, source: str = "") -> None:
        """What a person told a member: of the noted ones exactly these stand. What they stopped themselves stays."""
        wanted = {str(c) for c in stopped}
        noted = cls.objects.standing().filter(email=email.lower()).exclude(noted_by=None)
        noted.exclude(category__in=wanted).update(ended_at=timezone.now(), updated_at=timezone.now())
        standing = set(cls.objects.standing().filter(email=email.lower()).values_list("category", flat=True))
        for category in wanted - standing:
            cls.stop(email=email, category=category, source=source, noted_by=by)

    @classmethod
    def stop(cls, *, email: str, category: str, source: str = "", noted_by: Any = None) -> None:
        """No more of this category; said twice is said once. Said by the person, it is theirs from then on."""
        if category not in OPTIONAL:
            return
        new = {"source": source, "noted_by": noted_by}
        row, made = cls.objects.get_or_create(email=email.lower(), category=category, defaults=new)
        copied = source.startswith(cls.COPIED)
        again = row.ended_at or (row.source.startswith(cls.COPIED) and not copied)
        if not made and (again or (row.noted_by_id and not noted_by and not copied)):
            row.ended_at, row.since, row.source, row.noted_by = None, timezone.now(), source, noted_by
            row.save(update_fields=["ended_at", "since", "source", "noted_by", "updated_at"])


# what mail servers say of an address that does not take mail (RFC 3463), in words; the first that fits
_SAID = [
    (re.compile(said, re.IGNORECASE), words)
    for said, words in (
        (r"disabled|discontinued|inactive|\b5\.2\.1\b", "the mailbox is switched off"),
        (r"domain|host|nxdomain|no mx|\b5\.1\.2\b|\b5\.4\.4\b", "there is no such mail domain"),
        (r"moved|\b5\.1\.6\b", "the mailbox has moved"),
        (r"\b5\.1\.[013]\b|\b5\.1\.10\b|\b55[013]\b|unknown|no such|not found|not exist", "the mailbox doesn’t exist"),
        (r"refused", "the mail provider refused the address"),
    )
]


def bounce_in_words(detail: str) -> str:
    """Why mail to an address came back, from what the server said."""
    return next((words for said, words in _SAID if said.search(detail)), "mail to it came back")


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

    @property
    def words(self) -> str:
        return bounce_in_words(self.detail)

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
