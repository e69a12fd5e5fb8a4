"""Students of two schools, a placement of each, an event."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from partners.models import Contact, Organization
from placements.models import Event, Placement, Student
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


@pytest.fixture
def school_year(cedar: District, people: Any, acme: Organization) -> SimpleNamespace:
    """Hattie of North and Jaylen of South, each with an internship at Acme; a speaker comes tomorrow."""
    today = cedar.today()
    with district(cedar):
        ray = Contact.objects.get(name="Ray Halvorsen")
        hattie = Student.objects.create(
            name="Hattie Brandvold", birth_date=dt.date(today.year - 17, 1, 1), school=people.north, grade=11
        )
        jaylen = Student.objects.create(
            name="Jaylen Mott", birth_date=dt.date(today.year - 16, 1, 1), school=people.south, grade=10
        )
        starts = today - dt.timedelta(days=30)
        made = [
            Placement.objects.create(
                student=student, organization=acme, supervisor=ray, starts=starts, owner=people.coordinator
            )
            for student in (hattie, jaylen)
        ]
        talk = Event.objects.create(
            type="speaker", organization=acme, contact=ray, day=today, begins=dt.time(9), school=people.north
        )
    return SimpleNamespace(
        hattie=hattie, jaylen=jaylen, of_hattie=made[0], of_jaylen=made[1], talk=talk, ray=ray, today=today
    )
