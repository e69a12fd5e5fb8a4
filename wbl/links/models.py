"""Signed links: what a partner gets by mail to answer without an account."""

import datetime as dt
from typing import Any, ClassVar, Self

from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.tenancy.record import kind_of, resolve
from wbl.tenancy.scope import absolute

SALT = "wbl.links"


class SignedLinkQuerySet(DistrictQuerySet):
    def about(self, record: models.Model) -> Any:
        return self.filter(about_kind=kind_of(record), about_id=record.pk)


class SignedLink(DistrictModel):
    """Names a person, a record and a purpose. GET shows, POST acts; it works until it expires, is done or revoked.

    The token is never stored, not even hashed: it is the row's id and a nonce under the installation's signature, so the
    same link can be put into a mail again when its delivery is repeated.
    """

    nouns: ClassVar[tuple[str, str]] = ("mailed link", "mailed links")

    history: ClassVar[bool] = (
        False  # rows are made by the thousand and hold no facts; what a link did is the record's history
    )

    purpose = models.CharField(max_length=60)
    about_kind = models.CharField(max_length=80)
    about_id = models.BigIntegerField()
    # to whom it was given: a contact, student or user, by kind and id, with the address it went to
    person_kind = models.CharField(max_length=80, blank=True)
    person_id = models.BigIntegerField(null=True)
    person_name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    nonce = models.CharField(max_length=12)
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = DistrictManager.from_queryset(SignedLinkQuerySet)()

    class Meta:
        indexes = [models.Index(fields=["district", "about_kind", "about_id"], name="link_about")]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.person_name or self.email}"

    @classmethod
    def issue(
        cls,
        *,
        purpose: str,
        record: models.Model,
        person: models.Model | None = None,
        name: str = "",
        email: str = "",
        days: int = 60,
    ) -> Self:
        """The link for this person, record and purpose; a usable one is given again with its expiry moved out."""
        about: dict[str, Any] = {"purpose": purpose, "about_kind": kind_of(record), "about_id": record.pk}
        who: dict[str, Any] = {
            "email": email.lower(),
            "person_kind": kind_of(person) if person else "",
            "person_id": person.pk if person else None,
        }
        expires = timezone.now() + dt.timedelta(days=days)
        found = cls.objects.filter(**about, **who, revoked_at=None, done_at=None, expires_at__gt=timezone.now()).first()
        if found:
            found.expires_at = expires
            found.save(update_fields=["expires_at", "updated_at"])
            return found
        return cls.objects.create(**about, **who, person_name=name, nonce=get_random_string(12), expires_at=expires)

    @property
    def token(self) -> str:
        return signing.Signer(salt=SALT).sign_object([self.district_id, self.pk, self.nonce])

    @classmethod
    def from_token(cls, token: str) -> Self | None:
        """The open district's link of a token, expired and finished ones too; None for anything else."""
        try:
            district_id, pk, nonce = signing.Signer(salt=SALT).unsign_object(token)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return cls.objects.filter(pk=pk, district_id=district_id, nonce=nonce, revoked_at=None).first()

    def url(self) -> str:
        """The full address, for mails."""
        return absolute(reverse("links:go", args=[self.token]))

    @property
    def record(self) -> Any:
        return resolve(self.about_kind, self.about_id)

    @property
    def person(self) -> Any:
        return resolve(self.person_kind, self.person_id) if self.person_kind else None

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()

    def opened(self) -> None:
        """Somebody (or a mail scanner) looked: noted once, changes nothing else."""
        type(self).objects.filter(pk=self.pk, opened_at=None).update(opened_at=timezone.now())

    def done(self) -> None:
        """What it was for has been done."""
        self.done_at = timezone.now()
        self.save(update_fields=["done_at", "updated_at"])

    def revoke(self) -> None:
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at", "updated_at"])
