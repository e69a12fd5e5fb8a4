"""Districts, their schools, calendar and regions, and the history of every tenant row."""

import datetime as dt
import zoneinfo
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import connection, models, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wbl.tenancy import scope
from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.tenancy.catalog import tenant_models
from wbl.tenancy.scope import current_district_id

RESERVED_SLUGS = frozenset(
    "accounts portal operator health hooks static media admin api .well-known robots.txt favicon.ico districts local "
    "mail www help about login logout signup settings go feed unsubscribe jsi18n i18n".split()
)
_slug = RegexValidator(
    r"^[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?$", _("Use small letters, digits and hyphens, at most 50.")
)


def refuse_reserved(value: str) -> None:
    """Raises ValidationError for a slug that is an address of the installation itself."""
    if value in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is an address of the system itself. Choose another."), params={"slug": value}
        )


def known_zone(value: str) -> None:
    """Raises ValidationError for a name that is no IANA time zone."""
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValidationError(
            _("“%(zone)s” is no time zone; write one such as America/Chicago."), params={"zone": value}
        ) from None


class District(models.Model):
    """A tenant: a school district, or a region that publishes to the districts that belong to it."""

    class Kind(models.TextChoices):
        DISTRICT = "district", _("School district")
        REGION = "region", _("Region (service center, workforce region, technology-center district)")

    name = models.CharField(max_length=120)
    slug = models.CharField(max_length=50, unique=True, validators=[_slug, refuse_reserved])
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DISTRICT)
    state = models.CharField(max_length=2, validators=[RegexValidator(r"^[A-Z]{2}$", _("Two capital letters, as OK."))])
    time_zone = models.CharField(max_length=50, default="America/Chicago", validators=[known_zone])
    postal_address = models.CharField(
        max_length=200, blank=True, help_text=_("Stands under every mail, as the law asks of mail to businesses.")
    )
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    public_contact = models.CharField(
        max_length=120, blank=True, default="", help_text=_("Whom families and businesses may write to or call.")
    )
    public_email = models.EmailField(blank=True, default="")
    public_phone = models.CharField(max_length=40, blank=True, default="")
    mail_from_name = models.CharField(max_length=80, blank=True, help_text=_("Shown as the sender of mails."))
    mail_paused_at = models.DateTimeField(null=True, blank=True, help_text=_("Since when all rules are paused."))
    mail_paused_by = models.CharField(
        max_length=150, blank=True, default="", help_text=_("Who paused them, by the name they had then.")
    )
    quiet_from = models.TimeField(default=dt.time(18, 0), help_text=_("No automatic mail from this hour on …"))
    quiet_until = models.TimeField(default=dt.time(7, 0), help_text=_("… until this one."))
    school_days_only = models.BooleanField(default=True, help_text=_("Automatic mail waits for the next school day."))
    ask_guard_days = models.PositiveSmallIntegerField(
        default=30, help_text=_("Warn before asking a partner who was asked within this many days.")
    )
    cooldown_days = models.PositiveSmallIntegerField(
        default=90, help_text=_("Suggest no further ask for this many days after something did not go well.")
    )
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def today(self) -> dt.date:
        """Today's date where the district is."""
        return timezone.localdate(timezone=self.zone)

    def local(self, moment: dt.datetime) -> dt.datetime:
        """`moment` on the district's clock."""
        return moment.astimezone(self.zone)

    def at(self, day: dt.date, hour: dt.time) -> dt.datetime:
        """The instant of a local wall time; a time skipped by the clock change becomes the one an hour later."""
        wall = dt.datetime.combine(day, hour, tzinfo=self.zone)
        return wall.astimezone(dt.UTC).astimezone(self.zone)

    @property
    def short_name(self) -> tuple[str, str]:
        """The name in two lines for the rail: “Cedar Valley”, “Public Schools”."""
        for ending in ("Public Schools", "School District", "Schools", "Technology Center"):
            if self.name.endswith(ending) and self.name != ending:
                return self.name[: -len(ending)].strip(), ending
        return self.name, ""

    def rename(self, *, slug: str) -> None:
        """Give the district another address; the old one redirects from now on."""
        old, self.slug = self.slug, slug
        self.full_clean()
        self.save(update_fields=["slug"])
        FormerSlug.objects.filter(slug=slug).delete()
        FormerSlug.objects.update_or_create(slug=old, defaults={"district": self})

    def remove(self) -> None:
        """Delete the district with every row of its own: they are seen, and so deleted, only from inside its scope."""
        with transaction.atomic(), scope.district(self), connection.cursor() as cursor:
            cursor.execute("set constraints all deferred")
            for model in tenant_models():
                if model is not Change:  # read only; PostgreSQL itself deletes it with the district
                    model._base_manager.all()._raw_delete(connection.alias)
            self.delete()
            cursor.execute("set constraints all immediate")


