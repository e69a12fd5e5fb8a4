"""One mail to many partners."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wbl.mail import texts
from wbl.mail.categories import Category
from wbl.mail.models import Message, MessageEvent, State
from wbl.mail.models.messages import WAITING
from wbl.mail.triggers import fields_of
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.tenancy.record import kind_of


class MailingQuerySet(DistrictQuerySet):
    def kept(self) -> Self:
        """Not discarded."""
        return self.filter(discarded_at=None)


CHOICES = [(c.value, c.label) for c in (Category.ANNOUNCEMENTS, Category.REQUESTS)]


class Mailing(DistrictModel):
    """Text, partners as they were when it was begun, and when it went out. Each mail of it is a row of the ledger."""

    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    subject_es = models.CharField(_("subject in Spanish"), max_length=200, blank=True)
    body_es = models.TextField(_("text in Spanish"), blank=True)
    category = models.CharField(_("what it is"), max_length=15, choices=CHOICES, default=Category.ANNOUNCEMENTS)
    organization_ids = ArrayField(models.BigIntegerField(), default=list, editable=False)
    query = models.CharField(max_length=500, blank=True, editable=False)  # the list's address that chose them
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    send_at = models.DateTimeField(null=True, editable=False)  # from then on it goes out; empty for a draft
    discarded_at = models.DateTimeField(null=True, editable=False)
    stopped_at = models.DateTimeField(null=True, editable=False)
    stopped_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    objects = DistrictManager.from_queryset(MailingQuerySet)()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        """Its subject to be read: a field as what it is."""
        return texts.in_words(self.subject, fields_of(None))

    def get_absolute_url(self) -> str:
        return reverse("partners:mailing", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.send_at is None

    @property
    def is_ahead(self) -> bool:
        """It waits for its hour."""
        return self.send_at is not None and self.send_at > timezone.now() and self.stopped_at is None

    @property
    def messages(self) -> Any:
        """Its rows in the ledger."""
        return Message.objects.filter(record_kind=kind_of(self), record_id=self.pk, rule_key="partners.mailing")

    def text_in(self, language: str) -> tuple[str, str]:
        if language == "es" and self.body_es:
            return self.subject_es or self.subject, self.body_es
        return self.subject, self.body

    def claim(self, *, send_at: dt.datetime) -> bool:
        """It goes out, once: False where somebody has sent it already."""
        drafts = type(self).objects.kept().filter(pk=self.pk, send_at=None)
        self.send_at = send_at
        return bool(drafts.update(send_at=send_at, updated_at=timezone.now()))

    def discard(self) -> bool:
        """Throw a draft away; False for one that was sent meanwhile."""
        now = timezone.now()
        return bool(type(self).objects.kept().filter(pk=self.pk, send_at=None).update(discarded_at=now, updated_at=now))

    def restore(self) -> None:
        self.discarded_at = None
        self.save(update_fields=["discarded_at", "updated_at"])

    @transaction.atomic
    def stop(self, *, by: Any) -> int:
        """What is not out yet is canceled; how many. A mail that is being sent this second still goes."""
        self.stopped_at, self.stopped_by = timezone.now(), by
        self.save(update_fields=["stopped_at", "stopped_by", "updated_at"])
        waiting = list(self.messages.waiting().select_for_update(skip_locked=True))
        held = {m.pk for m in waiting if m.reason and not m.attempts}  # would have been withheld: nobody stopped those
        why, off = f"{by} stopped it.", [m.pk for m in waiting if m.pk not in held]
        rows, new = self.messages.filter(state__in=WAITING), {"stopped_by": by, "updated_at": timezone.now()}
        rows.filter(pk__in=held).update(state=State.WITHHELD, **new)
        rows.filter(pk__in=off).update(state=State.CANCELLED, reason=why, **new)
        MessageEvent.objects.bulk_create(
            MessageEvent(message=m, what=State.WITHHELD, why=m.reason, by=by)
            if m.pk in held
            else MessageEvent(message=m, what=State.CANCELLED, why=why, by=by)
            for m in waiting
        )
        return len(off)

    def copy(self, *, by: Any) -> Self:
        """A new draft with these words, to the same partners."""
        made = type(self).begun_by(by, ids=list(self.organization_ids), query=self.query)
        for name in ("subject", "body", "subject_es", "body_es", "category"):
            setattr(made, name, getattr(self, name))
        made.save()
        return made

    @classmethod
    def begun_by(cls, user: Any, *, ids: list[int], query: str = "") -> Self:
        """An unsaved draft to these partners."""
        return cls(by=user, organization_ids=ids, query=query[:500])
