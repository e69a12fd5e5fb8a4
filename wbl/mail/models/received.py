"""Mail that came to us: answers, automatic ones, what came back, and what coordinators log by their drop-box."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string

from wbl.files.models import StoredFile
from wbl.mail import addresses
from wbl.mail.models.messages import Message
from wbl.tenancy.base import DistrictModel


class IncomingMail(DistrictModel):
    """One received mail, filed with the message it answers. The same Message-ID twice is one row."""

    history: ClassVar[bool] = False  # written once, never edited

    class Kind(models.TextChoices):
        REPLY = "reply"  # from the person that was written to
        OTHER = "other"  # from somebody else: filed as such, stops nothing
        AUTOMATIC = "automatic"  # a vacation notice or another machine's answer
        BOUNCE = "bounce"  # a mail server returned our mail
        COMPLAINT = "complaint"  # the recipient called our mail spam
        LOGGED = "logged"  # came to a coordinator's drop-box

    message = models.ForeignKey(Message, null=True, on_delete=models.CASCADE, related_name="replies")
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )  # whose drop-box it came to
    external_id = models.CharField(max_length=300)  # its own Message-ID
    kind = models.CharField(max_length=10, choices=Kind)
    from_name = models.CharField(max_length=200, blank=True)
    from_email = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)  # what they wrote
    quoted = models.TextField(blank=True)  # what they quoted, folded
    received_at = models.DateTimeField()

    class Meta:
        ordering = ("received_at",)
        constraints = [models.UniqueConstraint(fields=["district", "external_id"], name="incoming_once")]
        indexes = [models.Index(fields=["district", "message"], name="incoming_message")]

    def __str__(self) -> str:
        return f"{self.from_email}: {self.subject}"


class IncomingFile(DistrictModel):
    """A file that came with a mail; served as an attachment, whatever it holds."""

    history: ClassVar[bool] = False  # written once with its mail

    mail = models.ForeignKey(IncomingMail, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["district", "mail"], name="incoming_file_mail")]

    def __str__(self) -> str:
        return self.file.name


class DropBox(DistrictModel):
    """A member's secret address: what they BCC or forward there is logged with the people it is to or from."""

    history: ClassVar[bool] = False  # it is a secret

    user: Any = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=40)
    renewed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "user"], name="drop_box_once"),
            models.UniqueConstraint(fields=["district", "token"], name="drop_box_token"),
        ]

    def __str__(self) -> str:
        return f"Drop-box of {self.user}"

    @classmethod
    def renew(cls, *, user: Any) -> Self:
        """A new address; the one before is nobody's."""
        new = {"token": get_random_string(26, "abcdefghijklmnopqrstuvwxyz0123456789"), "renewed_at": timezone.now()}
        return cls.objects.update_or_create(user=user, defaults=new)[0]

    @property
    def address(self) -> str:
        return addresses.drop_box(self.district_id, self.token)
