"""A member answers an invitation in the portal and sees what became of their advice."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from councils.models import Council, Invitation, Seat
from partners.models import Contact, PartnerAccess
from tests.portal.test_a_partner_on_a_phone import words
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


@pytest.fixture
def invited(cedar: District, people: Any, acme_portal: SimpleNamespace) -> Invitation:
    with district(cedar):
        council = Council.objects.create(name="Manufacturing Advisory Council")
        Seat.objects.create(council=council, contact=acme_portal.ray)
        council.recommend(purpose="skills", text="Blueprint reading before Grade 11", contact=acme_portal.ray)
        meeting = council.call_meeting(
            day=cedar.today() + dt.timedelta(7),
            starts=dt.time(7, 30),
            ends=dt.time(8, 45),
            place="Room 12",
            by=people.coordinator,
        )
        return meeting.invite(by=people.coordinator)[0]


def test_one_press_accepts_and_a_deputy_needs_a_name(
    cedar: District, acme_portal: SimpleNamespace, invited: Invitation
) -> None:
    page = words(acme_portal.browser.get(acme_portal.home))
    assert "Manufacturing Advisory Council meets. Will you be there?" in page
    assert "Blueprint reading before Grade 11" in page
    here = f"{acme_portal.home}invitations/{invited.pk}/"
    acme_portal.browser.post(here, {"status": "accepted"})
    after = words(acme_portal.browser.get(acme_portal.home))
    assert "Will you be there?" not in after
    assert "1 of 1 are coming" in after
    refused = acme_portal.browser.post(here, {"status": "deputy"})
    assert "Write the name of who comes for you." in words(refused)
    acme_portal.browser.post(here, {"status": "deputy", "deputy_name": "Hank Orr"})
    with district(cedar):
        invited.refresh_from_db()
        assert (invited.status, invited.deputy_name) == ("deputy", "Hank Orr")


def test_the_invitation_of_somebody_else_is_not_there(acme_portal: SimpleNamespace, invited: Invitation) -> None:
    other = f"/cedar/portal/{acme_portal.other.pk}/invitations/{invited.pk}/"
    assert acme_portal.stranger.get(other).status_code == 404
    assert acme_portal.browser.get(f"{acme_portal.home}invitations/{invited.pk}/").status_code == 200


def test_only_who_holds_a_seat_sees_the_council_and_its_agenda(
    cedar: District, people: Any, acme: Any, acme_portal: SimpleNamespace, sign_in: Any
) -> None:
    with district(cedar):
        council = Council.objects.create(name="Health Council")
        Seat.objects.create(council=council, contact=acme_portal.ray)
        day = cedar.today() + dt.timedelta(9)
        meeting = council.call_meeting(day=day, starts=dt.time(7, 30), ends=dt.time(9), place="", by=people.admin)
        meeting.add_item(title="Imaging seats", presenter="", minutes_allotted=5)
        pat = Contact.objects.create(organization=acme, name="Pat Umber", email="pat@acme.example")
        user = PartnerAccess.grant(contact=pat).user
    assert "Imaging seats" in acme_portal.browser.get(acme_portal.home).content.decode()
    assert "Health Council" not in sign_in(user).get(acme_portal.home).content.decode()
