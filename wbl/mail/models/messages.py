"""The ledger, which is the outbox too: one row for every mail that was intended."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from wbl.files.models import StoredFile
from wbl.links.models import SignedLink
from wbl.mail import addresses
from wbl.mail.categories import Category
from wbl.mail.models.rules import Rule
from wbl.mail.people import Recipient, find_person, recipient_of, recipients_of
from wbl.mail.triggers import MailKind, Verdict, kind_and_id, mail_kind, resolve_record
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet


class State(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DUE = "due", _("Due")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    BOUNCED = "bounced", _("Bounced")
    COMPLAINED = "complained", _("Marked as spam")
    FAILED = "failed", _("Failed")
    WITHHELD = "withheld", _("Withheld")
    CANCELLED = "cancelled", _("Canceled")


WAITING = (State.PLANNED, State.DUE)
GONE_OUT = (State.SENT, State.DELIVERED, State.COMPLAINED)
STOPPED = (State.WITHHELD, State.CANCELLED)
_waiting = models.Q(state__in=[str(s) for s in WAITING])
# what makes a message the same one: sent once, whoever asks twice
SAME = ("district", "rule_key", "step", "record_kind", "record_id", "reference_date", "recipient")


class MessageQuerySet(DistrictQuerySet):
    def waiting(self) -> Self:
        """Not out yet, and meant to go."""
        return self.filter(_waiting)

    def overdue(self) -> Self:
        """Waiting, and their time has come."""
        return self.waiting().filter(next_try_at__lte=timezone.now())

    def gone_out(self) -> Self:
        return self.filter(state__in=GONE_OUT)

    def answered(self) -> Self:
        """Somebody who was written to wrote back; an automatic answer or somebody else's is none."""
        return self.filter(models.Exists(_answers(models.OuterRef("pk"))))

    def with_answers(self) -> Self:
        """Each says in `is_answered` whether it is."""
        return self.annotate(is_answered=models.Exists(_answers(models.OuterRef("pk"))))

    def in_state(self, *states: str) -> Self:
        return self.filter(state__in=states)

    def about(self, record: models.Model) -> Self:
        """Mails to the people of a record, such as an organization."""
        kind, pk = kind_and_id(record)
        return self.filter(about_kind=kind, about_id=pk)

    def to_person(self, person: models.Model) -> Self:
        kind, pk = kind_and_id(person)
        return self.filter(person_kind=kind, person_id=pk)


def _answers(message: Any) -> Any:
    from wbl.mail.models.received import IncomingMail  # it points at messages

    return IncomingMail.objects.filter(message=message, kind=IncomingMail.Kind.REPLY)


PERSONAL_LINK = "[personal link]"


def new_token() -> str:
    """134 random bits; small letters, because some programs fold the case of addresses."""
    return get_random_string(26, "abcdefghijklmnopqrstuvwxyz0123456789")


