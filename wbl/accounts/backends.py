"""Signing in by password, and what Django's `has_perm` answers: the role in the open district."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from wbl.accounts.models import Membership, Role, User
from wbl.tenancy.prepared import Given, Prepared
from wbl.tenancy.scope import current_district_id, is_open

ACTIVE = Prepared(lambda: User.objects.filter(pk=Given("user"), is_active=True))


class MembershipBackend(BaseBackend):
    """Loads users; passwords are checked by allauth's backend."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        return None

    def get_user(self, user_id: int) -> User | None:
        return ACTIVE.first(user=user_id)


def may(user: User, perm: str) -> bool:
    """Admins of the open district may do what its admin offers; nobody may outside a district."""
    if not user.is_active or not is_open():
        return False
    granted = getattr(user, "_granted", {})
    district = current_district_id()
    if district not in granted:
        granted[district] = Membership.objects.of_user(user).filter(district=district, role=Role.ADMIN).exists()
        user._granted = granted  # type: ignore[attr-defined]
    return granted[district]
