"""Papers of a partner that end some day: agreements, insurance certificates, background checks."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.contacts import Contact
from partners.models.organizations import Organization
from wbl.files.models import StoredFile
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet

SOON_DAYS = 60


class DocumentKind(models.TextChoices):
    MOU = "mou", _("Agreement (MOU)")
    INSURANCE = "insurance", _("Insurance certificate")
    BACKGROUND = "background", _("Background check")
    OTHER = "other", _("Other document")


class DocumentQuerySet(DistrictQuerySet):
    def standing(self) -> Self:
        """Neither ended nor replaced by a newer one."""
        return self.filter(ended_at=None)

    def acting_by(self, day: dt.date) -> Self:
        """Those that somebody must see to by that day, the ones already past too."""
        return self.standing().filter(acts_on__lte=day, organization__archived_at=None)


class PartnerDocument(DistrictModel):
    """One paper with its term. `acts_on` is the day by which somebody must have acted: its last day, or, of one that
    renews itself, the last day to give notice."""

    nouns: ClassVar[tuple[str, str]] = ("document", "documents")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=120, blank=True)
    contact = models.ForeignKey(
        Contact,
        verbose_name=_("about whom"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="documents",
    )
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts = models.DateField(_("starts"), null=True, blank=True)
    expires = models.DateField(_("last day"), null=True, blank=True)
    renews = models.BooleanField(_("renews itself unless somebody gives notice"), default=False)
    notice_days = models.PositiveSmallIntegerField(_("notice, in days before"), null=True, blank=True)
    notes = models.CharField(_("notes"), max_length=300, blank=True)
    acts_on = models.DateField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = DistrictManager.from_queryset(DocumentQuerySet)()
    renewed: ClassVar[tuple[str, ...]] = ("kind", "title", "contact", "renews", "notice_days", "notes")

    class Meta:
        verbose_name, verbose_name_plural = _("document"), _("documents")
        ordering = ("acts_on", "id")
        indexes = [
            models.Index(fields=["district", "organization"], name="document_organization"),
            models.Index(fields=["district", "acts_on"], condition=models.Q(ended_at=None), name="document_acts_on"),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())  # type: ignore[attr-defined]

    def save(self, *args: Any, **kwargs: Any) -> None:
        notice = self.notice_days or 0 if self.renews else 0
        self.acts_on = self.expires - dt.timedelta(days=notice) if self.expires else None
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "acts_on", "updated_at"}
        super().save(*args, **kwargs)

    @classmethod
    def of_rows(cls, organization: Organization, rows: list[dict[str, Any]]) -> list[Self]:
        """The papers in `document_rows` of OrganizationQuerySet.with_documents."""
        fields = {f.attname: f for f in cls._meta.concrete_fields}
        return [
            cls(organization=organization, **{name: fields[name].to_python(value) for name, value in row.items()})
            for row in rows
        ]

    @property
    def standing(self) -> tuple[str, str]:
        """(what to say of its term, tone)."""
        today = timezone.localdate()
        if self.ended_at:
            return "ended", "line"
        if self.expires is None or self.acts_on is None:
            return "no last day", ""
        if self.expires < today:
            return ("renewed itself: note its new term", "warn") if self.renews else ("expired", "bad")
        if self.acts_on < today:
            return "renews itself, notice is over", ""
        if (self.acts_on - today).days <= SOON_DAYS:
            return "give notice or let it renew" if self.renews else "expires soon", "warn"
        return "in force", ""

    @classmethod
    @transaction.atomic
    def receive(cls, *, organization: Organization, kind: str, file: StoredFile, expires: dt.date | None) -> Self:
        """What the partner sent. The standing one of its kind, if it ends sooner, is replaced and gives its title on."""
        before = organization.documents.standing().filter(kind=kind).exclude(expires=None).order_by("-expires")  # type: ignore[attr-defined]
        old = before.filter(expires__lt=expires).first() if expires else None
        kept = {name: getattr(old, name) for name in cls.renewed if name != "contact"} if old else {"kind": kind}
        made = cls.objects.create(organization=organization, file=file, expires=expires, **kept)
        if old:
            old.end()
        return made

    def end(self) -> None:
        """It no longer stands, or a newer one does; it stays on file."""
        self.ended_at = timezone.now()
        self.save(update_fields=["ended_at"])

    def stand_again(self) -> None:
        self.ended_at = None
        self.save(update_fields=["ended_at"])
