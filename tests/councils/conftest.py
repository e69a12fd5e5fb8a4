"""A council of Cedar's: ten seats, nine of them filled, from nine organizations."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from councils.models import Council, Meeting, Seat
from partners.models import Contact, Organization
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

MEMBERS = (
    ("Ray Halvorsen", "Halvorsen Machine & Tool", "business"),
    ("Lou Ferrante", "Ironwood Welding", "business"),
    ("Deb Yost", "Brightwater Logistics", "business"),
    ("Carla Mbeki", "Harvest Table Foods", "business"),
    ("Tom Reyes", "Stillhouse Creek Technology Center", "education"),
    ("Anita Gourd", "North Central Workforce Board", "workforce"),
    ("Sam Pruitt", "Three Rivers Concrete", "business"),
    ("Ingrid Sole", "Kestrel Hydraulics", "business"),
    ("Gus Orr", "Red Fork Steel", "business"),
)


@pytest.fixture
def council(cedar: District, people: SimpleNamespace) -> Council:
    """The Manufacturing Advisory Council; Ray chairs it, the labor seat is vacant."""
    with district(cedar):
        made = Council.objects.create(name="Manufacturing Advisory Council", letter="M")
        for name, organization, category in MEMBERS:
            of = Organization.objects.create(name=organization, owner=people.coordinator)
            email = f"{name.split()[0].lower()}@example.org"
            contact = Contact.objects.create(organization=of, name=name, email=email)
            Seat.objects.create(council=made, contact=contact, category=category, chair=name == "Ray Halvorsen")
        union = Organization.objects.create(name="Electrical Workers Local 1147", kind="labor")
        Seat.objects.create(council=made, category="labor", organization=union)
    return made


@pytest.fixture
def meeting(cedar: District, council: Council, people: SimpleNamespace) -> Meeting:
    """Meeting 1, three weeks from now at 7:30, everybody invited, three items."""
    with district(cedar):
        made = council.call_meeting(
            day=cedar.today() + dt.timedelta(days=21),
            starts=dt.time(7, 30),
            ends=dt.time(8, 45),
            place="Halvorsen Machine & Tool, break room",
            by=people.coordinator,
        )
        for title, minutes in (("Welcome", 5), ("What changed in your shops", 20), ("Spring internships", 20)):
            made.add_item(title=title, minutes_allotted=minutes)
        made.invite(by=people.coordinator)
    return made


@pytest.fixture
def invitation(cedar: District, meeting: Meeting) -> Any:
    """Lou's."""
    with district(cedar):
        return meeting.invitations.select_related("contact__organization", "meeting__council").get(
            contact__name="Lou Ferrante"
        )
