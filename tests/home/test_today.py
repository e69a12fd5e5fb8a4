"""The morning page: whose each row is, whom to call, what came in."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import time_machine
from django.utils import timezone

from councils.models import Council
from partners.models import Contact, DuplicatePair, Organization
from wbl.tenancy.models import District, NonSchoolDay
from wbl.tenancy.scope import district
from wbl.todo.models import Todo


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_a_row_says_whom_to_call_and_among_everybodys_whose_it_is(
    cedar: District, people: SimpleNamespace, acme: Organization, sign_in: Any
) -> None:
    with district(cedar):
        ray = Contact.objects.get(name="Ray Halvorsen")
        Contact.objects.filter(pk=ray.pk).update(phone="+14055550142", phone_ext="12")
        Todo.open(title="Call Ray", due=cedar.today(), owner=people.coordinator, about=acme, person=ray)
        bare = Organization.objects.create(name="Bolt Electric", phone="+14055550177")
        Todo.open(title="Ask again", due=cedar.today(), owner=people.admin, about=bare)
    mine = words(sign_in(people.coordinator).get("/cedar/"))
    assert '<a class="nowrap" href="tel:+14055550142,12">(405) 555-0142 x12</a>' in mine
    assert "· Marisol Tate" not in mine
    everybodys = words(sign_in(people.coordinator).get("/cedar/?whose=all"))
    assert "(405) 555-0177" in everybodys
    assert "· Marisol Tate" in everybodys
    assert "· Ada Admin" in everybodys


def test_what_is_unhealthy_stands_with_who_may_mend_it(cedar: District, people: SimpleNamespace, sign_in: Any) -> None:
    with district(cedar):
        Council.objects.create(name="Manufacturing Council", letter="M")
    assert "Name a member" in words(sign_in(people.coordinator).get("/cedar/"))
    for person in (people.viewer, people.staff):
        assert "Manufacturing Council" not in words(sign_in(person).get("/cedar/"))


def test_who_only_reads_is_offered_nothing_to_do(
    cedar: District, people: SimpleNamespace, acme: Organization, sign_in: Any
) -> None:
    with district(cedar):
        other = Organization.objects.create(name="Acme Manufacturing Inc")
        DuplicatePair.objects.create(one=acme, other=other, score=0.9)
    marisol, vera = (words(sign_in(person).get("/cedar/")) for person in (people.coordinator, people.viewer))
    for offered in ("1 pair of partners", ">Next asks</a>", "Calls</a>"):
        assert offered in marisol
        assert offered not in vera
    assert "Nothing is late yet" not in marisol


def test_each_reply_has_its_hour_and_its_place(
    cedar: District, people: SimpleNamespace, acme: Organization, sign_in: Any
) -> None:
    at = timezone.now() - dt.timedelta(minutes=90)
    with district(cedar):
        ray = Contact.objects.get(name="Ray Halvorsen")
        entry = acme.record(kind="mail_in", summary="Yes, the 6th is fine", contact=ray, at=at)
    page = words(sign_in(people.coordinator).get("/cedar/"))
    assert "Ray Halvorsen of Acme Manufacturing, Inc. replied: Yes, the 6th is fine" in page
    assert f'href="/cedar/partners/{acme.pk}/?show=mail&amp;open={entry.pk}#entry-{entry.pk}">Read it</a>' in page
    assert f'datetime="{at.astimezone(cedar.zone).isoformat()[:16]}' in page
    with district(cedar):
        for n in range(15):
            acme.record(kind="mail_in", summary="Re: Tour?", body=f"Hello,\n\n{n} of us " + "come " * 40, contact=ray)
    page = words(sign_in(people.coordinator).get("/cedar/"))
    assert page.count("Read it</a>") == 16
    assert "replied: Hello, 3 of us come" in page
    assert "Re: Tour?" not in page
    assert "come " * 25 not in page
    with district(cedar):
        for n in range(5):
            acme.record(kind="mail_in", summary=f"Answer {n}", contact=ray)
    page = words(sign_in(people.coordinator).get("/cedar/"))
    assert page.count("Read it</a>") == 20
    assert "Earlier replies came in, too." in page


def test_the_first_contact_makes_a_prospect_contacted_until_it_is_taken_back(
    cedar: District, people: SimpleNamespace, acme: Organization, sign_in: Any
) -> None:
    marisol, log = sign_in(people.coordinator), f"/cedar/partners/{acme.pk}/log/"
    marisol.post(log, {"kind": "note", "summary": "They are hiring", "next_step": ""})
    with district(cedar):
        assert Organization.objects.get(pk=acme.pk).stage == "prospect"
    page = words(marisol.post(log, {"kind": "call", "summary": "Spoke to Ray", "next_step": ""}, follow=True))
    assert "logged, now Contacted." in page
    with district(cedar):
        call = acme.timeline.get(kind="call")
        assert Organization.objects.get(pk=acme.pk).stage == "contacted"
    marisol.post(f"/cedar/partners/entries/{call.pk}/removal/")
    with district(cedar):
        assert Organization.objects.get(pk=acme.pk).stage == "prospect"
        assert not acme.timeline.filter(kind="stage").exists()
    marisol.post(log, {"kind": "call", "summary": "Spoke to Ray", "next_step": ""})
    with district(cedar):
        call = acme.timeline.get(kind="call")
        Organization.objects.get(pk=acme.pk).move_to(stage="active", by=people.coordinator)
    marisol.post(f"/cedar/partners/entries/{call.pk}/removal/")
    with district(cedar):
        assert Organization.objects.get(pk=acme.pk).stage == "active"


def test_a_single_day_without_school_is_written_once(cedar: District, people: SimpleNamespace, sign_in: Any) -> None:
    ada = sign_in(people.admin)
    ada.post("/cedar/settings/calendar/days/new/", {"name": "Veterans Day", "first_day": "2026-11-11", "last_day": ""})
    page = words(ada.get("/cedar/settings/calendar/"))
    assert "Veterans Day" in page
    assert "to Nov 11" not in page


def test_a_new_district_is_told_where_to_begin_until_it_has(
    rival: District, people: SimpleNamespace, sign_in: Any
) -> None:
    rita, ron = sign_in(people.rival_admin), sign_in(people.rival_coordinator)
    page = words(rita.get("/prairie/"))
    assert "Begin here" in page
    assert 'class="btn btn--small" href="/prairie/partners/import/" >Import a list</a>' in page
    assert "Terms and days without school" in page
    assert "Colleagues" not in page  # Ron is there already
    assert ">Import a list</a>" in (coordinators := words(ron.get("/prairie/")))
    assert "postal address" not in coordinators  # an admin's to write
    with district(rival):
        Organization.objects.create(name="Bolt Electric", stage="paused")
    assert ">Import a list</a>" not in words(rita.get("/prairie/"))
    assert "Nothing is waiting for you" in words(ron.get("/prairie/"))


def test_a_day_without_school_is_named_and_one_that_somebody_chose_stays(
    cedar: District, people: SimpleNamespace, acme: Organization, sign_in: Any
) -> None:
    """The Thursday of Thanksgiving 2026; the call that nobody took, and a next step without a day, wait for Monday."""
    with district(cedar):
        NonSchoolDay.objects.create(
            name="Thanksgiving", first_day=dt.date(2026, 11, 25), last_day=dt.date(2026, 11, 27)
        )
        Todo.open(title="Call Ray", due=dt.date(2026, 11, 23), owner=people.coordinator, about=acme, kind="call")
    with time_machine.travel("2026-11-24T15:00:00+00:00", tick=False):
        marisol = sign_in(people.coordinator)
        assert "No school today" not in words(marisol.get("/cedar/"))
        here, line = f"/cedar/partners/{acme.pk}/log/", {"kind": "call", "summary": "Two interns"}
        named = words(marisol.post(here, {**line, "next_step": "Send the form Thursday"}, follow=True))
        assert "Send the form: Nov 26 (no school: Thanksgiving)." in named
        named = words(marisol.post(here, {**line, "next_step": "Ask on Nov 28"}, follow=True))
        assert "Ask: Nov 28 (no school: Saturday)." in named
        with district(cedar):
            call = Todo.objects.get(kind="call")
        marisol.post(f"/cedar/partners/calls/{call.pk}/", {"outcome": "no_answer"})
        with district(cedar):
            call.refresh_from_db()
            assert call.due == dt.date(2026, 11, 30)
    with time_machine.travel("2026-11-26T15:00:00+00:00", tick=False):
        page = words(sign_in(people.coordinator).get("/cedar/"))
        assert "No school today: Thanksgiving. It goes on Monday, November 30." in page
