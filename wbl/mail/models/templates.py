"""Texts that rules, letters, sequences and announcements share, and what stands around every mail of a district."""

import base64
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from wbl.mail import ready, texts, triggers
from wbl.mail.categories import Category
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet

SPANISH = "es"


class TemplateQuerySet(DistrictQuerySet):
    def kept(self) -> Self:
        """Not removed."""
        return self.filter(removed_at=None)


class MailTemplate(DistrictModel):
    """Subject and text in Markdown with merge fields, in English and, if somebody wrote it, in Spanish.

    The template of a trigger has the trigger's key and its fields; any other is for people alone. What apps offer is
    there unsaved until somebody changes it.
    """

    key = models.CharField(max_length=80, editable=False)
    trigger_key = models.CharField(max_length=80, blank=True, editable=False)
    name = models.CharField(_("name"), max_length=120)
    category = models.CharField(_("what it is"), max_length=15, choices=Category, default=Category.REQUESTS)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("text"))
    subject_es = models.CharField(_("subject in Spanish"), max_length=200, blank=True)
    body_es = models.TextField(_("text in Spanish"), blank=True)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = DistrictManager.from_queryset(TemplateQuerySet)()

    class Meta:
        ordering = ("name", "id")
        constraints = [models.UniqueConstraint(fields=["district", "key"], name="template_key_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mail:template", args=[self.key])

    @classmethod
    def offered(cls) -> list[Self]:
        """The district's templates, and those of the apps that nobody has changed, by name."""
        known = list(cls.objects.all())
        keys = {each.key for each in known}
        fresh = [cls._from(each) for each in ready.all_texts() if each.key not in keys]
        return sorted([t for t in known if not t.removed_at] + fresh, key=lambda t: t.name.lower())

    @classmethod
    def of(cls, key: str) -> Self:
        """Saved or offered. Raises LookupError for a key that is neither; a removed one is still found."""
        return cls.objects.filter(key=key).first() or cls._from(ready.text(key))

    @classmethod
    def new(cls) -> Self:
        """An unsaved one of the district's own, for people."""
        return cls(key=f"own.{get_random_string(10).lower()}")

    @classmethod
    def _from(cls, text: ready.ReadyText) -> Self:
        return cls(
            key=text.key,
            trigger_key=text.trigger_key,
            name=text.name,
            category=text.category,
            subject=text.subject,
            body=text.body,
            subject_es=text.subject_es,
            body_es=text.body_es,
        )

    @property
    def trigger(self) -> "triggers.Trigger | None":
        return triggers.trigger(self.trigger_key) if self.trigger_key else None

    @property
    def is_offered(self) -> bool:
        """An app brought it along: it can go back to its first text."""
        return ready.is_text(self.key)

    @property
    def preview_key(self) -> str:
        """How the address of the live preview names it."""
        return self.key if self.pk or self.is_offered else "new"

    @property
    def editor(self) -> str:
        """Where its text is saved; also from the page of its preview."""
        return reverse("mail:template_add") if self.preview_key == "new" else self.get_absolute_url()

    @property
    def has_spanish(self) -> bool:
        return bool(self.body_es)

    def text_in(self, language: str) -> tuple[str, str]:
        """(subject, body) for a reader of this language."""
        if language == SPANISH and self.body_es:
            return self.subject_es or self.subject, self.body_es
        return self.subject, self.body

    def fields(self) -> dict[str, str]:
        """The merge fields that it may use, each with what it is."""
        return triggers.fields_of(self.trigger)

    @property
    def subject_in_words(self) -> str:
        """To be read, not edited: each field as what it is."""
        return texts.in_words(self.subject, self.fields())

    @property
    def words_to_read(self) -> tuple[str, str]:
        """Subject and body in English, as above."""
        return self.subject_in_words, texts.in_words(self.body, self.fields())

    def wrong_in(self, text: str) -> list[str]:
        return triggers.wrong_in(text, self.trigger)

    def remove(self) -> None:
        """Out of every list; what was written with it stays. One that an app offers is offered afresh."""
        if ready.is_text(self.key):
            self.delete()
            return
        self.removed_at = timezone.now()
        self.save(update_fields=["removed_at", "updated_at"])

    def restore(self) -> None:
        self.removed_at = None
        self.save(update_fields=["removed_at", "updated_at"])


class MailSettings(DistrictModel):
    """What stands around every mail of a district. A district without a row has the defaults."""

    reply_to = models.EmailField(
        _("answers go to"),
        max_length=254,
        blank=True,
        help_text=_("Where a mail has no owner. Otherwise its owner gets the answers."),
    )
    signature = models.TextField(
        _("lines under every mail"),
        max_length=600,
        blank=True,
        help_text=_("As in: Work-Based Learning Office, Room 12"),
    )
    logo = models.BinaryField(blank=True, default=bytes)  # a PNG, small
    most = models.PositiveSmallIntegerField(_("announcements at most"), default=2)
    within_days = models.PositiveSmallIntegerField(_("in so many days"), default=30)

    history_omits = ("logo",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["district"], name="mail_settings_once")]

    def __str__(self) -> str:
        return "Mail settings"

    @classmethod
    def current(cls) -> Self:
        """The open district's; unsaved where nobody has set any."""
        return cls.objects.first() or cls()

    @property
    def logo_address(self) -> str:
        """The logo as a data address, for pages."""
        return f"data:image/png;base64,{base64.b64encode(bytes(self.logo)).decode()}" if self.logo else ""


LANGUAGES: Any = settings.LANGUAGES
