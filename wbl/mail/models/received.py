"""Mail that came back to us."""

from typing import ClassVar

from django.db import models

from wbl.mail.models.messages import Message
from wbl.tenancy.base import DistrictModel


class IncomingMail(DistrictModel):
    """One received mail, filed with the message it answers. The same Message-ID twice is one row."""

    history: ClassVar[bool] = False  # written once, never edited

    class Kind(models.TextChoices):
        REPLY = "reply"  # from the person that was written to
        OTHER = "other"  # from somebody else: filed as such, stops nothing
        AUTOMATIC = "automatic"  # a vacation notice or another machine's answer

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="replies")
    external_id = models.CharField(max_length=300)  # its own Message-ID
    kind = models.CharField(max_length=10, choices=Kind)
    from_name = models.CharField(max_length=200, blank=True)
    from_email = models.CharField(max_length=254)
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    received_at = models.DateTimeField()

    class Meta:
        ordering = ("received_at",)
        constraints = [models.UniqueConstraint(fields=["district", "external_id"], name="incoming_once")]
        indexes = [models.Index(fields=["district", "message"], name="incoming_message")]

    def __str__(self) -> str:
        return f"{self.from_email}: {self.subject}"
