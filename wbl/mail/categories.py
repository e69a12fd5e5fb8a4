"""What a mail is, to the one who may not want it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    ANNOUNCEMENTS = "announcements", _("Announcements")
    REQUESTS = "requests", _("Requests for help")
    REMINDERS = "reminders", _("Reminders and follow-ups")
    COUNCIL = "council", _("Advisory council")
    REQUIRED = "required", _("Signatures, safety and answers you asked for")


OPTIONAL = (Category.ANNOUNCEMENTS, Category.REQUESTS, Category.REMINDERS, Category.COUNCIL)
OPTIONAL_TOLD = [(c.value, c.label) for c in OPTIONAL if c != Category.COUNCIL] + [
    # mail about a meeting of theirs is required (councils.emails.OfMeeting): the box stops letters alone
    (
        Category.COUNCIL.value,
        _("Other letters about an advisory council (invitations, changes and reminders of your meetings always come)"),
    )
]
"""What one may stop, to the one who chooses."""
