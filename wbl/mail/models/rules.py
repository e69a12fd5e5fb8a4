"""What a district lets the system send by itself."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from wbl.mail import audience, texts, triggers
from wbl.mail.models.templates import MailTemplate
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet

MORNING = dt.time(8, 0)


class RuleQuerySet(DistrictQuerySet):
    def on(self) -> Self:
        return self.filter(active_since__isnull=False)


class Rule(DistrictModel):
    """One trigger, with this district's offsets, time of day and text. It acts on days from `active_since` on.

    `key` is what the ledger's unique key knows it by; it never changes.
    """

    key = models.CharField(max_length=80, editable=False)
    trigger_key = models.CharField(max_length=80, editable=False)
    name = models.CharField(_("name"), max_length=120)
    # days from the date: -2 is two days before
    offsets = ArrayField(models.SmallIntegerField(), default=list)
    # after the last of them every so many days, so many times at most
    repeat_days = models.PositiveSmallIntegerField(null=True)
    repeat_most = models.PositiveSmallIntegerField(null=True)
    # only to some: {"stage": ["active", "champion"]}; empty is everybody
    audience = models.JSONField(default=dict, blank=True)
    hour = models.TimeField(_("time of day"), default=MORNING)
    # the text is a template's, or the rule's own
    template_key = models.CharField(_("template"), max_length=80, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    body = models.TextField(_("text"), blank=True)
    quiet_hours = models.BooleanField(_("keep the quiet hours"), default=True)
    school_days = models.BooleanField(_("only on school days"), default=True)
    active_since = models.DateTimeField(null=True, editable=False)
    active_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    planned_at = models.DateTimeField(null=True, editable=False)  # when the planner last looked

    # the planner's own clock is no change that a person made
    history_omits = ("planned_at",)
    objects = DistrictManager.from_queryset(RuleQuerySet)()

    class Meta:
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["district", "key"], name="rule_key_once")]
        indexes = [
            models.Index(
                fields=["planned_at", "district"], condition=models.Q(active_since__isnull=False), name="rule_on"
            )
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def offered(cls) -> list[Self]:
        """The open district's rules, and one for each trigger that it has none of: off, and unsaved until somebody acts."""
        known = [rule for rule in cls.objects.all() if rule.trigger.is_listed]
        keys = {rule.key for rule in known}
        return known + [cls.from_trigger(t) for t in triggers.all_triggers() if t.key not in keys and t.is_listed]

    @classmethod
    def of(cls, key: str) -> Self:
        """The rule of this key, saved or offered. Raises LookupError for a key that is neither."""
        found = cls.objects.filter(key=key).first() or cls.from_trigger(triggers.trigger(key))
        if not found.trigger.is_listed:
            raise LookupError(f"{key} has a page of its own.")
        return found

    @classmethod
    def from_trigger(cls, trigger: "triggers.Trigger") -> Self:
        return cls(
            key=trigger.key,
            trigger_key=trigger.key,
            name=str(trigger.label),
            offsets=list(trigger.offsets),
            hour=trigger.hour,
            template_key=trigger.key,
        )

    @property
    def trigger(self) -> "triggers.Trigger":
        return triggers.trigger(self.trigger_key)

    @property
    def days(self) -> list[int]:
        """All days from the date on which it writes, repeats included."""
        own = sorted(set(self.offsets))
        if not own or not self.repeat_days or not self.repeat_most:
            return own
        return own + [own[-1] + n * self.repeat_days for n in range(1, self.repeat_most + 1)]

    @property
    def audience_in_words(self) -> str:
        return audience.in_words(self)

    @property
    def is_extra(self) -> bool:
        """One that the district made beside the one that came with the trigger."""
        return self.key != self.trigger_key

    @classmethod
    def another_named(cls, trigger_key: str, name: str) -> Self:
        """A saved rule, off, for a record that other pages than the list of rules show."""
        made = cls.another(triggers.trigger(trigger_key))
        made.name, made.template_key = name[:120], ""
        made.save()
        return made

    @classmethod
    def another(cls, trigger: "triggers.Trigger") -> Self:
        """A further, unsaved rule over the same date, with offsets and text of its own."""
        made = cls.from_trigger(trigger)
        made.key = f"{trigger.key}.{get_random_string(8).lower()}"
        made.name = f"{made.name}, another"[:120]
        return made

    @property
    def is_on(self) -> bool:
        return self.active_since is not None

    def get_absolute_url(self) -> str:
        return self.trigger.page_of(self) or reverse("mail:rule", args=[self.key])

    def text_in(self, language: str) -> tuple[str, str]:
        """(subject, body) for a reader of this language: its template's, or its own. A query where it has a template."""
        return self.template.text_in(language) if self.template_key else (self.subject, self.body)

    @property
    def words_to_read(self) -> tuple[str, str]:
        """Subject and body in English, for the screen: each field as what it is."""
        meanings = triggers.fields_of(self.trigger)
        subject, body = self.text_in("")
        return texts.in_words(subject, meanings), texts.in_words(body, meanings)

    @property
    def template(self) -> MailTemplate:
        """Raises LookupError where it has a text of its own."""
        return MailTemplate.of(self.template_key)

    def wrong_in(self, text: str) -> list[str]:
        """What would go wrong with this subject or text, a sentence each."""
        return triggers.wrong_in(text, self.trigger)

    def switch_on(self, *, by: Any) -> None:
        """Act on dates from today on."""
        self._switch(timezone.now(), by)

    def switch_off(self) -> None:
        """Nothing more; what was planned is cancelled when the planner comes by."""
        self._switch(None, None)

    def _switch(self, since: dt.datetime | None, by: Any) -> None:
        self.active_since, self.active_by, self.planned_at = since, by, None
        self.save(update_fields=["active_since", "active_by", "planned_at", "updated_at"] if self.pk else None)

    def when(self) -> str:
        """ "2 days after, then every 5 days, at most 3 times"."""
        parts = [offset_in_words(n) for n in sorted(self.offsets)]
        if self.repeat_days and self.repeat_most:
            parts.append(f"then every {self.repeat_days} day{'' if self.repeat_days == 1 else 's'}")
            parts.append(f"at most {self.repeat_most} time{'' if self.repeat_most == 1 else 's'}")
        return ", ".join(parts)


def offset_in_words(days: int) -> str:
    if days == 0:
        return "on the day"
    return f"{abs(days)} day{'' if abs(days) == 1 else 's'} {'before' if days < 0 else 'after'}"
