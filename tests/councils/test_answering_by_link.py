"""A member answers by the link in the mail: seeing changes nothing, pressing does, as often as they like."""

import datetime as dt
from typing import Any

from django.test import Client

from councils.emails import reply_link
from councils.models import Invitation
from partners.models import TimelineEntry
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


def link_of(cedar: District, invitation: Invitation) -> str:
    with district(cedar):
        return "/" + reply_link(invitation).url().split("//", 1)[1].partition("/")[2]


def state(cedar: District, invitation: Invitation) -> Any:
    with district(cedar):
        return Invitation.objects.get(pk=invitation.pk)


def test_looking_at_the_link_changes_nothing(cedar: District, invitation: Invitation) -> None:
    anyone, link = Client(), link_of(cedar, invitation)
    page = anyone.get(link)
    assert page.status_code == 200
    assert b"Manufacturing Advisory Council" in page.content
    assert b"I will be there" in page.content
    anyone.get(link + "?deputy")
    assert state(cedar, invitation).status == "invited"


def test_one_press_accepts_and_reaches_the_timeline(cedar: District, invitation: Invitation) -> None:
    anyone, link = Client(), link_of(cedar, invitation)
    page = anyone.post(link, {"status": "accepted"}, follow=True)
    assert b"you will be there</strong>" in page.content
    now = state(cedar, invitation)
    assert now.status == "accepted"
    assert now.answered_at is not None
    with district(cedar):
        entry = TimelineEntry.objects.get(organization=invitation.contact.organization)
        assert entry.summary == "Accepted: Manufacturing Advisory Council, meeting 1"
        assert entry.about == invitation.meeting


def test_the_same_answer_twice_is_told_once(cedar: District, invitation: Invitation) -> None:
    anyone, link = Client(), link_of(cedar, invitation)
    for _again in range(2):
        anyone.post(link, {"status": "accepted"})
    with district(cedar):
        assert TimelineEntry.objects.count() == 1


def test_a_changed_mind_and_a_deputy_are_taken_by_the_same_link(cedar: District, invitation: Invitation) -> None:
    anyone, link = Client(), link_of(cedar, invitation)
    anyone.post(link, {"status": "declined"})
    page = anyone.post(link, {"status": "deputy", "deputy_name": "Hank Orr", "deputy_email": ""}, follow=True)
    assert b"Hank Orr comes for you" in page.content
    anyone.post(link, {"status": "accepted"})
    now = state(cedar, invitation)
    assert (now.status, now.deputy_name) == ("accepted", "")


def test_a_deputy_needs_a_name(cedar: District, invitation: Invitation) -> None:
    answer = Client().post(link_of(cedar, invitation), {"status": "deputy", "deputy_name": ""})
    assert answer.status_code == 422
    assert b"Who comes instead?" in answer.content
    assert state(cedar, invitation).status == "invited"


def test_a_refused_answer_leaves_the_one_that_stands_on_the_page(cedar: District, invitation: Invitation) -> None:
    anyone, link = Client(), link_of(cedar, invitation)
    anyone.post(link, {"status": "accepted"})
    answer = anyone.post(link, {"status": "deputy", "deputy_name": ""})
    assert b"Who comes instead?" in answer.content
    assert b"you will be there</strong>" in answer.content
    assert b"comes for you" not in answer.content


def test_after_the_meeting_the_link_shows_what_was_answered(cedar: District, invitation: Invitation) -> None:
    anyone, link = Client(), link_of(cedar, invitation)
    anyone.post(link, {"status": "accepted"})
    with district(cedar):
        invitation.meeting.close(by=None)
    anyone.post(link, {"status": "declined"})
    assert state(cedar, invitation).status == "accepted"
    page = anyone.get(link)
    assert b"This meeting is over." in page.content
    assert b"I will be there" not in page.content


def test_a_meeting_called_off_says_why(cedar: District, invitation: Invitation) -> None:
    with district(cedar):
        invitation.meeting.cancel(reason="Ice on the roads")
    page = Client().get(link_of(cedar, invitation))
    assert b"Ice on the roads" in page.content


def test_another_districts_address_does_not_know_the_link(
    cedar: District, rival: District, invitation: Invitation
) -> None:
    link = link_of(cedar, invitation)
    assert Client().get(link).status_code == 200
    assert Client().get(link.replace("/cedar/", "/prairie/")).status_code == 404


def test_the_code_on_the_table_signs_in_on_the_day_alone(cedar: District, invitation: Invitation) -> None:
    from councils.emails import sign_in_link

    with district(cedar):
        meeting = invitation.meeting
        link = "/" + sign_in_link(meeting).url().split("//", 1)[1].partition("/")[2]
    anyone = Client()
    anyone.post(link, {"who": invitation.pk})
    assert state(cedar, invitation).present_at is None
    with district(cedar):
        meeting.day = cedar.today()
        meeting.ends = dt.time(23, 59)
        meeting.save()
    assert b"Lou Ferrante" in anyone.get(link).content
    assert b"Welcome, Lou Ferrante" in anyone.post(link, {"who": invitation.pk}).content
    assert state(cedar, invitation).present_at is not None


def test_the_sheet_for_the_table_shows_the_code(
    cedar: District, invitation: Invitation, people: Any, sign_in: Any
) -> None:
    from councils.emails import sign_in_link

    with district(cedar):
        sign_in_link(invitation.meeting)
    page = sign_in(people.coordinator).get(f"/cedar/councils/meetings/{invitation.meeting_id}/sign-in/")
    assert page.status_code == 200
    assert b'<path class="qrline" stroke="#000"' in page.content
