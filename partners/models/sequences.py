"""Sequences: ordered steps for one person, planned like every other mail, over when they answer."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.contacts import Contact
from partners.models.organizations import Organization
from wbl.mail.models import Rule
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.tenancy.calendar import SchoolCalendar

TRIGGER = "partners.sequence"


class Sequence(DistrictModel):
    """Its rule is the switch, the hour and the quiet hours: so the planner and its simulation know it."""

    name = models.CharField(_("name"), max_length=120)
    about = models.CharField(_("for whom, and what it is to bring about"), max_length=300, blank=True)
    rule = models.OneToOneField(Rule, on_delete=models.PROTECT, related_name="sequence", editable=False)

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("partners:sequence", args=[self.pk])

    @classmethod
    @transaction.atomic
    def make(cls, *, name: str, about: str = "", steps: Iterable[dict[str, Any]] = ()) -> Self:
        """A new one, off."""
        rule = Rule.another_named(TRIGGER, name)
        made = cls.objects.create(name=name, about=about, rule=rule)
        for place, step in enumerate(steps, start=1):
            SequenceStep.objects.create(sequence=made, place=place, **step)
        return made

    @property
    def is_on(self) -> bool:
        return self.rule.is_on

    def schedule(self, day: dt.date, calendar: SchoolCalendar) -> Iterator[tuple["SequenceStep", dt.date, dt.date]]:
        """(step, its day, the day that the waiting leads to) of each that does something, for somebody put in on `day`.

        Counted from school day to school day: holidays must not bring two steps onto one morning.
        """
        named = day
        for step in self.steps.all():
            if step.kind == SequenceStep.Kind.WAIT:
                named = day = day + dt.timedelta(step.days)
            else:
                day = calendar.next_school_day(day)
                yield step, day, named

    @transaction.atomic
    def switch_on(self, *, by: Any) -> None:
        """Who is in it goes on where they stood: the days while it was off do not count."""
        today, calendar = timezone.localdate(), SchoolCalendar.load()
        for enrolment in self.enrolments.running():
            waiting = list(enrolment.runs.filter(done_at=None).select_related("step"))
            if waiting and waiting[0].due < today and not self.is_on:
                before, day = waiting[0].due, today
                for run in waiting:
                    gap, before = run.due - before, run.due
                    run.due = day = calendar.next_school_day(day + gap)
                EnrolmentStep.objects.bulk_update(waiting, ["due"])
        self.rule.switch_on(by=by)

    def switch_off(self) -> None:
        self.rule.switch_off()


class SequenceStep(DistrictModel):
    """A mail, a call, some days, or a condition to go on."""

    class Kind(models.TextChoices):
        MAIL = "mail", _("Mail")
        CALL = "call", _("Call")
        WAIT = "wait", _("Wait")
        CONDITION = "condition", _("Only if")

    class Condition(models.TextChoices):
        QUIET = "quiet", _("nobody has spoken with them since the start")
        UNASKED = "unasked", _("nobody in the district has asked them for anything lately")

    sequence = models.ForeignKey(Sequence, on_delete=models.CASCADE, related_name="steps")
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(_("step"), max_length=10, choices=Kind, default=Kind.MAIL)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    template_key = models.CharField(_("template"), max_length=80, blank=True)
    script = models.TextField(_("what to say"), blank=True)
    condition = models.CharField(_("only if"), max_length=10, choices=Condition, blank=True)

    class Meta:
        ordering = ("place", "id")
        indexes = [models.Index(fields=["district", "sequence", "place"], name="sequence_steps")]

    def __str__(self) -> str:
        if self.kind == self.Kind.WAIT:
            return f"Wait {self.days} day{'' if self.days == 1 else 's'}"
        if self.kind == self.Kind.CONDITION:
            return f"Go on only if {self.get_condition_display()}"  # type: ignore[attr-defined]
        return str(self.get_kind_display())  # type: ignore[attr-defined]

    @property
    def is_text(self) -> bool:
        """It says something: that may be bettered while somebody is on the way, their days may not."""
        return self.kind in (self.Kind.MAIL, self.Kind.CALL)


class EnrolmentQuerySet(DistrictQuerySet):
    def running(self) -> Self:
        return self.filter(ended_at=None)


class Enrolment(DistrictModel):
    """One person on their way through a sequence."""

    class End(models.TextChoices):
        REPLY = "reply", _("Answered")
        STAGE = "stage", _("Moved on")
        OPTED_OUT = "opted_out", _("Opted out")
        BOUNCED = "bounced", _("Address bounced")
        GONE = "gone", _("No longer there")
        CONDITION = "condition", _("Condition not met")
        HAND = "hand", _("Taken out")
        DONE = "done", _("All steps done")

    sequence = models.ForeignKey(Sequence, on_delete=models.CASCADE, related_name="enrolments")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="enrolments")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="enrolments")
    owner: Any = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    started_on = models.DateField()
    stage_at_start = models.CharField(max_length=12)
    ended_at = models.DateTimeField(null=True)
    ended_kind = models.CharField(max_length=10, choices=End, blank=True)
    ended_why = models.CharField(max_length=300, blank=True)
    ended_by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_step = models.ForeignKey(SequenceStep, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = DistrictManager.from_queryset(EnrolmentQuerySet)()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["district", "sequence", "contact"],
                condition=models.Q(ended_at=None),
                name="enrolled_once",
            )
        ]
        indexes = [models.Index(fields=["district", "contact"], name="enrolment_contact")]

    def __str__(self) -> str:
        return f"{self.contact} in {self.sequence}"

    @classmethod
    @transaction.atomic
    def begin(cls, sequence: Sequence, contact: Contact, *, by: Any) -> Self:
        """Put a person into a sequence; who is in it stays where they stand. Their days are set now."""
        found = sequence.enrolments.running().filter(contact=contact).first()
        if found:
            return found
        partner, today = contact.organization, timezone.localdate()
        made = cls.objects.create(
            sequence=sequence,
            contact=contact,
            organization=partner,
            owner=partner.owner or by,
            by=by,
            started_on=today,
            stage_at_start=partner.stage,
        )
        EnrolmentStep.objects.bulk_create(
            EnrolmentStep(enrolment=made, step=step, due=day)
            for step, day, _named in sequence.schedule(today, SchoolCalendar.load())
        )
        made.tell(f"{contact} was put into “{sequence}”.", by=by)
        return made

    def tell(self, what: str, *, by: Any = None) -> None:
        """A line on the partner's timeline: nobody should have to guess why mails come, or come no more."""
        self.organization.record(kind="note", summary=what, by=by, contact=self.contact, about=self)

    @transaction.atomic
    def end(self, *, kind: str, why: str, by: Any = None) -> bool:
        """Nothing more of it; what waits in the ledger is canceled with this reason. False when it was over already."""
        reached = self.runs.exclude(done_at=None).order_by("-done_at", "-step__place").first()
        rows = type(self).objects.running().filter(pk=self.pk)
        ended = rows.update(
            ended_at=timezone.now(),
            ended_kind=kind,
            ended_why=why[:300],
            ended_by=by,
            ended_step=reached.step if reached else None,
            updated_at=timezone.now(),
        )
        if ended:
            self.tell(f"“{self.sequence}” is over for {self.contact}: {why}", by=by)
        return bool(ended)

    @transaction.atomic
    def resume(self, *, by: Any) -> bool:
        """Who was taken out goes on where they stood; False where they are in it again, or are not out."""
        if self.ended_at is None or self.sequence.enrolments.running().filter(contact=self.contact).exists():
            return False
        self.ended_at, self.ended_kind, self.ended_why, self.ended_by, self.ended_step = None, "", "", None, None
        self.save(update_fields=["ended_at", "ended_kind", "ended_why", "ended_by", "ended_step", "updated_at"])
        self.tell(f"{self.contact} goes on in “{self.sequence}”.", by=by)
        return True


class EnrolmentStep(DistrictModel):
    """A person at one step that does something: the record that its mail is about."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="runs")
    step = models.ForeignKey(SequenceStep, on_delete=models.CASCADE, related_name="runs")
    due = models.DateField()
    done_at = models.DateTimeField(null=True)  # the call is on a list, the mail is out, the condition was met

    class Meta:
        ordering = ("due", "step__place")
        constraints = [models.UniqueConstraint(fields=["district", "enrolment", "step"], name="enrolment_step_once")]
        indexes = [
            models.Index(fields=["district", "due"], condition=models.Q(done_at=None), name="enrolment_step_due"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment.sequence}, step {self.step.place}"
