"""A meeting: its plan, who was asked and came, what was said, and the lock on what was approved."""

import datetime as dt
import uuid
import zoneinfo
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from councils.models.councils import Council
from councils.models.seats import Seat
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.tenancy.calendar import school_year_start
from wbl.tenancy.record import kind_of
from wbl.tenancy.scope import current_district
from wbl.web.dates import time_in_words

if TYPE_CHECKING:
    from councils.models.invitations import Invitation


class Locked(ValidationError):
    """The minutes are approved: they change by amendment only."""


class Conflict(ValidationError):
    """Somebody else saved these minutes in between; `item` is how they stand now."""

    def __init__(self, item: "AgendaItem") -> None:
        super().__init__(_("Somebody else saved this item while you were writing."))
        self.item = item


def _day_format() -> str:
    return "j \\d\\e F" if (get_language() or "").startswith("es") else "F j"


def district_zone() -> str:
    return current_district().time_zone


class MeetingQuerySet(DistrictQuerySet):
    def standing(self) -> Self:
        """Not canceled."""
        return self.filter(canceled_at=None)

    def coming(self, now: dt.datetime | None = None) -> Self:
        return self.standing().filter(ends_at__gt=now or timezone.now(), closed_at=None)

    def in_school_year(self, day: dt.date) -> Self:
        return self.filter(school_year=school_year_start(day).year)


class Meeting(DistrictModel):
    """People agree on a wall clock: day, hour and zone are what counts; the instants follow from them."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="meetings")
    number = models.PositiveSmallIntegerField(editable=False)
    school_year = models.PositiveSmallIntegerField(editable=False)  # 2026 is 2026–27
    day = models.DateField(_("day"))
    starts = models.TimeField(_("from"))
    ends = models.TimeField(_("to"))
    zone = models.CharField(max_length=50, default=district_zone, editable=False)
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    place = models.CharField(_("place"), max_length=200, blank=True)
    video_url = models.URLField(_("video link"), blank=True)
    notice_posted_on = models.DateField(_("public notice posted on"), null=True, blank=True)
    # what a calendar program knows it by: the uid stays, the sequence rises with every change
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    canceled_at = models.DateTimeField(null=True, editable=False)
    cancel_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = DistrictManager.from_queryset(MeetingQuerySet)()

    class Meta:
        ordering = ("-starts_at", "-id")
        indexes = [models.Index(fields=["district", "starts_at"], name="meeting_starts")]
        constraints = [
            models.UniqueConstraint(fields=["district", "council", "school_year", "number"], name="meeting_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.council}, meeting {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fill_instants()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "starts_at", "ends_at", "updated_at"}
        super().save(*args, **kwargs)

    def fill_instants(self) -> None:
        """The instants of the wall times; a meeting that ends after midnight ends on the next day."""
        over = self.ends <= self.starts
        self.starts_at = self._at(self.day, self.starts)
        self.ends_at = self._at(self.day + dt.timedelta(days=1 if over else 0), self.ends)

    def _at(self, day: dt.date, hour: dt.time) -> dt.datetime:
        return dt.datetime.combine(day, hour, tzinfo=zoneinfo.ZoneInfo(self.zone)).astimezone(dt.UTC)

    def get_absolute_url(self) -> str:
        return reverse("councils:meeting", args=[self.pk])

    @property
    def state(self) -> str:
        """canceled, approved, closed or open."""
        for state in ("canceled", "approved", "closed"):
            if getattr(self, f"{state}_at"):
                return state
        return "open"

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()

    @property
    def hours(self) -> str:
        """7:30 to 8:45 am; the half of the day is said once when it is the same."""
        begin, end = self.starts_in_words, self.ends_in_words
        same = begin[-2:] == end[-2:] and begin[-2:] in ("am", "pm")
        return f"{begin[:-3] if same else begin} to {end}"

    @property
    def day_in_words(self) -> str:
        """Thursday, October 15."""
        return f"{date_format(self.day, 'l')}, {date_format(self.day, _day_format())}"

    @property
    def starts_in_words(self) -> str:
        return time_in_words(self.starts)

    @property
    def ends_in_words(self) -> str:
        return time_in_words(self.ends)

    @property
    def notice_days(self) -> int | None:
        return (self.day - self.notice_posted_on).days if self.notice_posted_on else None

    @transaction.atomic
    def invite(self, *, by: Any, seats: Iterable[Seat] | None = None) -> list["Invitation"]:
        """Ask the holders of these seats (all filled ones), each once; returns the new invitations.

        The mails are written by councils.calling, in the same transaction.
        """
        from councils.models.invitations import Invitation

        asked = set(self.invitations.values_list("contact_id", flat=True))
        chosen = self.council.seats.filled().select_related("contact") if seats is None else seats
        fresh = [s for s in chosen if s.contact_id and s.contact_id not in asked]
        return Invitation.objects.bulk_create(
            Invitation(meeting=self, seat=s, contact=s.contact, invited_by=by) for s in fresh
        )

    @transaction.atomic
    def add_item(self, **fields: Any) -> Any:
        """An item at the end of the agenda."""
        self.refuse_when_approved()
        last = self.items.aggregate(models.Max("order"))["order__max"]
        return self.items.create(order=(last or 0) + 1, **fields)

    @transaction.atomic
    def reschedule(
        self,
        *,
        day: dt.date,
        starts: dt.time,
        ends: dt.time,
        place: str,
        video_url: str,
        notice_posted_on: dt.date | None,
    ) -> bool:
        """Move it. True when whoever is invited must hear of it; calendars learn of it by the next sequence."""
        before = (self.day, self.starts, self.ends, self.place, self.video_url)
        self.day, self.starts, self.ends, self.place, self.video_url = now = (day, starts, ends, place, video_url)
        self.notice_posted_on, self.sequence = notice_posted_on, self.sequence + (before != now)
        self.save()
        return before != now

    @transaction.atomic
    def cancel(self, *, reason: str) -> None:
        self.canceled_at, self.cancel_reason, self.sequence = timezone.now(), reason, self.sequence + 1
        self.save(update_fields=["canceled_at", "cancel_reason", "sequence"])

    @transaction.atomic
    def close(self, *, by: Any) -> None:
        """The meeting is over: who was there goes to their organization's timeline."""
        self.closed_at, self.closed_by = timezone.now(), by
        self.save(update_fields=["closed_at", "closed_by"])
        for each in self.invitations.present().select_related("contact__organization"):
            self._tell_timeline(each, by)

    def _tell_timeline(self, invitation: "Invitation", by: Any) -> None:
        """Once for each who came, however often the meeting is closed and opened again."""
        summary = f"At {self.council}, meeting {self.number}: {invitation.who_came}"
        organization = invitation.contact.organization
        if organization.timeline.filter(about_kind=kind_of(self), about_id=self.pk, summary=summary).exists():
            return
        at = min(self.starts_at, timezone.now())
        organization.record(kind="council", summary=summary, contact=invitation.contact, by=by, at=at, about=self)

    def reopen(self) -> None:
        """The way back from closing, until the minutes are approved."""
        self.refuse_when_approved()
        self.closed_at = self.closed_by = None
        self.save(update_fields=["closed_at", "closed_by"])

    def approve(self, *, by: Any) -> None:
        """Lock the text. Raises ValidationError while the meeting is still open."""
        if not self.closed_at:
            raise ValidationError(_("Close the meeting first."))
        self.approved_at, self.approved_by = timezone.now(), by
        self.save(update_fields=["approved_at", "approved_by"])

    def refuse_when_approved(self) -> None:
        """Raises Locked."""
        if self.approved_at:
            raise Locked(_("The minutes are approved. Write an amendment instead."))


