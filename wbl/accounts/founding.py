"""How a district begins, and how the demonstration ends."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from wbl.accounts.models import Invitation, Membership, Role, User
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


@dataclass(frozen=True)
class Founded:
    district: District
    invitation: Invitation
    token: str


@transaction.atomic
def found(new: District, *, admin: str, by: User | None = None) -> Founded:
    """Save a district and invite its first admin. Raises ValidationError for a slug that is taken or reserved."""
    new.full_clean()
    new.save()
    with district(new):
        invitation, token = Invitation.issue(email=admin, role=Role.ADMIN, by=by)
    return Founded(new, invitation, token)


def remove_demo() -> list[str]:
    """Delete the demonstration districts, all their rows and the accounts that worked nowhere else.

    Returns what was removed, in words; nothing when there was no demo.
    """
    removed = []
    for demo in District.objects.filter(is_demo=True):
        people = User.objects.filter(memberships__district=demo) | User.objects.filter(partner_access__district=demo)
        known = list(people.values_list("pk", flat=True))
        demo.remove()
        removed.append(str(demo))
        removed += _remove_idle(known)
    (settings.WBL_LOCAL_DIR / "demo.json").unlink(missing_ok=True)  # the sign-ins that `up` prints
    return removed


def _remove_idle(known: list[int]) -> list[str]:
    """Accounts among these that are left without a district, a partnership and a task."""
    idle = User.objects.filter(pk__in=known, is_operator=False, memberships=None, partner_access=None)
    names = [user.email for user in idle]
    idle.delete()
    return names


def first_admins(of: District) -> list[Membership]:
    """Who manages a district, for the operator's list: people, no facts of the tenant."""
    with district(of):
        return list(Membership.objects.of_district().filter(role=Role.ADMIN, ended_at=None))
