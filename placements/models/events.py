"""A guest speaker, a tour, a shadow day: one partner, a group of students, a roster."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Contact, Organization, TimelineEntry
from pathways.models import Pathway
from placements.models.students import Student
from wbl.continuum.types import DEFAULT_LEVEL, GROUP_TYPES, ExperienceType
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.tenancy.models import School
from wbl.tenancy.scope import current_district

GROUP_CHOICES = [(t.value, t.label) for t in ExperienceType if t.value in GROUP_TYPES]


class Full(Exception):
    """No seat is left; the message says how many there are."""


class EventQuerySet(DistrictQuerySet):
    def coming(self, today: dt.date) -> Self:
        return self.filter(day__gte=today, cancelled_at=None)

    def past(self, today: dt.date) -> Self:
        return self.filter(day__lt=today)

    def held(self) -> Self:
        """Took place: not cancelled."""
        return self.filter(cancelled_at=None)

    def with_counts(self) -> Self:
        """Adds `students` and `came`."""
        return self.annotate(
            students=models.Count("roster"), came=models.Count("roster", filter=models.Q(roster__attended=True))
        )


class Event(DistrictModel):
    """One group event on one day. Times are local wall times."""

    type = models.CharField(_("kind"), max_length=30, choices=GROUP_CHOICES, default="speaker")
    title = models.CharField(_("title"), max_length=120, blank=True, help_text=_("The topic, if it has one."))
    organization = models.ForeignKey(
        Organization, verbose_name=_("partner"), on_delete=models.PROTECT, related_name="events"
    )
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("who comes or hosts"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    day = models.DateField(_("day"))
    begins = models.TimeField(_("from"))
    ends = models.TimeField(_("to"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    school = models.ForeignKey(
        School, verbose_name=_("school"), null=True, blank=True, on_delete=models.SET_NULL, related_name="events"
    )
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    rolled_at = models.DateTimeField(null=True, editable=False)
    rolled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, editable=False)
    cancelled_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = DistrictManager.from_queryset(EventQuerySet)()

    class Meta:
        ordering = ("day", "begins", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gt=models.F("begins")),
                name="event_ends_after_it_begins",
                violation_error_message=_("It ends before it begins."),
            )
        ]
        indexes = [
            models.Index(fields=["district", "day"], name="event_day"),
            models.Index(fields=["district", "organization"], name="event_organization"),
        ]

    def __str__(self) -> str:
        return f"{self.headline}, {self.organization}"

    def get_absolute_url(self) -> str:
        return reverse("placements:event", args=[self.pk])

    @property
    def headline(self) -> str:
        return self.title or self.get_type_display()

    @property
    def level(self) -> Any:
        return DEFAULT_LEVEL[self.type].label

    @property
    def starts_at(self) -> dt.datetime:
        return current_district().at(self.day, self.begins)

    @transaction.atomic
    def add(self, *, students: Iterable[Student]) -> int:
        """Put students on the roster; who stands there already stays once. Raises Full, and then adds nobody."""
        Event.objects.select_for_update(of=("self",)).get(pk=self.pk)
        known = set(self.roster.values_list("student_id", flat=True))
        new = [s for s in students if s.pk not in known]
        if self.seats is not None and len(known) + len(new) > self.seats:
            left = max(0, self.seats - len(known))
            raise Full(_("%(left)s of %(seats)s seats are free.") % {"left": left, "seats": self.seats})
        RosterRow.objects.bulk_create(
            RosterRow(event=self, student=s, school_id=s.school_id, grade=s.grade, pathway_id=s.pathway_id) for s in new
        )
        return len(new)

    @transaction.atomic
    def call_roll(self, *, attended: set[int], among: Iterable["RosterRow"], by: Any) -> None:
        """Note who of these rows came; the partner's timeline learns of it once."""
        rows = list(among)
        for row in rows:
            row.attended = row.pk in attended
            row.updated_at = timezone.now()
        RosterRow.objects.bulk_update(rows, ["attended", "updated_at"])
        first, self.rolled_at, self.rolled_by = self.rolled_at is None, timezone.now(), by
        self.save(update_fields=["rolled_at", "rolled_by", "updated_at"])
        if first:
            TimelineEntry.objects.carried_out(self)
            came = self.roster.filter(attended=True).count()
            self.organization.record(
                kind="event",
                summary=f"{self.get_type_display()}: {came} of {self.roster.count()} students came",
                body=self.title,
                contact=self.contact,
                by=by,
                at=self.starts_at,
                about=self,
            )

    def cancel(self, *, reason: str, by: Any) -> None:
        """It does not take place; the roster stays to be read."""
        self.cancelled_at, self.cancelled_reason = timezone.now(), reason
        self.save(update_fields=["cancelled_at", "cancelled_reason", "updated_at"])
        self.organization.record(
            kind="note",
            summary=f"{self.get_type_display()} of {self.day:%B} {self.day.day} cancelled",
            body=reason,
            contact=self.contact,
            by=by,
            about=self,
        )

    def restore(self) -> None:
        """It takes place after all: the undo of `cancel`."""
        self.cancelled_at, self.cancelled_reason = None, ""
        self.save(update_fields=["cancelled_at", "cancelled_reason", "updated_at"])


class RosterQuerySet(DistrictQuerySet):
    def seen_by(self, membership: Any) -> Self:
        schools = membership.school_ids
        if schools is None:
            return self
        return self.filter(models.Q(school__in=schools) | models.Q(student__school__in=schools))

    def came_between(self, first: dt.date, last: dt.date) -> Self:
        return self.filter(attended=True, event__day__gte=first, event__day__lte=last, event__cancelled_at=None)


class RosterRow(DistrictModel):
    """A student on an event's roster; school, grade and pathway are those of that day. `attended` is None until the roll."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="roster")
    student = models.ForeignKey(Student, on_delete=models.PROTECT, related_name="roster")
    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    grade = models.PositiveSmallIntegerField(null=True)
    pathway = models.ForeignKey(Pathway, null=True, on_delete=models.SET_NULL, related_name="+")
    attended = models.BooleanField(null=True)

    objects = DistrictManager.from_queryset(RosterQuerySet)()

    class Meta:
        ordering = ("student__sort_name", "id")
        constraints = [models.UniqueConstraint(fields=["event", "student"], name="roster_once")]
        indexes = [models.Index(fields=["district", "student"], name="roster_student")]

    def __str__(self) -> str:
        return f"{self.student} at {self.event}"
