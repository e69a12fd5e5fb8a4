"""What kinds of partners there are, and through whom they are found."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    EMPLOYER = "employer", _("Employer")
    INTERMEDIARY = "intermediary", _("Chamber, workforce board or industry association")
    EDUCATION = "education", _("Education or training provider")
    COMMUNITY = "community", _("Community or social-service partner")
    LABOR = "labor", _("Labor organization")


class Subkind(models.TextChoices):
    CHAMBER = "chamber", _("Chamber of commerce")
    WORKFORCE = "workforce", _("Workforce board")
    ASSOCIATION = "association", _("Industry association")


# Beside a name only where the name alone does not say it; employers carry none.
KIND_SUFFIX: dict[str, Any] = {
    "intermediary": _("Intermediary"),
    "education": _("Education"),
    "community": _("Community"),
    "labor": _("Labor"),
}


class Source(models.TextChoices):
    COUNCIL = "council", _("Council referral")
    INTERMEDIARY = "intermediary", _("Intermediary")
    ALUMNI = "alumni", _("Alumni")
    REFERRAL = "referral", _("Referral")
    EVENT = "event", _("Event")
    COLD = "cold", _("Cold contact")
    SELF = "self", _("Registered themselves")
    IMPORT = "import", _("Import")
