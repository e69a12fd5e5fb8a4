"""A guest speaker's visit, from the plan to the roll."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.test import Client

from partners.models import Organization, TimelineEntry
from pathways.models import Pathway
from placements.models import Event, RosterRow
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

SignIn = Callable[[Any], Client]


def test_a_speaker_comes_and_the_roll_is_called(
    cedar: District, people: Any, acme: Organization, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    browser = sign_in(people.coordinator)
    made = browser.post(
        f"/cedar/placements/events/new/?partner=%23{acme.pk}",
        {"type": "speaker", "title": "What a shop needs", "day": school_year.today, "begins": "09:00", "seats": 2},
    )
    with district(cedar):
        event = Event.objects.get(title="What a shop needs")
    here = f"/cedar/placements/events/{event.pk}/"
    assert made["Location"] == f"{here}roster/"
    browser.post(f"{here}roster/", {"students": [school_year.hattie.pk, school_year.jaylen.pk]})
    with district(cedar):
        rows = {r.student.name: r.pk for r in event.roster.select_related("student")}
    assert set(rows) == {"Hattie Brandvold", "Jaylen Mott"}
    browser.post(f"{here}roll/", {"attended": [rows["Hattie Brandvold"]]})
    assert "1 of 2 came" in browser.get(here).content.decode()
    assert "Hattie Brandvold" in browser.get(f"{here}sheet/").content.decode()
    with district(cedar):
        assert TimelineEntry.objects.get(kind="event").summary == "Guest speaker: 1 of 2 students came"


def test_a_full_event_takes_nobody_more(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    with district(cedar):
        Event.objects.filter(pk=school_year.talk.pk).update(seats=1)
    browser, here = sign_in(people.coordinator), f"/cedar/placements/events/{school_year.talk.pk}/roster/"
    answer = browser.post(here, {"students": [school_year.hattie.pk, school_year.jaylen.pk]})
    assert "1 of 1 seats are free" in answer.content.decode()
    with district(cedar):
        assert not RosterRow.objects.exists()
    assert browser.post(here, {"students": [school_year.hattie.pk]}).status_code == 302


def test_staff_call_the_roll_of_their_own_students_alone(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    with district(cedar):
        school_year.talk.add(students=[school_year.hattie, school_year.jaylen])
        hattie, jaylen = (school_year.talk.roster.get(student=s).pk for s in (school_year.hattie, school_year.jaylen))
    ben, here = sign_in(people.staff), f"/cedar/placements/events/{school_year.talk.pk}/"
    page = ben.get(here).content.decode()
    assert "Hattie Brandvold" in page
    assert "Jaylen Mott" not in page
    ben.post(f"{here}roll/", {"attended": [hattie]})
    ben.post(f"{here}roll/", {"attended": [jaylen]})
    with district(cedar):
        assert dict(RosterRow.objects.values_list("pk", "attended")) == {hattie: True, jaylen: None}


def test_a_cancelled_event_can_take_place_after_all(
    cedar: District, people: Any, school_year: SimpleNamespace, sign_in: SignIn
) -> None:
    browser, here = sign_in(people.coordinator), f"/cedar/placements/events/{school_year.talk.pk}/"
    browser.post(f"{here}cancellation/", {"reason": "Snow"})
    assert "Snow" in browser.get(here).content.decode()
    browser.post(f"{here}cancellation/undo/")
    assert "Snow" not in browser.get(here).content.decode()


def test_a_roster_keeps_school_grade_and_pathway_of_its_day(cedar: District, school_year: SimpleNamespace) -> None:
    with district(cedar):
        hattie, first = school_year.hattie, Pathway.objects.create(name="Machining", cluster="advanced-manufacturing")
        hattie.pathway = first
        hattie.save()
        school_year.talk.add(students=[hattie])
        hattie.pathway, hattie.grade = None, 12
        hattie.save()
        row = school_year.talk.roster.get()
    assert (row.school_id, row.grade, row.pathway_id) == (hattie.school_id, 11, first.pk)
