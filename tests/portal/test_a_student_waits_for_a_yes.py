"""A partner is asked for a yes to one student, of whom nothing is told that names them."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from partners.models import Organization, TimelineEntry
from placements.models import Placement, Student
from tests.portal.test_a_partner_on_a_phone import words
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo


@pytest.fixture
def planned(cedar: District, people: Any, acme: Organization, acme_portal: SimpleNamespace, sign_in: Any) -> Placement:
    """Marisol plans a job shadow of Noor's at Acme, which asks Acme."""
    today = cedar.today()
    with district(cedar):
        noor = Student.objects.create(
            name="Noor Haddad", birth_date=dt.date(today.year - 18, 1, 1), school=people.south, guardian_name="Ellen"
        )
    who = f"?student=%23{noor.pk}&partner=acme"
    sent = {"type": "job_shadow", "starts": (today + dt.timedelta(20)).isoformat(), "job_title": "Inspection"}
    sign_in(people.coordinator).post(f"/cedar/placements/new/{who}", {**sent, "schedule": "Mondays, 1 to 4 pm"})
    with district(cedar):
        return Placement.objects.get(student=noor)


def test_the_portal_asks_for_a_yes_and_names_nobody(
    cedar: District, acme_portal: SimpleNamespace, planned: Placement
) -> None:
    page = words(acme_portal.browser.get(acme_portal.home))
    assert "Would you take a student of South High?" in page
    assert "Job shadow: Inspection." in page
    assert "Mondays, 1 to 4 pm. 16 or older." in page
    assert "Yes, gladly" in page
    assert "No, not this time" in page
    assert "A student of South High, not settled yet" in page
    assert "Could you help with this: job shadow?" not in page
    for secret in ("Noor", "Haddad", "Ellen", str(cedar.today().year - 18)):
        assert secret not in page


def test_one_press_says_yes_and_the_coordinator_learns_of_it(
    cedar: District, people: Any, acme_portal: SimpleNamespace, planned: Placement, sign_in: Any
) -> None:
    with district(cedar):
        entry = TimelineEntry.objects.of_record(planned).asks().get()
    planned_address = f"/cedar/placements/{planned.pk}/"
    assert "no answer yet" in words(sign_in(people.coordinator).get(planned_address))
    here = f"{acme_portal.home}asks/{entry.pk}/"
    assert "Would you take a student of South High?" in words(acme_portal.browser.get(here))
    acme_portal.browser.post(here, {"answer": "yes"})
    page = words(acme_portal.browser.get(acme_portal.home))
    assert "Would you take" not in page
    assert "You said yes. We tell you once the student and the family have agreed, too." in page
    with district(cedar):
        todo = Todo.objects.open().get()
        assert todo.title == "Yes: job shadow for a student of South High, says Ray Halvorsen"
        assert not planned.done
    shown = words(sign_in(people.coordinator).get(planned_address))
    assert "The partner was asked on Today: yes." in shown


def test_a_no_and_its_reason_reach_the_coordinator(
    cedar: District, acme_portal: SimpleNamespace, planned: Placement
) -> None:
    with district(cedar):
        entry = TimelineEntry.objects.of_record(planned).asks().get()
    here = f"{acme_portal.home}asks/{entry.pk}/"
    assert acme_portal.browser.post(here, {"answer": "later"}).status_code == 200
    acme_portal.browser.post(here, {"answer": "no", "note": "We move in June"})
    assert "You told us that it does not suit you." in words(acme_portal.browser.get(acme_portal.home))
    with district(cedar):
        todo = Todo.objects.open().get()
        assert (todo.title[:4], todo.note) == ("No: ", "We move in June")


def test_what_was_not_asked_for_says_that_nothing_is_settled(
    cedar: District, acme_portal: SimpleNamespace, planned: Placement
) -> None:
    with district(cedar):
        TimelineEntry.objects.of_record(planned).delete()
    page = words(acme_portal.browser.get(acme_portal.home))
    assert "Nothing is settled yet. If it does not suit you, tell your coordinator: see below." in page
    assert "Would you take" not in page


def test_once_everybody_said_yes_or_it_is_over_nothing_is_asked(
    cedar: District, people: Any, acme_portal: SimpleNamespace, planned: Placement
) -> None:
    with district(cedar):
        planned.tick(step="matched", by=people.coordinator)
    matched = words(acme_portal.browser.get(acme_portal.home))
    assert "Would you take" not in matched
    assert "not settled yet" not in matched
    assert "A student of South High" in matched
    with district(cedar):
        planned.untick(step="matched")
        planned.end(by=people.coordinator, reason="Moved away")
    assert "South High" not in words(acme_portal.browser.get(acme_portal.home))


def test_another_partner_sees_nothing_of_it(acme_portal: SimpleNamespace, planned: Placement) -> None:
    stranger: Client = acme_portal.stranger
    assert "South High" not in words(stranger.get(f"/cedar/portal/{acme_portal.other.pk}/"))


def test_in_spanish_too(acme_portal: SimpleNamespace, planned: Placement) -> None:
    acme_portal.browser.post("/i18n/language/", {"language": "es", "next": acme_portal.home})
    page = words(acme_portal.browser.get(acme_portal.home))
    assert "¿Recibiría a un estudiante de South High?" in page
    assert "16 años o más." in page