class Message(DistrictModel):
    """One intended mail. It is written in the transaction that causes it and sent by a worker (wbl.mail.deliver).

    The unique key is the promise: the same rule, step, record, date and recipient is one row, hence one mail.
    """

    nouns: ClassVar[tuple[str, str]] = ("mail", "mails")

    history: ClassVar[bool] = False  # MessageEvent is its trail, and bodies are not kept twice

    rule_key = models.CharField(max_length=80)  # a rule's key, or the kind of a one-off mail
    step = models.CharField(max_length=40, blank=True)  # the offset in days, or which repeat
    record_kind = models.CharField(max_length=80, blank=True)
    record_id = models.BigIntegerField(null=True)
    reference_date = models.DateField(null=True)
    recipient = models.CharField(max_length=254)  # Recipient.key

    rule: Any = models.ForeignKey(Rule, null=True, on_delete=models.SET_NULL, related_name="messages")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    reason = models.CharField(
        max_length=300, blank=True
    )  # why withheld, canceled, failed; of a planned one: why it will be
    because = models.CharField(max_length=300, blank=True)  # why it exists
    category = models.CharField(max_length=15, choices=Category)
    required = models.BooleanField(default=False)  # an opt-out does not stop it
    by_hand = models.BooleanField(default=False)  # a person chose to send this very one

    to_name = models.CharField(max_length=120, blank=True)
    to_email = models.CharField(max_length=254, blank=True)
    person_kind = models.CharField(max_length=80, blank=True)
    person_id = models.BigIntegerField(null=True)
    about_kind = models.CharField(max_length=80, blank=True)  # the recipient's organization
    about_id = models.BigIntegerField(null=True)
    about_label = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="en-us")
    owner: Any = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reply_to = models.CharField(max_length=400, blank=True)

    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)  # as sent, with a placeholder for the personal link
    html = models.TextField(blank=True)
    source = models.TextField(blank=True)  # the letter itself, without what stands around it
    link: Any = models.ForeignKey(SignedLink, null=True, on_delete=models.SET_NULL, related_name="+")
    file_ids = ArrayField(models.BigIntegerField(), default=list, blank=True)  # of wbl.files, sent along
    token = models.CharField(max_length=40, default=new_token)
    provider_id = models.CharField(max_length=200, blank=True)  # what the mail provider calls it

    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # timelines and to-dos know that it went out
    stopped_by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # a person canceled it: the planner leaves it alone

    # while it is being made: its Markdown, and the values of its fields (None where it has none); kept nowhere
    marked: tuple[str, dict[str, str] | None] | None = None
    objects = DistrictManager.from_queryset(MessageQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=SAME, nulls_distinct=False, name="message_once"),
            models.UniqueConstraint(fields=["district", "token"], name="message_token"),
        ]
        indexes = [
            models.Index(fields=["next_try_at", "district"], condition=_waiting, name="message_ready"),
            models.Index(fields=["district", "next_try_at"], condition=_waiting, name="message_waiting"),
            models.Index(fields=["district"], condition=models.Q(state="sending"), name="message_sending"),
            models.Index(
                fields=["sent_at", "district"],
                condition=models.Q(sent_at__isnull=False, told_at=None),
                name="message_untold",
            ),
            models.Index(fields=["provider_id"], condition=~models.Q(provider_id=""), name="message_provider"),
            models.Index(fields=["district", "-due_at", "-id"], name="message_ledger"),
            models.Index(fields=["district", "about_kind", "about_id"], name="message_about"),
            models.Index(fields=["district", "state", "-due_at"], name="message_state"),
        ]

    def __str__(self) -> str:
        return f"{self.subject or self.kind.label} to {self.to_name or self.to_email or 'nobody'}"

    @classmethod
    @transaction.atomic
    def write(
        cls,
        *,
        kind: str,
        record: models.Model | None,
        recipient: Recipient | models.Model,
        subject: str,
        body: str,
        category: str = "",
        by: Any = None,
        owner: Any = None,
        link: SignedLink | None = None,
        required: bool | None = None,
        because: str = "",
        step: str = "",
        send_at: dt.datetime | None = None,
        files: Sequence[int] = (),
    ) -> Self:
        """One mail now (or at `send_at`), whose words stand as they are; with `link`, `{{ link }}` becomes the personal link.

        The same kind, record, recipient and `step` is the same mail: a second call returns the first row unchanged.
        """
        found, to = mail_kind(kind), recipient if isinstance(recipient, Recipient) else recipient_of(recipient)
        at = send_at or timezone.now()
        message = cls.addressed(to, record, owner or by)
        message.rule_key, message.step, message.by, message.link = kind, step, by, link
        message.subject, message.source, message.because = " ".join(subject.split())[:300], body, because
        message.category = category or found.category
        message.required = found.required if required is None else required
        message.by_hand, message.file_ids = found.by_hand, list(files)
        message.state = State.PLANNED if send_at else State.DUE
        message.due_at = message.next_try_at = at
        made = cls.objects.bulk_create([message], ignore_conflicts=True)[0]
        same = {name: getattr(made, name) for name in SAME[1:]}
        kept = cls.objects.get(**same)
        if kept.token == made.token:
            from wbl.mail.tasks import deliver  # the task loads this module

            deliver.delay_on_commit()
        return kept

    @classmethod
    def addressed(cls, to: Recipient, record: models.Model | None, owner: Any) -> Self:
        """An unsaved message to this person about this record."""
        message = cls(recipient=to.key, owner=owner)
        message.record_kind, message.record_id = kind_and_id(record)
        message.person_kind, message.person_id = kind_and_id(to.person)
        message.readdress(to)
        return message

    def readdress(self, to: Recipient) -> bool:
        """Take over name, address and language as they are now; True if anything changed."""
        kind, pk = kind_and_id(to.about)
        new = {
            "to_name": to.name[:120],
            "to_email": to.email.strip(),
            "language": to.language,
            "about_kind": kind,
            "about_id": pk,
            "about_label": str(to.about)[:200] if to.about else "",
        }
        changed = any(getattr(self, name) != value for name, value in new.items())
        for name, value in new.items():
            setattr(self, name, value)
        return changed

    # --- what it is -------------------------------------------------------------------------------

    @property
    def kind(self) -> MailKind:
        return mail_kind(self.rule.trigger_key if self.rule else self.rule_key)

    @property
    def record(self) -> Any:
        return resolve_record(self.record_kind, self.record_id)

    @property
    def files(self) -> list[StoredFile]:
        """What goes along, without its bytes."""
        return (
            list(StoredFile.objects.filter(pk__in=self.file_ids).defer("body").order_by("pk")) if self.file_ids else []
        )

    @property
    def person(self) -> Any:
        return find_person(self.person_kind, self.person_id)

    @property
    def to(self) -> Recipient:
        """The recipient as they are now; as they were written down where the person is unknown or gone."""
        return recipients_of([self])[self.pk]

    @property
    def message_id(self) -> str:
        """Stable over every attempt, so that a mail that went out twice is one to the reader's program."""
        return addresses.message_id(self.district_id, self.token)

    @property
    def link_mark(self) -> str:
        return f"[personal link {self.token[:10]}]"

    @property
    def words(self) -> str:
        """The letter for people's eyes: the personal link stays “[personal link]”."""
        return self.source.replace(self.link_mark, PERSONAL_LINK)

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_stopped(self) -> bool:
        return self.state in STOPPED

    @property
    def has_gone(self) -> bool:
        return self.state in GONE_OUT

    def get_absolute_url(self) -> str:
        return reverse("mail:message", args=[self.pk])

    # --- what happens to it -------------------------------------------------------------------------

    def note(self, what: str, why: str = "", *, by: Any = None, before: dict[str, Any] | None = None) -> None:
        """A line of the trail; `before` is how it stood, where a person may take the change back."""
        MessageEvent.objects.create(message=self, what=what, why=why[:300], by=by, before=before)

    @transaction.atomic
    def stop(self, verdict: Verdict, *, by: Any = None) -> bool:
        """Withhold or cancel what waits, with the reason; False when it is out already."""
        return self.change(
            (*WAITING, State.FAILED),
            why=verdict.reason,
            by=by,
            state=verdict.state,
            reason=verdict.reason[:300],
            stopped_by=by,
        )

    @transaction.atomic
    def revive(self, *, why: str, due_at: dt.datetime | None = None, by: Any = None, **more: Any) -> bool:
        """Plan it again: it was withheld, canceled or failed, and is due after all. A sent one never repeats."""
        due_at = due_at or timezone.now()
        state = State.PLANNED if due_at > timezone.now() else State.DUE
        new: dict[str, Any] = {"state": state, "reason": "", "stopped_by": None, "attempts": 0, **more}
        return self.change((*STOPPED, State.FAILED, *WAITING), why=why, by=by, due_at=due_at, next_try_at=due_at, **new)

    def change(
        self, states: tuple[str, ...], *, why: str, by: Any = None, before: dict[str, Any] | None = None, **new: Any
    ) -> bool:
        """Move it from one of these states, and note it; False when it is in another by now."""
        rows = type(self).objects.filter(pk=self.pk, state__in=[str(s) for s in states])
        if not rows.update(**new, claimed_at=None, updated_at=timezone.now()):
            return False
        for name, value in new.items():
            setattr(self, name, value)
        self.note(str(new.get("state", "moved")), why, by=by, before=before)
        return True

    def trail(self) -> list["MessageEvent"]:
        """What happened to it, oldest first; its planning and its sending are columns, not rows."""
        first = MessageEvent(message=self, what="planned", why=self.because, by=self.by, at=self.created_at)
        out = [MessageEvent(message=self, what="sent", why=self.to_email, at=self.sent_at)] if self.sent_at else []
        events = [*out, *self.events.select_related("by")]
        return [first, *sorted(events, key=lambda e: (e.at, AFTER_SENDING.get(e.what, 0)))]


