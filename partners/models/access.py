"""Which person may see which organization's portal."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.reach import is_email
from wbl.accounts.models import User
from wbl.tenancy.models import District
from wbl.tenancy.scope import current_district_id


class PartnerAccessManager(models.Manager["PartnerAccess"]):
    """The table lies outside the walls; it is read by these two methods only."""

    def of_user(self, user: Any) -> models.QuerySet["PartnerAccess"]:
        """All partnerships of one person."""
        return (
            self.filter(user=user, ended_at=None)
            .select_related("district")
            .order_by("district__name", "organization_name")
        )

    def of_district(self) -> models.QuerySet["PartnerAccess"]:
        """All access granted in the open district."""
        return self.filter(district=current_district_id()).select_related("user").order_by("organization_name")


class PartnerAccess(models.Model):
    """A person acts for an organization in the portal. The organization is a plain id: a foreign key from outside
    the walls into them would be checked without a district; its name is kept for the list of partnerships."""

    nouns: ClassVar[tuple[str, str]] = ("portal access", "portal accesses")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="partner_access")
    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="+")
    organization_id = models.BigIntegerField()
    contact_id = models.BigIntegerField(null=True)
    organization_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True)

    objects = PartnerAccessManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "district", "organization_id"], name="partner_access_once")
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.organization_name}"

    @classmethod
    @transaction.atomic
    def grant(cls, *, contact: Any) -> "PartnerAccess":
        """The contact may use the portal of their organization, signing in with their email address.

        An address nobody knows gets an account without a password; a known account is left as it is, so that nothing
        here tells whether it was known. Raises ValidationError without an email.
        """
        if not is_email(contact.email):
            raise ValidationError(
                _("%(name)s has no email address that one could sign in with.") % {"name": contact.name}
            )
        user = User.objects.filter(email__iexact=contact.email).first()
        if user is None:
            user = User.objects.create_user(contact.email, None, name=contact.name, goes_by=contact.goes_by)
        access, _made = cls.objects.update_or_create(
            user=user,
            district_id=current_district_id(),
            organization_id=contact.organization_id,
            defaults={
                "contact_id": contact.pk,
                "organization_name": contact.organization.name,
                "ended_at": None,
            },
        )
        return access

    def end(self) -> None:
        """They may no longer use it; signing in elsewhere stays theirs."""
        self.ended_at = timezone.now()
        self.save(update_fields=["ended_at"])
