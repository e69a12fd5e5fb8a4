"""Whoever left a partner, or was removed there, comes into its portal no more, whatever page it was done on."""

from types import SimpleNamespace
from typing import Any

import pytest

from partners.models import Contact, PartnerAccess
from tests.portal.conftest import acme_portal as acme_portal  # noqa: PLC0414
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


def left(contact: Contact) -> None:
    contact.leave()


def noted_in_the_admin(contact: Contact) -> None:
    Contact.objects.filter(pk=contact.pk).update(left_on="2026-01-01")


def removed(contact: Contact) -> None:
    contact.delete()


@pytest.mark.parametrize("gone", [left, noted_in_the_admin, removed])
def test_the_portal_is_closed(acme_portal: SimpleNamespace, cedar: District, gone: Any) -> None:
    assert acme_portal.browser.get(acme_portal.home).status_code == 200
    with district(cedar):
        gone(acme_portal.ray)
    assert acme_portal.browser.get(acme_portal.home).status_code == 404


def test_a_move_that_was_taken_back_closes_the_portal_there(acme_portal: SimpleNamespace, cedar: District) -> None:
    with district(cedar):
        there = acme_portal.ray.move(organization=acme_portal.other, on=cedar.today())
        PartnerAccess.grant(contact=there)
        address = f"/cedar/portal/{acme_portal.other.pk}/"
        assert acme_portal.browser.get(address).status_code == 200
        assert there.undo_move()
    assert acme_portal.browser.get(address).status_code == 404
    with district(cedar):
        assert not PartnerAccess.objects.of_user(acme_portal.user).filter(organization_id=acme_portal.other.pk).exists()
