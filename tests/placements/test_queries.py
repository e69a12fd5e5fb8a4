"""Lists ask the database as often for three rows as for one."""

import datetime as dt
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from partners.models import Contact, Organization, PartnerAccess
from placements.models import Event, HoursEntry, Placement, Student
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

SignIn = Callable[[Any], Client]
PAGES = (
    "placements/",
    "placements/list/",
    "placements/students/",
    "placements/events/",
    "placements/{placement}/",
    "placements/students/{student}/",
    "placements/events/{event}/",
    "placements/events/{event}/roster/",
    "",
    "portal/{partner}/",
)


def one_more(cedar: District, people: Any, acme: Organization, number: int) -> SimpleNamespace:
    today = cedar.today()
    with district(cedar):
        student = Student.objects.create(
            name=f"Student {number}", birth_date=dt.date(today.year - 17, 1, 1), school=people.north
        )
        free = Student.objects.create(name=f"Free {number}", birth_date=student.birth_date, school=people.north)
        placement = Placement.objects.create(
            student=student, organization=acme, starts=today - dt.timedelta(9), ends=today, owner=people.coordinator
        )
        placement.tick(step="matched", by=people.coordinator)
        placement.activate(by=people.coordinator)
        HoursEntry.objects.create(placement=placement, date=today, hours=2)
        event = Event.objects.create(type="speaker", organization=acme, day=today, begins=dt.time(9))
        event.add(students=[student])
    return SimpleNamespace(student=student, free=free, placement=placement, event=event)


@pytest.mark.parametrize("page", PAGES)
def test_three_rows_cost_no_more_queries_than_one(
    cedar: District, people: Any, acme: Organization, sign_in: SignIn, page: str
) -> None:
    with district(cedar):
        ray = PartnerAccess.grant(contact=Contact.objects.get(name="Ray Halvorsen")).user
    browser = sign_in(ray if page.startswith("portal") else people.coordinator)
    first = one_more(cedar, people, acme, 1)
    path = "/cedar/" + page.format(
        placement=first.placement.pk, student=first.student.pk, event=first.event.pk, partner=acme.pk
    )

    def queries() -> int:
        browser.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert browser.get(path).status_code == 200
        return len(seen)

    with_one = queries()
    for number in (2, 3):
        more = one_more(cedar, people, acme, number)
        with district(cedar):
            first.event.add(students=[more.student])
            HoursEntry.objects.create(placement=first.placement, date=cedar.today() - dt.timedelta(number), hours=2)
    assert queries() == with_one, path
