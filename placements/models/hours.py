"""Hours on site: entered, confirmed by the partner, approved by the school."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Contact
from placements.models.placements import Placement
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet

DAY = Decimal(24)


class HoursQuerySet(DistrictQuerySet):
    def awaiting_approval(self) -> Self:
        return self.filter(approved_at=None)

    def approved(self) -> Self:
        return self.filter(approved_at__isnull=False)

    def awaiting_partner(self) -> Self:
        """Neither confirmed nor disputed by the partner, nor approved without."""
        return self.filter(confirmed_at=None, disputed_at=None, approved_at=None)

    def seen_by(self, membership: Any) -> Self:
        return self.filter(placement__in=Placement.objects.seen_by(membership))

    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False, disputed_at=None)

    def total(self) -> Decimal:
        return self.aggregate(sum=models.Sum("hours"))["sum"] or Decimal(0)

    @transaction.atomic
    def approve(self, *, by: Any, at: dt.datetime | None = None) -> Decimal:
        """Approve what still waits among these; the number of hours that were. `at` is what `disapprove` asks for."""
        waiting = list(self.awaiting_approval().select_for_update(of=("self",)))
        HoursEntry.objects.filter(pk__in=[e.pk for e in waiting]).update(
            approved_at=at or timezone.now(), approved_by=by, updated_at=timezone.now()
        )
        return sum((e.hours for e in waiting), Decimal(0))

    def disapprove(self, *, by: Any, at: dt.datetime | None) -> int:
        """Take back what this person approved at that moment."""
        return (
            self.approved()
            .filter(approved_at=at, approved_by=by)
            .update(approved_at=None, approved_by=None, updated_at=timezone.now())
        )

    def confirm(self, *, contact: Contact | None, name: str, at: dt.datetime | None = None) -> int:
        """The partner says that these are right."""
        return self.awaiting_partner().update(
            confirmed_at=at or timezone.now(), confirmed_by=contact, confirmed_name=name, updated_at=timezone.now()
        )

    def unconfirm(self, *, at: dt.datetime | None) -> int:
        """The partner takes back what was confirmed at that moment, unless it is approved already."""
        return (
            self.awaiting_approval()
            .filter(confirmed_at=at, confirmed_at__isnull=False)
            .update(confirmed_at=None, confirmed_by=None, confirmed_name="", updated_at=timezone.now())
        )

    def dispute(self, *, contact: Contact | None, name: str, note: str) -> int:
        """The partner says that something is wrong; it stays until somebody corrects or approves them."""
        return self.awaiting_partner().update(
            disputed_at=timezone.now(),
            dispute=note,
            confirmed_by=contact,
            confirmed_name=name,
            updated_at=timezone.now(),
        )


class HoursEntry(DistrictModel):
    """Hours of one day. With `begins` and `ends` the rules on times of day can be told too."""

    nouns: ClassVar[tuple[str, str]] = ("entry of hours", "entries of hours")

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="hours")
    date = models.DateField(_("day"))
    hours = models.DecimalField(_("hours"), max_digits=4, decimal_places=2)
    begins = models.TimeField(_("from"), null=True, blank=True)
    ends = models.TimeField(_("to"), null=True, blank=True)
    note = models.CharField(_("what they did"), max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    confirmed_name = models.CharField(max_length=120, blank=True)
    disputed_at = models.DateTimeField(null=True)
    dispute = models.CharField(max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = DistrictManager.from_queryset(HoursQuerySet)()

    class Meta:
        ordering = ("-date", "-id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(hours__gt=0, hours__lte=24),
                name="hours_of_one_day",
                violation_error_message=_("A day has 24 hours."),
            )
        ]
        indexes = [
            models.Index(fields=["district", "placement", "date"], name="hours_placement"),
            models.Index(fields=["district", "date"], condition=models.Q(approved_at=None), name="hours_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.hours} h on {self.date}"

    @property
    def state(self) -> tuple[str, str]:
        """The word and its tone."""
        if self.approved_at:
            return str(_("Approved")), ""
        if self.disputed_at:
            return str(_("Disputed")), "bad"
        return (str(_("Confirmed")), "info") if self.confirmed_at else (str(_("Entered")), "")


def hours_in_words(hours: Decimal | None) -> str:
    """3.5, 14, 1,208.25; a dash for none."""
    return f"{hours:,.2f}".rstrip("0").rstrip(".") if hours else "–" if hours is None else "0"


def day_total(placement: Placement, day: dt.date, *, but: int | None = None) -> Decimal:
    """What is entered for the student on a day, with all partners."""
    return HoursEntry.objects.filter(placement__student=placement.student_id, date=day).exclude(pk=but).total()


def per_week(entries: Iterable[HoursEntry]) -> dict[dt.date, Decimal]:
    """Hours by the Monday of their week."""
    weeks: dict[dt.date, Decimal] = {}
    for entry in entries:
        monday = entry.date - dt.timedelta(entry.date.weekday())
        weeks[monday] = weeks.get(monday, Decimal(0)) + entry.hours
    return weeks
