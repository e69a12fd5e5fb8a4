"""The one log of what passed between a district and a partner."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.contacts import Contact
from partners.models.organizations import Organization
from wbl.continuum.types import ExperienceType
from wbl.mail.models import Message
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.tenancy.models import School
from wbl.tenancy.record import kind_of, resolve
from wbl.web.choices import words_of


class EntryKind(models.TextChoices):
    CALL = "call", _("Call")
    EMAIL = "email", _("Email")
    VISIT = "visit", _("Visit")
    MEETING = "meeting", _("Meeting")
    VIDEO = "video", _("Video call")
    TEXT = "text", _("Text message")
    EVENT = "event", _("Event")
    MAIL_OUT = "mail_out", _("Mail sent")
    MAIL_IN = "mail_in", _("Mail received")
    COUNCIL = "council", _("Council")
    PLACEMENT = "placement", _("Placement")
    REFERRAL = "referral", _("Referral")
    IMPORT = "import", _("Import")
    STAGE = "stage", _("Stage")
    NOTE = "note", _("Note")


# what a person may log by hand, in the order of the buttons
LOGGED_BY_HAND = (
    EntryKind.CALL,
    EntryKind.EMAIL,
    EntryKind.VISIT,
    EntryKind.MEETING,
    EntryKind.VIDEO,
    EntryKind.TEXT,
    EntryKind.NOTE,
)
# kinds in which somebody and the partner were in touch
CONTACT_KINDS = frozenset(
    {"call", "email", "visit", "meeting", "video", "text", "event", "mail_out", "mail_in", "council"}
)
WITH_PEOPLE = frozenset({"visit", "meeting", "event", "placement", "call"})
JOINED = {"mail_in": "from", "mail_out": "to", "referral": "by", "stage": ""}  # to the contact's name; else "with"
ANSWER_TONES = {"yes": "good", "no": "warn"}
ICONS: dict[str, str] = {
    "call": "phone",
    "email": "mail-out",
    "mail_out": "mail-out",
    "mail_in": "mail-in",
    "visit": "partners",
    "meeting": "meeting",
    "video": "meeting",
    "text": "mail",
    "event": "meeting",
    "council": "councils",
    "placement": "placements",
    "referral": "referral",
    "import": "upload",
    "stage": "right",
    "note": "document",
}
# filters of the timeline: one word, several kinds
FILTERS: dict[str, tuple[str, ...]] = {
    "calls": ("call", "video", "text"),
    "mail": ("email", "mail_out", "mail_in"),
    "meetings": ("meeting", "visit", "event", "council"),
    "placements": ("placement",),
    "referrals": ("referral",),
    "notes": ("note", "stage"),
    "imports": ("import",),
}


def title_of(kind: str, contact: str, asked_for: str) -> str:
    """`TimelineEntry.title` of an entry's values; `contact` is a name, or blank."""
    joined = JOINED.get(kind, "with")
    who = f" {joined} {contact}" if contact and joined else ""
    asked = f": asked for {words_of(ExperienceType).get(asked_for, asked_for).lower()}" if asked_for else ""
    return f"{words_of(EntryKind).get(kind, kind)}{who}{asked}"


class TimelineQuerySet(DistrictQuerySet):
    def newest(self) -> Self:
        return self.order_by("-at", "-id")

    def asks(self) -> Self:
        return self.exclude(asked_for="")

    def of_record(self, record: models.Model) -> Self:
        """What was told about one placement, event, meeting …"""
        return self.filter(about_kind=kind_of(record), about_id=record.pk)

    def carried_out(self, record: models.Model) -> None:
        """What was planned by `record` is done: an ask of it that nobody answered was a yes."""
        waiting = self.asks().of_record(record).filter(answer="")
        waiting.update(answer="yes", updated_at=timezone.now())


