"""The history in words, of every record that has a page, and back to what it was."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils.html import strip_tags

from councils.models import Council, Meeting
from partners.models import Contact, Organization, Site
from placements.models import Event, HoursEntry, Placement, Student
from wbl.tenancy.models import Change, District
from wbl.tenancy.scope import acting, district

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(people: SimpleNamespace, sign_in: Any) -> Client:
    return sign_in(people.coordinator)


def text(answer: Any) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())


def change_of(record: Any, op: str = "update") -> Change:
    return Change.objects.filter(kind=record._meta.label_lower, record_id=record.pk, op=op).latest("pk")


def test_it_speaks_in_labels_names_and_local_times(
    browser: Client, cedar: District, acme: Organization, people: SimpleNamespace
) -> None:
    with district(cedar), acting(people.staff.pk):
        ray = Contact.objects.get()
        Contact.objects.filter(pk=ray.pk).update(prefers="phone", left_on=dt.date(2026, 9, 30))
        Organization.objects.filter(pk=acme.pk).update(owner=people.staff, stage="active")
        with connection.cursor() as cursor:  # SQL by hand is in it too
            cursor.execute("update partners_organization set employees = 38 where id = %s", [acme.pk])
    page = text(browser.get(f"/cedar/partners/{acme.pk}/changes/"))
    assert "Contact Ray Halvorsen changed" in page
    assert "Prefers: Email Phone" in page
    assert "Left on: – Sep 30" in page
    assert "Owner: Marisol Tate Ben Oakes" in page
    assert "Stage: Prospect Active" in page
    assert "People employed: – 38" in page
    assert "Ben Oakes" in page
    assert "Today" in page
    assert "sort name" not in page.lower()


def test_a_value_is_restored_and_the_restoring_is_in_the_history(
    browser: Client, cedar: District, acme: Organization
) -> None:
    with district(cedar):
        Organization.objects.filter(pk=acme.pk).update(name="Acme Works", phone="+15550143000")
        change = change_of(acme)
    back = f"/cedar/partners/{acme.pk}/changes/"
    answer = browser.post(f"/cedar/history/{change.pk}/name/", {"back": back})
    assert (answer.status_code, answer["Location"]) == (303, back)
    with district(cedar):
        acme.refresh_from_db()
        assert (acme.name, acme.name_key, acme.phone) == (
            "Acme Manufacturing, Inc.",
            "acme manufacturing",
            "+15550143000",
        )
        assert change_of(acme).after["name"] == "Acme Manufacturing, Inc."  # type: ignore[index]


def test_what_was_changed_again_since_is_not_overwritten(browser: Client, cedar: District, acme: Organization) -> None:
    with district(cedar):
        Organization.objects.filter(pk=acme.pk).update(name="Acme Works")
        first = change_of(acme)
        Organization.objects.filter(pk=acme.pk).update(name="Acme Steel")
    answer = browser.post(f"/cedar/history/{first.pk}/name/", {"back": f"/cedar/partners/{acme.pk}/"}, follow=True)
    assert "Name was changed again since" in text(answer)
    with district(cedar):
        assert Organization.objects.get().name == "Acme Steel"


def test_a_removed_site_comes_back_as_it_was(browser: Client, cedar: District, acme: Organization) -> None:
    with district(cedar):
        site = Site.objects.create(organization=acme, name="Plant 2", street="2210 Kiowa Street")
        pk, made = site.pk, Site.objects.get().created_at
        site.delete()
        change = Change.objects.get(kind="partners.site", op="delete")
    page = text(browser.get(f"/cedar/partners/{acme.pk}/changes/"))
    assert "Site Plant 2 removed Bring back" in page
    browser.post(f"/cedar/history/{change.pk}/return/", {"back": f"/cedar/partners/{acme.pk}/"})
    with district(cedar):
        assert Site.objects.values_list("pk", "street", "created_at").get() == (pk, "2210 Kiowa Street", made)
    answer = browser.post(f"/cedar/history/{change.pk}/return/", {"back": f"/cedar/partners/{acme.pk}/"}, follow=True)
    assert "It is there already" in text(answer)


def test_it_comes_back_to_a_partner_who_is_there(browser: Client, cedar: District, people: SimpleNamespace) -> None:
    with district(cedar):
        gone = Organization.objects.create(name="Gone")
        Site.objects.create(organization=gone, street="1 Road").delete()
        gone.delete()
        change = Change.objects.get(kind="partners.site", op="delete")
    answer = browser.post(f"/cedar/history/{change.pk}/return/", {"back": "https://evil.example/"})
    assert answer["Location"] == "/cedar/"
    with district(cedar):
        assert not Site.objects.exists()


def test_what_has_no_page_of_history_is_not_restored_by_its_address(
    browser: Client, cedar: District, people: SimpleNamespace
) -> None:
    with district(cedar):
        people.north.name = "East High"
        people.north.save()
        change = change_of(people.north)
    assert browser.post(f"/cedar/history/{change.pk}/name/").status_code == 404


def test_queries_do_not_grow_with_the_changes(
    browser: Client, cedar: District, acme: Organization, django_assert_max_num_queries: Any
) -> None:
    with district(cedar):
        for n in range(80):
            Organization.objects.filter(pk=acme.pk).update(notes=f"n{n}")
            Site.objects.create(organization=acme, street=f"{n} Road")
    with django_assert_max_num_queries(18):
        page = text(browser.get(f"/cedar/partners/{acme.pk}/changes/"))
    assert "Earlier" in page
    assert "Site 79 Road added" in page


def test_a_meeting_is_read_and_not_restored(browser: Client, cedar: District, people: SimpleNamespace) -> None:
    with district(cedar):
        council = Council.objects.create(name="Manufacturing council")
        meeting = Meeting.objects.create(
            council=council,
            number=1,
            school_year=2026,
            day=cedar.today(),
            starts=dt.time(9),
            ends=dt.time(10),
            place="Room 1",
        )
        Meeting.objects.filter(pk=meeting.pk).update(place="Room 2")
        change = change_of(meeting)
    page = browser.get(f"/cedar/councils/meetings/{meeting.pk}/changes/").content.decode()
    assert "Room 1" in page
    assert "Restore<" not in page
    assert browser.post(f"/cedar/history/{change.pk}/place/", {}).status_code == 404


def test_an_event_and_a_student_have_a_history(
    browser: Client, cedar: District, acme: Organization, people: Any
) -> None:
    with district(cedar):
        student = Student.objects.create(name="Hattie Bell", school=people.north, birth_date=dt.date(2009, 5, 4))
        Student.objects.filter(pk=student.pk).update(name="Hattie Bell-Ross")
        event = Event.objects.create(organization=acme, type="tour", day=cedar.today(), begins=dt.time(9))
        Event.objects.filter(pk=event.pk).update(notes="Bring boots")
    assert "Hattie Bell Hattie Bell-Ross" in text(browser.get(f"/cedar/placements/students/{student.pk}/changes/"))
    assert "Bring boots" in text(browser.get(f"/cedar/placements/events/{event.pk}/changes/"))


def test_hours_and_signed_steps_are_read_and_not_restored_past_their_rules(
    browser: Client, cedar: District, acme: Organization, people: Any
) -> None:
    with district(cedar):
        student = Student.objects.create(name="Hattie Bell", school=people.north, birth_date=dt.date(2009, 5, 4))
        placement = Placement.objects.create(
            student=student, organization=acme, school=people.north, starts=cedar.today(), job_title="Welder"
        )
        entry = HoursEntry.objects.create(placement=placement, date=cedar.today(), hours=2)
        HoursEntry.objects.all().approve(by=people.coordinator)
        HoursEntry.objects.update(hours=8)
        changed = change_of(entry)
        HoursEntry.objects.all().delete()
        removed = change_of(entry, "delete")
        Placement.objects.update(job_title="Painter")
    page = browser.get(f"/cedar/placements/{placement.pk}/changes/").content.decode()
    assert "entry of hours" in page.lower()
    assert page.count("Restore<") == 1, "the job's title"
    assert "Bring back<" not in page
    assert browser.post(f"/cedar/history/{changed.pk}/hours/", {}).status_code == 404
    assert browser.post(f"/cedar/history/{removed.pk}/return/", {}).status_code == 404
    with district(cedar):
        assert not HoursEntry.objects.exists()
