"""Ray of Acme, who may use the portal, and Paula of another partner."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from partners.models import Contact, Organization, PartnerAccess
from placements.models import HoursEntry, Placement, Student
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


@pytest.fixture
def acme_portal(cedar: District, people: Any, acme: Organization, sign_in: Callable[[Any], Client]) -> SimpleNamespace:
    """Hattie is with Acme since a month; 7 hours of hers wait for Ray."""
    today = cedar.today()
    with district(cedar):
        ray = Contact.objects.get(name="Ray Halvorsen")
        other = Organization.objects.create(name="Bolt Works")
        paula = Contact.objects.create(organization=other, name="Paula Bolt", email="paula@bolt.example")
        users = [PartnerAccess.grant(contact=contact).user for contact in (ray, paula)]
        hattie = Student.objects.create(
            name="Hattie Brandvold", birth_date=dt.date(today.year - 17, 1, 1), school=people.north
        )
        placement = Placement.objects.create(
            student=hattie, organization=acme, starts=today - dt.timedelta(30), owner=people.coordinator
        )
        placement.tick(step="matched", by=people.coordinator)
        placement.activate(by=people.coordinator)
        entries = [
            HoursEntry.objects.create(placement=placement, date=today - dt.timedelta(n), hours="3.5") for n in (1, 2)
        ]
    return SimpleNamespace(
        ray=ray,
        user=users[0],
        browser=sign_in(users[0]),
        stranger=sign_in(users[1]),
        home=f"/cedar/portal/{acme.pk}/",
        placement=placement,
        entries=entries,
        other=other,
    )
