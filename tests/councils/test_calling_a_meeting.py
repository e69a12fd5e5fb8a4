"""A coordinator calls a meeting, and everyone on the council is asked."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from django.test import Client

from councils import calling
from councils.models import Council, Meeting
from wbl.mail.models import Message
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


def called(cedar: District, council: Council, **changes: Any) -> dict[str, Any]:
    """What the form sends, as a browser fills it."""
    with district(cedar):
        seats = [s.pk for s in council.seats.filled()]
    day = cedar.today() + dt.timedelta(days=14)
    sent = {
        "day": day.isoformat(),
        "starts": "07:30",
        "ends": "08:45",
        "place": "Halvorsen Machine & Tool",
        "agenda": "Welcome, 5 min\nSpring internships: who can take one?, 20 min\nClose",
        "notice_posted_on": cedar.today().isoformat(),
        "seats": seats,
        "note": "Bring a print.",
    }
    return sent | changes


def test_a_meeting_is_called_and_everyone_seated_is_asked_once(
    cedar: District, council: Council, people: SimpleNamespace, sign_in: Any
) -> None:
    coordinator: Client = sign_in(people.coordinator)
    page = coordinator.get(f"/cedar/councils/{council.pk}/meetings/new/")
    assert page.status_code == 200
    assert page.content.count(b'name="seats"') == 9
    answer = coordinator.post(f"/cedar/councils/{council.pk}/meetings/new/", called(cedar, council), follow=True)
    assert b"9 invitations on the way" in answer.content
    with district(cedar):
        meeting = Meeting.objects.get()
        assert [(i.title, i.minutes_allotted) for i in meeting.items.all()] == [
            ("Welcome", 5),
            ("Spring internships: who can take one?", 20),
            ("Close", 10),
        ]
        assert meeting.number == 1
        mails = Message.objects.filter(rule_key="councils.invitation")
        assert mails.count() == 9
        assert "Bring a print." in mails.first().source
        assert all(mail.required for mail in mails)
    coordinator.post(f"/cedar/councils/meetings/{meeting.pk}/invitations/")
    with district(cedar):
        assert Message.objects.filter(rule_key="councils.invitation").count() == 9


def test_the_mails_are_seen_before_they_go_and_are_those_that_go(
    cedar: District, council: Council, people: SimpleNamespace, sign_in: Any
) -> None:
    marisol: Client = sign_in(people.coordinator)
    with district(cedar):
        lou = council.seats.filled().get(contact__name="Lou Ferrante").contact
        type(lou).objects.filter(pk=lou.pk).update(email="")
    sent = called(cedar, council, ends="08:00")
    page = " ".join(marisol.post(f"/cedar/councils/{council.pk}/meetings/preview/", sent).content.decode().split())
    assert "9 mails, not sent yet" in page
    assert "The agenda takes 35 minutes, 5 more than the meeting has." in page
    assert "Will not go out</span> No email address is on file." in page
    assert 'value="Halvorsen Machine &amp; Tool"' in page
    with district(cedar):
        assert not Meeting.objects.exists()
        assert not Message.objects.exists()
    shown = marisol.post(f"/cedar/councils/{council.pk}/meetings/preview/", sent).context["letters"]
    told = {(each.message.to_name, each.message.subject, each.text) for each in shown}
    marisol.post(f"/cedar/councils/{council.pk}/meetings/new/", sent)
    with district(cedar):
        assert {(mail.to_name, mail.subject, mail.words) for mail in Message.objects.all()} == told
        meeting = Meeting.objects.get()
    assert "5 more than the meeting has" in marisol.get(f"/cedar/councils/meetings/{meeting.pk}/").content.decode()
    nobody = marisol.post(f"/cedar/councils/{council.pk}/meetings/preview/", {**sent, "day": ""})
    assert nobody.status_code == 422


def test_an_agenda_is_held_against_the_hours_of_its_meeting() -> None:
    assert calling.time_check(0, 60) == ""
    assert calling.time_check(45, 60) == "The agenda takes 45 of the meeting’s 60 minutes, 15 are left."
    assert calling.time_check(60, 60) == "The agenda takes 60 of the meeting’s 60 minutes, all there are."
    assert calling.minutes_between(dt.time(23, 30), dt.time(0, 15)) == 45


def test_the_form_has_guessed_all_but_what_one_changes(
    cedar: District, council: Council, meeting: Meeting, people: SimpleNamespace, sign_in: Any
) -> None:
    with district(cedar):
        council.recommend(purpose="skills", text="Add GD&T to the blueprint unit")
    form = sign_in(people.coordinator).get(f"/cedar/councils/{council.pk}/meetings/new/").context["form"]
    assert form.initial["place"] == meeting.place
    assert form.initial["day"] > meeting.day
    assert form.initial["day"].weekday() == meeting.day.weekday()
    assert "Add GD&T to the blueprint unit (from M-1), 15 min" in form.initial["agenda"]


def test_a_wrong_meeting_is_not_called_and_what_was_typed_stays(
    cedar: District, council: Council, people: SimpleNamespace, sign_in: Any
) -> None:
    sent = called(cedar, council, day="soon", ends="07:30")
    answer = sign_in(people.coordinator).post(f"/cedar/councils/{council.pk}/meetings/new/", sent)
    assert answer.status_code == 422
    assert b"Bring a print." in answer.content
    assert b"It ends when it begins." in answer.content
    with district(cedar):
        assert not Meeting.objects.exists()
        assert not Message.objects.exists()


def test_the_number_counts_the_meetings_of_a_school_year(cedar: District, council: Council) -> None:
    with district(cedar):
        facts = {"starts": dt.time(7, 30), "ends": dt.time(8, 45), "place": "", "by": None}
        days = [dt.date(2026, 9, 10), dt.date(2026, 11, 12), dt.date(2027, 6, 30), dt.date(2027, 7, 1)]
        assert [council.call_meeting(day=d, **facts).number for d in days] == [1, 2, 3, 1]
