"""People who sign in, and what they may do where."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

from wbl.tenancy.base import DistrictManager, DistrictModel, DistrictQuerySet
from wbl.tenancy.models import District, School
from wbl.tenancy.scope import current_district_id

INVITATION_DAYS = 14
OPERATOR_HOURS = 2


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_operator(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Somebody who runs the installation: sees the list of districts, enters one only with a logged reason."""
        return self.create_user(email, password, is_operator=True, **fields)


class User(AbstractBaseUser):
    """A person with an email address. A district never edits a User: it grants and ends memberships."""

    email = models.EmailField(_("email"), max_length=254)
    name = models.CharField(_("full name"), max_length=120, blank=True)
    goes_by = models.CharField(_("goes by"), max_length=60, blank=True, help_text=_("How people address you."))
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    shortcuts = models.BooleanField(_("single-key shortcuts"), default=True)
    joined_at = models.DateTimeField(db_default=Now(), editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def short_name(self) -> str:
        return self.goes_by or self.name.split(" ")[0] or self.email

    @property
    def initials(self) -> str:
        words = (self.name or self.email).replace(".", " ").split()
        return "".join(w[0] for w in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()

    # Django's admin and templates ask these; the membership backend answers.
    @property
    def is_staff(self) -> bool:
        return True

    @property
    def is_superuser(self) -> bool:
        return self.is_operator

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        from wbl.accounts.backends import may

        return may(self, perm)

    def has_perms(self, perms: Iterable[str], obj: Any = None) -> bool:
        return all(self.has_perm(p) for p in perms)

    def has_module_perms(self, app_label: str) -> bool:
        return self.has_perm(f"{app_label}.view")


def display_name(user: User) -> str:
    return str(user)


class Role(models.TextChoices):
    ADMIN = "admin", _("Admin")
    COORDINATOR = "coordinator", _("Coordinator")
    STAFF = "staff", _("Teacher or counselor")
    VIEWER = "viewer", _("Viewer")


# What each role may do; the words are those of wbl.accounts.access.can. A viewer (a board member, say) sees how many
# students, never who: names of students are for those who work with them (FERPA's legitimate educational interest).
CAPABILITIES: dict[str, frozenset[str]] = {
    Role.VIEWER: frozenset({"view"}),
    Role.STAFF: frozenset({"view", "log", "students"}),
    Role.COORDINATOR: frozenset({"view", "log", "students", "edit"}),
    Role.ADMIN: frozenset({"view", "log", "students", "edit", "manage"}),
}


def roles_that(may: str) -> list[str]:
    """The roles with a capability: `roles_that("log")`."""
    return [role for role, words in CAPABILITIES.items() if may in words]


@dataclass(frozen=True)
class Can:
    """A member's capabilities, for views and templates: `request.can.edit`."""

    names: frozenset[str] = frozenset()

    def __getattr__(self, name: str) -> bool:
        if name.startswith("_"):
            raise AttributeError(name)
        return name in self.names


class MembershipManager(models.Manager["Membership"]):
    """The table lies outside the walls; it is read by these two methods only."""

    def of_user(self, user: Any) -> models.QuerySet["Membership"]:
        """Where one person may work, by name of district."""
        return self.filter(user=user, ended_at=None).select_related("district").order_by("district__name")

    def of_district(self) -> models.QuerySet["Membership"]:
        """Who may work in the open district."""
        return self.filter(district=current_district_id()).select_related("user").order_by("user__name", "user__email")


class Membership(models.Model):
    """A person's role in a district; ended, never deleted, so that the history keeps its names."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    title = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = MembershipManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "district"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}"

    @property
    def can(self) -> Can:
        return Can(CAPABILITIES[self.role])

    @property
    def school_ids(self) -> frozenset[int] | None:
        """The schools that staff are bound to; None means all. One query, kept."""
        if self.role != Role.STAFF or not self.pk:
            return None
        if not hasattr(self, "_school_ids"):
            self._school_ids = frozenset(
                SchoolAssignment.objects.filter(membership=self).values_list("school_id", flat=True)
            )
        return self._school_ids

    @transaction.atomic
    def change(self, *, role: str, title: str = "", schools: Iterable[School] = ()) -> None:
        """Give another role. Raises ValidationError when nobody would be left to manage the district."""
        if role != Role.ADMIN:
            self._leave_an_admin()
        self.role, self.title = role, title
        self.save(update_fields=["role", "title"])
        self.assign_schools(schools=schools if role == Role.STAFF else ())

    @transaction.atomic
    def end(self, *, by: User) -> None:
        """The person may no longer work here; their rows stay as they are. Raises ValidationError for the last admin."""
        self._leave_an_admin()
        self.ended_at, self.ended_by = timezone.now(), by
        self.save(update_fields=["ended_at", "ended_by"])

    def resume(self) -> None:
        """Undo `end`."""
        self.ended_at = self.ended_by = None
        self.save(update_fields=["ended_at", "ended_by"])

    def _leave_an_admin(self) -> None:
        """Lock the district's admins, so that two of them cannot remove each other at the same moment."""
        admins = Membership.objects.of_district().filter(role=Role.ADMIN, ended_at=None).select_for_update(of=("self",))
        if [a.pk for a in admins] == [self.pk]:
            raise ValidationError(
                _("%(name)s is the only admin. Make somebody else an admin first."), params={"name": self.user}
            )

    def assign_schools(self, *, schools: Iterable[School]) -> None:
        """Replace the schools of a staff member."""
        wanted = {s.pk for s in schools}
        SchoolAssignment.objects.filter(membership=self).exclude(school__in=wanted).delete()
        known = set(SchoolAssignment.objects.filter(membership=self).values_list("school_id", flat=True))
        SchoolAssignment.objects.bulk_create(
            SchoolAssignment(membership=self, school_id=pk) for pk in sorted(wanted - known)
        )


class SchoolAssignment(DistrictModel):
    """A staff member works at this school and sees its students."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="assignments")
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="assignments")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "school"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.membership_id} at {self.school_id}"


class InvitationQuerySet(DistrictQuerySet):
    def open(self) -> Self:
        return self.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())


class Invitation(DistrictModel):
    """Somebody is asked to join the district. It tells nobody whether the address is known already.

    The token is in the mail alone; here lies its hash.
    """

    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=12, choices=Role)
    schools = models.JSONField(default=list, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    history_omits = ("token_hash",)
    objects = DistrictManager.from_queryset(InvitationQuerySet)()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.email} as {self.get_role_display()}"

    @classmethod
    def hashed(cls, token: str) -> str:
        return salted_hmac("wbl.accounts.invitation", token, algorithm="sha256").hexdigest()

    @classmethod
    @transaction.atomic
    def issue(
        cls, *, email: str, role: str, by: User | None, name: str = "", schools: Iterable[int] = ()
    ) -> tuple["Invitation", str]:
        """A new invitation and its token; an open one to the same address is revoked."""
        cls.objects.open().filter(email__iexact=email).update(revoked_at=timezone.now())
        token = get_random_string(32)
        expires = timezone.now() + dt.timedelta(days=INVITATION_DAYS)
        made = cls.objects.create(
            email=email.strip().lower(),
            name=name,
            role=role,
            schools=sorted(schools),
            token_hash=cls.hashed(token),
            invited_by=by,
            expires_at=expires,
        )
        return made, token

    @classmethod
    def from_token(cls, token: str) -> "Invitation | None":
        """The open district's invitation, in whatever state it is."""
        return cls.objects.filter(token_hash=cls.hashed(token)).first()

    @property
    def state(self) -> str:
        """open, used, revoked or expired."""
        if self.accepted_at or self.revoked_at:
            return "used" if self.accepted_at else "revoked"
        return "open" if self.expires_at > timezone.now() else "expired"

    def is_for(self, user: User) -> bool:
        return user.email.lower() == self.email.lower()

    @transaction.atomic
    def accept(self, *, user: User) -> Membership:
        """The person takes the role; a membership that had ended begins anew, one that goes on stays as it is.

        Raises ValidationError when somebody was quicker, or the invitation is for another address.
        """
        taken = Invitation.objects.select_for_update().get(pk=self.pk)
        if taken.state != "open" or not self.is_for(user):
            raise ValidationError(_("This invitation can no longer be used."))
        membership, _made = Membership.objects.get_or_create(
            user=user, district_id=self.district_id, defaults={"role": self.role}
        )
        if _made or membership.ended_at:
            membership.role, membership.ended_at, membership.ended_by = self.role, None, None
            membership.save(update_fields=["role", "ended_at", "ended_by"])
            membership.assign_schools(schools=School.objects.filter(pk__in=self.schools))
        self.accepted_at = timezone.now()
        self.save(update_fields=["accepted_at", "updated_at"])
        return membership

    def revoke(self) -> None:
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at", "updated_at"])


class OperatorEntry(DistrictModel):
    """An operator came into the district, with a reason that its admins can read."""

    operator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    until = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.operator}: {self.reason}"

    @classmethod
    def begin(cls, *, operator: User, reason: str) -> Self:
        """Come in for two hours."""
        until = timezone.now() + dt.timedelta(hours=OPERATOR_HOURS)
        return cls.objects.create(operator=operator, reason=reason, until=until)