class AgendaItem(DistrictModel):
    """One point of the agenda, and what was said on it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(editable=False)
    title = models.CharField(_("item"), max_length=200)
    presenter = models.CharField(_("who presents"), max_length=120, blank=True)
    minutes_allotted = models.PositiveSmallIntegerField(_("minutes"), default=10)
    text = models.TextField(_("minutes"), blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    written_at = models.DateTimeField(null=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("order", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "meeting", "order"],
                name="agenda_order_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.meeting.get_absolute_url()}#item-{self.pk}"

    def write(self, *, text: str, version: int, by: Any) -> None:
        """Save the minutes of this item. Raises Conflict when they are no longer at `version`, Locked when approved."""
        self.meeting.refuse_when_approved()
        now = timezone.now()
        saved = AgendaItem.objects.filter(pk=self.pk, version=version).update(
            text=text, version=version + 1, written_at=now, written_by=by, updated_at=now
        )
        current = AgendaItem.objects.select_related("written_by").get(pk=self.pk)
        if not saved and current.text != text:
            raise Conflict(current)
        self.text, self.version, self.written_at = current.text, current.version, current.written_at

    @transaction.atomic
    def amend(self, *, text: str, reason: str, by: Any) -> "Amendment":
        """Change approved minutes, leaving what they said before, who changed them and why."""
        amendment = Amendment.objects.create(item=self, was=self.text, became=text, reason=reason, by=by)
        self.text, self.version = text, self.version + 1
        self.save(update_fields=["text", "version", "updated_at"])
        return amendment

    @transaction.atomic
    def move(self, *, by: int) -> None:
        """Change places with the neighbor before (-1) or after (+1)."""
        self.meeting.refuse_when_approved()
        line = list(AgendaItem.objects.select_for_update().filter(meeting=self.meeting_id).order_by("order", "id"))
        at = line.index(self)
        if not 0 <= at + by < len(line):
            return
        line[at], line[at + by] = line[at + by], line[at]
        for order, item in enumerate(line, start=1):
            if item.order != order:
                AgendaItem.objects.filter(pk=item.pk).update(order=order)


class Amendment(DistrictModel):
    """A change of approved minutes."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="amendments")
    was = models.TextField()
    became = models.TextField(_("amended text"), blank=True)
    reason = models.CharField(_("why"), max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.reason
