"""The people of an organization."""

import datetime as dt
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.access import PartnerAccess
from partners.models.organizations import Organization
from partners.names import sort_key
from partners.reach import Phone, doubt, is_email, read_phones, several
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet

# what belongs to the person, wherever they work
CARRIED = (
    "name",
    "goes_by",
    "email",
    "other_emails",
    "phone",
    "phone_ext",
    "mobile",
    "other_phones",
    "prefers",
    "best_time",
    "language",
    "do_not_contact",
    "alumni_school",
    "alumni_year",
    "notes",
)
_READ = {"phone": "phone", "mobile": "phone", "email": "email"}


class Channel(models.TextChoices):
    EMAIL = "email", _("Email")
    PHONE = "phone", _("Phone")
    TEXT = "text", _("Text message")
    IN_PERSON = "in_person", _("In person")


class ContactQuerySet(DistrictQuerySet):
    def current(self) -> Self:
        """Still with the organization."""
        return self.filter(left_on=None)

    def with_email(self) -> Self:
        return self.exclude(email="")


class Contact(DistrictModel):
    """A person at an organization: how they want to be reached stands first."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("full name"), max_length=120)
    sort_name = models.CharField(max_length=120, db_collation="C", editable=False)
    goes_by = models.CharField(_("goes by"), max_length=60, blank=True)
    title = models.CharField(_("role or title"), max_length=120, blank=True)
    email = models.CharField(_("email"), max_length=254, blank=True)
    other_emails = models.CharField(_("other emails"), max_length=500, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    phone_ext = models.CharField(_("extension"), max_length=10, blank=True)
    mobile = models.CharField(_("mobile"), max_length=40, blank=True)
    other_phones = models.CharField(_("other phones"), max_length=300, blank=True, default="", db_default="")
    prefers = models.CharField(_("prefers"), max_length=10, choices=Channel, default=Channel.EMAIL)
    best_time = models.CharField(_("best time"), max_length=80, blank=True)
    language = models.CharField(
        _("language of mails"), max_length=5, choices=[("en-us", _("English")), ("es", _("Spanish"))], default="en-us"
    )
    do_not_contact = models.BooleanField(_("do not contact"), default=False)
    alumni_school = models.CharField(_("went to school at"), max_length=120, blank=True)
    alumni_year = models.PositiveSmallIntegerField(_("class of"), null=True, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    started_on = models.DateField(_("there since"), null=True, blank=True)
    left_on = models.DateField(_("left on"), null=True, blank=True)
    # the same person at the partner where they worked before
    moved_from = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="moves"
    )

    objects = DistrictManager.from_queryset(ContactQuerySet)()

    class Meta:
        ordering = ("id",)
        indexes = [
            models.Index(fields=["district", "organization"], name="contact_organization"),
            models.Index("district_id", Lower("email"), name="contact_email"),
            models.Index(fields=["district", "phone"], name="contact_phone"),
            models.Index(fields=["district", "moved_from"], name="contact_moved_from"),
            GinIndex(models.F("district_id"), OpClass(models.F("sort_name"), "gin_trgm_ops"), name="contact_name_trgm"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_name = sort_key(self.name)[:120]
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sort_name", "updated_at"}
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("partners:detail", args=[self.organization_id]) + f"#contact-{self.pk}"

    @property
    def called(self) -> str:
        """How to address them in a mail."""
        return self.goes_by or self.name.split(" ")[0]

    @property
    def wants_mail(self) -> bool:
        return is_email(self.email) and self.prefers == Channel.EMAIL and not self.do_not_contact

    @property
    def emails(self) -> list[str]:
        """Every address, the one that is written to first."""
        return [each for each in (self.email, *several(self.other_emails)) if each]

    @property
    def further_phones(self) -> list[Phone]:
        """The numbers beside phone and mobile."""
        return read_phones(self.other_phones)

    @property
    def doubts(self) -> dict[str, str]:
        """What couldn't be read and was kept as typed, with what to say beside it."""
        return {name: doubt(kind, getattr(self, name)) for name, kind in _READ.items()}

    def leave(self, *, on: dt.date | None = None) -> None:
        """They no longer work there, and the portal is closed to them; what passed with them stays."""
        self.left_on = on or timezone.localdate()
        self.save(update_fields=["left_on"])
        self._close_portal()

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        self._close_portal()
        return super().delete(*args, **kwargs)

    def _close_portal(self) -> None:
        for access in PartnerAccess.objects.of_district().filter(contact_id=self.pk, ended_at=None):
            access.end()

    @transaction.atomic
    def move(self, *, organization: Organization, on: dt.date, title: str = "", by: Any = None) -> Self:
        """They work for another partner from that day: a contact there with their own ways to be reached.

        This one ends and keeps what passed; both timelines say so, and each page leads to the other.
        """
        there = type(self).objects.create(
            organization=organization,
            title=title,
            started_on=on,
            moved_from=self,
            **{name: getattr(self, name) for name in CARRIED},
        )
        self.leave(on=on)
        self.organization.record(
            kind="note", summary=f"{self.name} moved to {organization}.", by=by, contact=self, about=there
        )
        organization.record(
            kind="note", summary=f"{self.name} came from {self.organization}.", by=by, contact=there, about=there
        )
        return there

    @transaction.atomic
    def undo_move(self) -> bool:
        """Take a move back while nothing else has passed at the new partner; False where something has."""
        from partners.models.timeline import TimelineEntry

        before = self.moved_from
        notes = TimelineEntry.objects.filter(about_kind="partners.contact", about_id=self.pk, kind="note")
        if before is None or TimelineEntry.objects.filter(contact=self).exclude(pk__in=notes).exists():
            return False
        notes.delete()
        self.delete()
        before.come_back()
        return True

    def come_back(self) -> None:
        self.left_on = None
        self.save(update_fields=["left_on"])
