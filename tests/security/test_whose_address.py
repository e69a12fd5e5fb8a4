"""An account speaks for an address only when its owner proved to read it: else portal access given to that address
would be given to whoever claimed it first."""

import re
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from partners.models import Contact, Organization, PartnerAccess
from wbl.accounts.models import User
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

PAULA = "paula@bolt.example"


def by_code(email: str) -> Client:
    client = Client()
    client.post("/accounts/login/code/", {"email": email})
    code = re.search(r"^\s*([A-Z0-9-]{6,})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert code
    client.post("/accounts/login/code/confirm/", {"code": code[1]})
    return client


@pytest.fixture
def ray(cedar: District, people: SimpleNamespace, acme: Organization) -> User:
    with district(cedar):
        return PartnerAccess.grant(contact=Contact.objects.get(name="Ray Halvorsen")).user


def claims(client: Client, email: str) -> None:
    client.post("/accounts/email/", {"action_add": "", "email": email})
    client.post("/accounts/email/", {"action_primary": "", "email": email})


def test_nobody_makes_an_address_theirs_that_they_cannot_read(ray: User, acme: Organization, cedar: District) -> None:
    browser = by_code(ray.email)
    assert "_auth_user_id" in browser.session
    claims(browser, PAULA)
    ray.refresh_from_db()
    assert ray.email == "ray@acme.example"
    with district(cedar):
        bolt = Organization.objects.create(name="Bolt Works")
        paula = Contact.objects.create(organization=bolt, name="Paula Bolt", email=PAULA)
        assert PartnerAccess.grant(contact=paula).user != ray
    assert browser.get(f"/cedar/portal/{bolt.pk}/").status_code == 404


def test_nor_with_a_password_alone(people: SimpleNamespace) -> None:
    """An account that was made without an address of allauth's, as by a command of older days."""
    people.viewer.set_password("a long walk by the river")
    people.viewer.save()
    EmailAddress.objects.filter(user=people.viewer).delete()
    browser = Client()
    browser.post("/accounts/login/", {"login": people.viewer.email, "password": "a long walk by the river"})
    assert "_auth_user_id" in browser.session
    claims(browser, PAULA)
    people.viewer.refresh_from_db()
    assert people.viewer.email == "viewer@example.org"