class MessageEvent(DistrictModel):
    """One line of a message's trail: what, when, why, by whom."""

    history: ClassVar[bool] = False  # it is a history, never edited

    message: Any = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=20)
    why = models.CharField(max_length=300, blank=True)
    by: Any = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    external_id = models.CharField(max_length=200, blank=True)  # a provider's event: told twice, it counts once
    before = models.JSONField(null=True)  # how the mail stood, where a person may take this back (second_thoughts)

    class Meta:
        ordering = ("at", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["district", "message", "external_id"], condition=~models.Q(external_id=""), name="event_once"
            )
        ]
        indexes = [models.Index(fields=["district", "message"], name="event_message")]

    def __str__(self) -> str:
        return f"{self.what}: {self.why}" if self.why else self.what

    @property
    def label(self) -> Any:
        """The state's own word, or one for what is no state."""
        return dict(State.choices).get(self.what) or EVENTS.get(self.what, self.what.capitalize())


# what follows from sending stands behind it, also within one second
AFTER_SENDING = {"sent": 1} | dict.fromkeys(
    ("delivered", "deferred", "bounce", "bounced", "complaint", "reply", "reply_other", "automatic", "opted_out"), 2
)
EVENTS = {
    "retry": _("Will be tried again"),
    "recovered": _("Taken up again"),
    "reply": _("Answered"),
    "reply_other": _("Mail from somebody else"),
    "automatic": _("Automatic answer"),
    "bounce": _("Came back"),
    "deferred": _("Delayed on its way"),
    "complaint": _("Marked as spam"),
    "moved": _("Moved"),
    "opted_out": _("Opted out"),
}
