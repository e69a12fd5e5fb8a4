"""To-dos: everything a person has to do, wherever it came from. Today reads them."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.tenancy.calendar import closed_because
from wbl.tenancy.record import kind_of, resolve
from wbl.web.dates import day_in_words


class TodoQuerySet(DistrictQuerySet):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def owned_by(self, user: Any) -> Self:
        return self.filter(owner=user)

    def late(self, today: dt.date) -> Self:
        return self.open().filter(due__lt=today)

    def due_on(self, day: dt.date) -> Self:
        return self.open().filter(due=day)

    def about(self, record: models.Model) -> Self:
        return self.filter(about_kind=kind_of(record), about_id=record.pk)


class Todo(DistrictModel):
    """One thing to do, about one record, by one person, by a day."""

    class Kind(models.TextChoices):
        FOLLOW_UP = "follow_up", _("Follow-up")
        CALL = "call", _("Call")
        TASK = "task", _("Task")

    kind = models.CharField(max_length=10, choices=Kind, default=Kind.FOLLOW_UP)
    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    due = models.DateField(null=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    # the record it is about, and the person to turn to; by kind and id, because any app may have to-dos
    about_kind = models.CharField(max_length=80, blank=True)
    about_id = models.BigIntegerField(null=True)
    about_label = models.CharField(max_length=200, blank=True)
    person_kind = models.CharField(max_length=80, blank=True)
    person_id = models.BigIntegerField(null=True)
    # where it came from: a timeline entry, a message that was withheld, a council action …
    source_kind = models.CharField(max_length=80, blank=True)
    source_id = models.BigIntegerField(null=True)
    mail_sent_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = DistrictManager.from_queryset(TodoQuerySet)()

    class Meta:
        verbose_name, verbose_name_plural = _("to-do"), _("to-dos")
        ordering = ("due", "id")
        indexes = [
            models.Index(fields=["district", "due"], condition=models.Q(done_at=None), name="todo_open_due"),
            models.Index(fields=["district", "about_kind", "about_id"], name="todo_about"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def open(
        cls,
        *,
        title: str,
        due: dt.date | None,
        owner: Any,
        about: models.Model | None = None,
        person: models.Model | None = None,
        source: models.Model | None = None,
        kind: str = "follow_up",
        note: str = "",
    ) -> Self:
        """Put something on a person's list."""
        return cls.objects.create(
            kind=kind,
            title=title[:200],
            note=note,
            due=due,
            owner=owner,
            about_kind=kind_of(about) if about else "",
            about_id=about.pk if about else None,
            about_label=str(about)[:200] if about else "",
            person_kind=kind_of(person) if person else "",
            person_id=person.pk if person else None,
            source_kind=kind_of(source) if source else "",
            source_id=source.pk if source else None,
        )

    def close(self, *, by: Any) -> None:
        """It is done."""
        self.done_at, self.done_by = timezone.now(), by
        self.save(update_fields=["done_at", "done_by", "updated_at"])

    def reopen(self) -> None:
        self.done_at = self.done_by = None
        self.save(update_fields=["done_at", "done_by", "updated_at"])

    def postpone(self, *, due: dt.date) -> None:
        self.due = due
        self.save(update_fields=["due", "updated_at"])

    @property
    def about(self) -> Any:
        return resolve(self.about_kind, self.about_id) if self.about_kind else None

    @property
    def person(self) -> Any:
        return resolve(self.person_kind, self.person_id) if self.person_kind else None

    @property
    def due_in_words(self) -> str:
        """Nov 26 (no school: Thanksgiving): a day that somebody named stays, and says so. Asks the calendar."""
        if self.due is None:
            return ""
        closed = closed_because(self.due)
        return day_in_words(self.due) + (f" (no school: {closed})" if closed else "")

    def days_late(self, today: dt.date) -> int:
        return (today - self.due).days if self.due and self.due < today else 0
