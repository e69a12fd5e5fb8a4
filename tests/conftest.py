"""The cast: two districts and their people. Cedar Valley is ours, Prairie is the rival."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from partners.models import Contact, Organization
from wbl.accounts.models import Membership, Role, User
from wbl.tenancy.models import District, School
from wbl.tenancy.scope import district


@pytest.fixture
def cedar(db: Any) -> District:
    """Cedar Valley Public Schools, in Chicago's zone."""
    return District.objects.create(
        name="Cedar Valley Public Schools",
        slug="cedar",
        state="OK",
        time_zone="America/Chicago",
        postal_address="400 Redbud Avenue, Cedar Valley, OK 73000",
    )


@pytest.fixture
def rival(db: Any) -> District:
    """Prairie Schools: sees nothing of Cedar's, and the other way round."""
    return District.objects.create(
        name="Prairie Schools",
        slug="prairie",
        state="AZ",
        time_zone="America/Phoenix",
        postal_address="1 Mesa Road, Prairie, AZ 85000",
    )


@pytest.fixture
def in_cedar(cedar: District) -> Iterator[District]:
    with district(cedar):
        yield cedar


@pytest.fixture
def people(cedar: District, rival: District) -> SimpleNamespace:
    """One person for each role in Cedar, the rival's admin, an operator and a stranger."""
    with district(cedar):
        north, south = School.objects.create(name="North High"), School.objects.create(name="South High")
    made: dict[str, Any] = {"north": north, "south": south}
    for key, name, role, where, school in (
        ("admin", "Ada Admin", Role.ADMIN, cedar, None),
        ("coordinator", "Marisol Tate", Role.COORDINATOR, cedar, None),
        ("staff", "Ben Oakes", Role.STAFF, cedar, north),
        ("other_staff", "Sue South", Role.STAFF, cedar, south),
        ("viewer", "Vera View", Role.VIEWER, cedar, None),
        ("rival_admin", "Rita Rival", Role.ADMIN, rival, None),
        ("rival_coordinator", "Ron Rival", Role.COORDINATOR, rival, None),
    ):
        made[key] = _person(key, name)
        member = Membership.objects.create(user=made[key], district=where, role=role)
        if school:
            with district(where):
                member.assign_schools(schools=[school])
    made["operator"] = _person("operator", "Ollie Operator", is_operator=True)
    made["stranger"] = _person("stranger", "Sam Stranger")
    return SimpleNamespace(**made)


def _person(key: str, name: str, **fields: Any) -> User:
    return User.objects.create_user(f"{key.replace('_', '.')}@example.org", name=name, **fields)


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    """`sign_in(people.viewer)` is that person's browser."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="wbl.accounts.backends.MembershipBackend")
        return client

    return signed_in


@pytest.fixture
def acme(cedar: District, people: SimpleNamespace) -> Organization:
    """An employer of Cedar's with one contact, Ray, who has an email."""
    with district(cedar):
        made = Organization.objects.create(
            name="Acme Manufacturing, Inc.", owner=people.coordinator, website="acme.example"
        )
        Contact.objects.create(organization=made, name="Ray Halvorsen", email="ray@acme.example")
    return made
