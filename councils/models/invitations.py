"""Who is asked to a meeting, what they answered, and whether they came."""

from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from councils.models.meetings import Meeting
from councils.models.seats import Seat
from partners.models import Contact
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet


class Answer(models.TextChoices):
    INVITED = "invited", _("No answer yet")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    DEPUTY = "deputy", _("Sends somebody else")


class InvitationQuerySet(DistrictQuerySet):
    def waiting(self) -> Self:
        return self.filter(status=Answer.INVITED)

    def present(self) -> Self:
        return self.exclude(present_at=None)


class Invitation(DistrictModel):
    """One person asked to one meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    seat = models.ForeignKey(Seat, null=True, on_delete=models.SET_NULL, related_name="invitations")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="council_invitations")
    status = models.CharField(max_length=8, choices=Answer, default=Answer.INVITED)
    answered_at = models.DateTimeField(null=True)
    # who wrote the answer down when it did not come by the link
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    deputy_name = models.CharField(_("their name"), max_length=120, blank=True)
    deputy_email = models.EmailField(_("their email"), blank=True)
    present_at = models.DateTimeField(null=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = DistrictManager.from_queryset(InvitationQuerySet)()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["district", "meeting", "contact"], name="council_invitation_once")
        ]
        indexes = [models.Index(fields=["district", "contact"], name="council_invitation_contact")]

    def __str__(self) -> str:
        return f"{self.contact}: {self.meeting}"

    @transaction.atomic
    def answer(self, *, status: str, deputy_name: str = "", deputy_email: str = "", by: Any = None) -> None:
        """Accept, decline or name a deputy, as often as one likes; a changed answer reaches the partner's timeline."""
        deputy = (deputy_name, deputy_email) if status == Answer.DEPUTY else ("", "")
        if (self.status, self.deputy_name, self.deputy_email) == (status, *deputy):
            return
        self.status, (self.deputy_name, self.deputy_email) = status, deputy
        self.answered_at, self.answered_by = timezone.now(), by
        self.save(update_fields=["status", "deputy_name", "deputy_email", "answered_at", "answered_by", "updated_at"])
        self.contact.organization.record(
            kind="council",
            summary=f"{self.in_words}: {self.meeting}",
            contact=self.contact,
            by=by,
            about=self.meeting,
        )

    def mark(self, *, present: bool) -> None:
        """Tick or untick them as present."""
        self.present_at = (self.present_at or timezone.now()) if present else None
        self.save(update_fields=["present_at", "updated_at"])

    @property
    def in_words(self) -> str:
        """Accepted; Declined; Sends Hank Orr."""
        if self.status == Answer.DEPUTY:
            return str(_("Sends %(name)s") % {"name": self.deputy_name})
        return str(Answer(self.status).label)

    @property
    def told(self) -> str:
        """The answer as said to whoever gave it: you will be there; Hank Orr comes for you. Within a sentence."""
        return {
            Answer.INVITED: str(_("no answer yet")),
            Answer.ACCEPTED: str(_("you will be there")),
            Answer.DECLINED: str(_("you can’t come")),
            Answer.DEPUTY: str(_("%(name)s comes for you")) % {"name": self.deputy_name},
        }[Answer(self.status)]

    @property
    def who_came(self) -> str:
        return self.deputy_name or self.contact.name