class FormerSlug(models.Model):
    """An address that a district had before it was renamed."""

    slug = models.CharField(max_length=50, unique=True)
    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class RegionMember(models.Model):
    """A district belongs to a region."""

    region = models.ForeignKey(
        District, on_delete=models.CASCADE, related_name="members", limit_choices_to={"kind": "region"}
    )
    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="regions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["region", "district"], name="region_member_once")]

    def __str__(self) -> str:
        return f"{self.district} in {self.region}"


class Publication(DistrictModel):
    """What a region shares: a copy of a record, which its member districts may read and adopt.

    The one table with a second read policy: rows of my regions (wbl/tenancy/catalog.py). `body` is a JSON
    object whose shape belongs to the `kind`; `version` rises with each publication of the same key.
    """

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    body = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["district", "kind", "key", "version"], name="publication_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.title} (version {self.version})"


class School(DistrictModel):
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("name",)
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="school_name_once")]

    def __str__(self) -> str:
        return self.name


class Term(DistrictModel):
    """A term of the school year; school weeks are counted from the first day of the year's first term."""

    name = models.CharField(max_length=60)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        ordering = ("first_day",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="term_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class NonSchoolDay(DistrictModel):
    """A holiday or break: from `first_day` to `last_day`, both included."""

    name = models.CharField(max_length=80)
    first_day = models.DateField()
    last_day = models.DateField()

    class Meta:
        verbose_name, verbose_name_plural = _("day without school"), _("days without school")
        ordering = ("first_day",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")),
                name="break_ends_after_it_begins",
                violation_error_message=_("The last day lies before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ChangeQuerySet(DistrictQuerySet):
    def of(self, record: models.Model) -> Any:
        """The changes of one record, newest first."""
        return self.filter(kind=record._meta.label_lower, record_id=record.pk).order_by("-id")


class Change(DistrictModel):
    """One change of one tenant row, written by a trigger that no bulk update or SQL escapes.

    `before` and `after` hold the changed columns alone; a created row has neither, a deleted one all of `before`.
    `user_id` is a plain number: history outlives accounts. The application may read this table, never write it.
    """

    class Op(models.TextChoices):
        CREATED = "insert", _("created")
        CHANGED = "update", _("changed")
        DELETED = "delete", _("deleted")

    history = False  # it is the history
    district = models.ForeignKey(
        District,
        on_delete=models.DB_CASCADE,
        default=current_district_id,
        editable=False,
        related_name="+",
        db_index=False,
    )
    kind = models.CharField(max_length=80)
    record_id = models.BigIntegerField()
    op = models.CharField(max_length=6, choices=Op)
    at = models.DateTimeField(db_default=Now())
    user_id = models.BigIntegerField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    objects = DistrictManager.from_queryset(ChangeQuerySet)()

    class Meta:
        indexes = [
            models.Index(fields=["district", "kind", "record_id"], name="change_record"),
            # what hung on a record and was removed is found by its last state
            models.Index(fields=["district", "kind"], condition=models.Q(op="delete"), name="change_removed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.op}"