class TimelineEntry(DistrictModel):
    """One thing that happened, with whom, told in one line."""

    nouns: ClassVar[tuple[str, str]] = ("timeline entry", "timeline entries")

    icons: ClassVar[dict[str, str]] = ICONS

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="timeline")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="timeline")
    kind = models.CharField(max_length=10, choices=EntryKind)
    at = models.DateTimeField()
    summary = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    quoted = models.TextField(blank=True, default="", db_default="", editable=False)  # of a mail that came in: folded
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    about_kind = models.CharField(max_length=80, blank=True)
    about_id = models.BigIntegerField(null=True)
    asked_for = models.CharField(max_length=30, choices=ExperienceType, blank=True)
    answer = models.CharField(
        max_length=12, blank=True, choices=[("yes", _("Yes")), ("no", _("No")), ("later", _("Later"))]
    )
    # for which school it was asked, and why although they had been asked lately (partners/asks.py)
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    asked_anyway = models.CharField(max_length=200, blank=True)
    # it did not go well: since when that is known, who says so and what it was; the ladder rests (partners/ladder.py)
    bad_at = models.DateTimeField(null=True, editable=False)
    bad_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    bad_note = models.CharField(max_length=300, blank=True)

    objects = DistrictManager.from_queryset(TimelineQuerySet)()

    class Meta:
        ordering = ("-at", "-id")
        indexes = [
            models.Index(fields=["district", "organization", "-at", "-id"], name="timeline_newest"),
            models.Index(fields=["district", "-at"], name="timeline_district"),
            models.Index(fields=["district", "about_kind", "about_id"], name="timeline_about"),
            models.Index(
                fields=["district", "organization", "-at"], condition=~models.Q(asked_for=""), name="timeline_asks"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.summary}"

    @classmethod
    def of_mail(cls, contact: Contact, message: Message, ask: "MailedAsk | None") -> Self:
        """A mail that went out to them, unsaved; `ask` is what it asked for."""
        return cls(
            organization_id=contact.organization_id,
            contact=contact,
            kind=EntryKind.MAIL_OUT,
            summary=message.subject[:300],
            body=message.words,
            at=message.sent_at,
            by_id=message.by_id,
            about_kind=kind_of(message),
            about_id=message.pk,
            asked_for=ask.asked_for if ask else "",
            asked_anyway=ask.asked_anyway if ask else "",
            school_id=ask.school_id if ask else None,
        )

    @property
    def icon(self) -> str:
        return ICONS[self.kind]

    @property
    def title(self) -> str:
        """What happened and with whom: “Call with Ray Halvorsen: asked for internship”."""
        return title_of(self.kind, str(self.contact) if self.contact else "", self.asked_for)

    @property
    def place_to_read(self) -> str:
        """Where a mail that came in stands unfolded on the timeline."""
        return f"{self.organization.get_absolute_url()}?show=mail&open={self.pk}#entry-{self.pk}"

    @property
    def answer_tone(self) -> str:
        return ANSWER_TONES.get(self.answer, "")

    @property
    def about(self) -> Any:
        return resolve(self.about_kind, self.about_id) if self.about_kind else None

    def went_badly(self, *, note: str, by: Any) -> None:
        """It did not go well: the ladder suggests nothing for a while and says why."""
        self.bad_at, self.bad_by, self.bad_note = timezone.now(), by, note
        self.save(update_fields=["bad_at", "bad_by", "bad_note", "updated_at"])

    def was_fine(self) -> None:
        self.bad_at, self.bad_by, self.bad_note = None, None, ""
        self.save(update_fields=["bad_at", "bad_by", "bad_note", "updated_at"])

    def settle(self, *, answer: str) -> None:
        """What they answered to what was asked here; blank takes the answer back."""
        self.answer = answer
        self.save(update_fields=["answer", "updated_at"])

    def remove(self) -> None:
        """Take the entry back; the partner's last contact is the one before it again."""
        organization, pk = self.organization, self.pk
        if isinstance(answered := self.about, TimelineEntry):  # the line told their answer to that ask
            answered.settle(answer="")
        self.delete()
        self.pk = pk
        last = (
            TimelineEntry.objects.filter(organization=organization, kind__in=CONTACT_KINDS)
            .newest()
            .values_list("at", flat=True)
            .first()
        )
        Organization.objects.filter(pk=organization.pk).update(last_contact_at=last)


class MailedAsk(DistrictModel):
    """What a letter asks for, until it has gone out and stands on the timeline: a withheld mail asked nobody."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="ask")
    asked_for = models.CharField(max_length=30, choices=ExperienceType, blank=True)
    asked_anyway = models.CharField(max_length=200, blank=True)
    school = models.ForeignKey(School, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.get_asked_for_display()} by mail"  # type: ignore[attr-defined]
