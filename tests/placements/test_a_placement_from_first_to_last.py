"""One student's way with a partner, as a coordinator walks it in the browser."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from partners.models import Organization, TimelineEntry
from placements.models import HoursEntry, Placement, Student
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

SignIn = Callable[[Any], Client]
STEPS = ("eligible", "matched", "consented", "agreed", "active", "evaluated")


def test_a_student_is_placed_hours_are_approved_and_the_placement_ends(
    cedar: District, people: Any, acme: Organization, sign_in: SignIn
) -> None:
    browser, today = sign_in(people.coordinator), cedar.today()
    browser.post(
        "/cedar/placements/students/new/",
        {
            "name": "  Hattie Brandvold ",
            "birth_date": f"{today.year - 17}-01-01",
            "school": people.north.pk,
            "grade": 11,
        },
    )
    with district(cedar):
        student = Student.objects.get()
    assert (student.name, student.sort_name) == ("Hattie Brandvold", "brandvold hattie")
    who = f"?student=%23{student.pk}&partner=acme"
    assert b"Acme Manufacturing" in browser.get(f"/cedar/placements/new/{who}").content
    starts = today - dt.timedelta(days=10)
    browser.post(f"/cedar/placements/new/{who}", {"type": "internship", "starts": starts.isoformat(), "hours_goal": 40})
    with district(cedar):
        placement = Placement.objects.get()
    here = f"/cedar/placements/{placement.pk}/"
    for step in STEPS:
        assert browser.post(f"{here}steps/", {"step": step}).status_code == 302
    assert b"7.5" not in browser.get(here).content
    browser.post(f"{here}hours/", {"date": today.isoformat(), "hours": "7.5", "note": "Deburring"})
    with district(cedar):
        entry = HoursEntry.objects.get()
    assert "Approve 7.5 unconfirmed hours" in " ".join(browser.get(here).content.decode().split())
    browser.post(f"{here}hours/approval/", {"entries": [entry.pk]})
    browser.post(f"{here}end/", {"how": "completed", "on": today.isoformat()})
    page = " ".join(browser.get(here).content.decode().split())
    assert "Completed today" in page
    assert "7.5 approved of 40, 32.5 to go" in page
    with district(cedar):
        placement.refresh_from_db()
        assert (placement.status, placement.ended_by, placement.school) == (
            "completed",
            people.coordinator,
            people.north,
        )
        told = list(TimelineEntry.objects.filter(kind="placement").order_by("id").values_list("summary", "answer"))
    assert told == [
        ("Internship planned: a student of North High", "yes"),  # asked by planning it, answered by beginning it
        ("Internship began: a student of North High", ""),
        ("Internship was completed: a student of North High", ""),
    ]


def test_ending_can_be_undone_and_an_early_end_needs_a_reason(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    browser, placement = sign_in(people.coordinator), school_year.of_hattie
    here, today = f"/cedar/placements/{placement.pk}/", school_year.today.isoformat()
    refused = browser.post(f"{here}end/", {"how": "early", "on": today})
    assert "Say in a few words" in refused.content.decode()
    browser.post(f"{here}end/", {"how": "early", "on": today, "reason": "The shop closed"})
    with district(cedar):
        placement.refresh_from_db()
        assert (placement.status, placement.ended_reason) == ("ended", "The shop closed")
    browser.post(f"{here}end/undo/")
    with district(cedar):
        placement.refresh_from_db()
        assert (placement.status, placement.ended_on, placement.ended_reason) == ("planned", None, "")


def test_the_report_year_keeps_the_school_of_the_day(
    cedar: District, people: Any, school_year: SimpleNamespace
) -> None:
    with district(cedar):
        school_year.hattie.school = people.south
        school_year.hattie.save()
        assert Placement.objects.get(pk=school_year.of_hattie.pk).school == people.north


def test_staff_see_students_of_their_own_schools_alone(
    people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    ben = sign_in(people.staff)
    for own, other in (
        (f"placements/{school_year.of_hattie.pk}/", f"placements/{school_year.of_jaylen.pk}/"),
        (f"placements/students/{school_year.hattie.pk}/", f"placements/students/{school_year.jaylen.pk}/"),
    ):
        assert ben.get(f"/cedar/{own}").status_code == 200
        assert ben.get(f"/cedar/{other}").status_code == 404
    for place in ("placements/", "placements/list/", "placements/students/"):
        page = ben.get(f"/cedar/{place}").content.decode()
        assert "Hattie Brandvold" in page
        assert "Jaylen Mott" not in page


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"hours": "25"}, "A day has 24 hours"),
        ({"hours": "0"}, "Write more than 0 hours"),
        ({"hours": ""}, "Write the hours, or from when to when"),
        ({"hours": "", "begins": "15:00", "ends": "14:00"}, "It ends before it begins"),
        ({"hours": "3", "date": "2999-01-01"}, "That day has not come yet"),
        ({"hours": "3", "date": "2001-01-01"}, "The placement starts only on"),
    ],
)
def test_impossible_hours_get_one_sentence_and_leave_nothing(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn, data: dict[str, str], sentence: str
) -> None:
    browser, here = sign_in(people.staff), f"/cedar/placements/{school_year.of_hattie.pk}/hours/"
    with district(cedar):
        school_year.of_hattie.tick(step="agreed", by=people.coordinator)
    given = {"date": school_year.today.isoformat(), **data}
    answer = browser.post(here, given)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    with district(cedar):
        assert not HoursEntry.objects.exists()
    assert (
        browser.post(here, {"date": school_year.today.isoformat(), "begins": "13:00", "ends": "16:30"}).status_code
        == 302
    )
    with district(cedar):
        assert HoursEntry.objects.get().hours == Decimal("3.5")


def test_hours_wait_for_the_agreement_and_the_first_day(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    browser, placement = sign_in(people.staff), school_year.of_hattie
    page, here = f"/cedar/placements/{placement.pk}/", f"/cedar/placements/{placement.pk}/hours/"
    given = {"date": school_year.today.isoformat(), "hours": "3"}
    assert "Enter hours" not in browser.get(page).content.decode()
    assert "The agreement is not signed yet" in browser.post(here, given).content.decode()
    with district(cedar):
        assert not HoursEntry.objects.exists()
        placement.tick(step="agreed", by=people.coordinator)
    assert "Enter hours" in browser.get(page).content.decode()
    with district(cedar):
        placement.starts = school_year.today + dt.timedelta(50)
        placement.save()
    assert "Hours can be entered from the first day" in browser.get(page).content.decode()
    assert "Hours can be entered from the first day" in browser.post(here, given).content.decode()
    with district(cedar):
        assert not HoursEntry.objects.exists()


def test_a_day_of_24_hours_counts_all_partners(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    with district(cedar):
        second = Placement.objects.create(
            student=school_year.hattie,
            organization=Organization.objects.create(name="Bolt Works"),
            starts=school_year.of_hattie.starts,
        )
        HoursEntry.objects.create(placement=second, date=school_year.today, hours=20)
        school_year.of_hattie.tick(step="agreed", by=people.coordinator)
    browser = sign_in(people.coordinator)
    answer = browser.post(
        f"/cedar/placements/{school_year.of_hattie.pk}/hours/", {"date": school_year.today.isoformat(), "hours": "5"}
    )
    assert "the student would have 25" in answer.content.decode()


def test_a_short_day_too_long_for_fifteen_is_entered_with_its_citation(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    with district(cedar):
        Student.objects.filter(pk=school_year.hattie.pk).update(
            birth_date=school_year.today - dt.timedelta(15 * 365 + 60)
        )
        school_year.of_hattie.tick(step="agreed", by=people.coordinator)
    browser, here = sign_in(people.coordinator), f"/cedar/placements/{school_year.of_hattie.pk}/"
    page = browser.post(f"{here}hours/", {"date": school_year.today.isoformat(), "hours": "9"}, follow=True)
    assert "29 CFR 570.35" in page.content.decode()
    assert "Over " in page.content.decode()
    assert "Allowed with limits" in page.content.decode()


def test_confirmed_hours_are_approved_apart_and_the_approval_can_be_taken_back(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    browser, placement, today = sign_in(people.coordinator), school_year.of_hattie, school_year.today
    here = f"/cedar/placements/{placement.pk}/"
    with district(cedar):
        first, second, third = (
            HoursEntry.objects.create(placement=placement, date=today - dt.timedelta(n), hours=n) for n in (1, 2, 3)
        )
        HoursEntry.objects.filter(pk__in=[first.pk, third.pk]).confirm(contact=None, name="Ray Halvorsen")
    page = " ".join(browser.get(here).content.decode().split())
    assert "6 wait for approval; the employer has not confirmed 2 of them" in page
    assert "Approve 4 confirmed hours" in page
    assert "Approve all 6 hours" in page
    done = browser.post(f"{here}hours/approval/", {"entries": [first.pk, third.pk]}, follow=True)
    undo = re.search(r'action="(/cedar/placements/\d+/hours/approval/\d+/undo/)"', done.content.decode())
    assert undo
    with district(cedar):
        assert set(HoursEntry.objects.awaiting_approval()) == {second}
        HoursEntry.objects.filter(pk=second.pk).dispute(contact=None, name="Ray Halvorsen", note="It was 1")
    left = " ".join(browser.get(here).content.decode().split())
    assert "the employer has confirmed none of them, and disputes 2" in left
    sign_in(people.admin).post(undo[1])
    with district(cedar):
        assert HoursEntry.objects.awaiting_approval().count() == 1
    browser.post(undo[1])
    with district(cedar):
        assert HoursEntry.objects.awaiting_approval().count() == 3
        assert HoursEntry.objects.confirmed().count() == 2
    assert browser.post(f"{here}hours/approval/{10**30}/undo/").status_code == 303
    today = browser.get("/cedar/").content.decode()
    review = f"{here}?next=%2Fcedar%2F#hours"
    assert f'href="{review}"' in today
    assert browser.get(review).content.decode().count('name="next" value="/cedar/"') >= 2
    assert browser.post(f"{here}hours/approval/", {"entries": [first.pk], "next": "/cedar/"}).url == "/cedar/"


def test_the_last_day_is_chosen_or_written(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    browser, placement, today = sign_in(people.coordinator), school_year.of_hattie, school_year.today
    planned = today - dt.timedelta(3)
    with district(cedar):
        Placement.objects.filter(pk=placement.pk).update(ends=planned)
    here = f"/cedar/placements/{placement.pk}/end/"
    page = browser.get(here).content.decode()
    assert f'value="{today.isoformat()}"' in page
    assert f'value="{planned.isoformat()}"' in page
    assert "Choose the last day." in browser.post(here, {"how": "completed"}).content.decode()
    written = today - dt.timedelta(1)
    browser.post(here, {"how": "completed", "last_day": planned.isoformat(), "on": written.isoformat()})
    with district(cedar):
        placement.refresh_from_db()
        assert placement.ended_on == written
        placement.reopen(by=people.coordinator)
    browser.post(here, {"how": "completed", "last_day": planned.isoformat()})
    with district(cedar):
        placement.refresh_from_db()
        assert placement.ended_on == planned
