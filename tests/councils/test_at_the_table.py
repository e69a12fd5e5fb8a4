"""During a meeting: who is there, what is decided, recommended and promised."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from councils import packet as paper
from councils.models import Action, Council, Meeting, Recommendation
from councils.views.meetings import open_meeting
from partners.models import TimelineEntry
from wbl.tenancy.models import District
from wbl.tenancy.scope import district
from wbl.todo.models import Todo


@pytest.fixture
def marisol(people: SimpleNamespace, sign_in: Any) -> Client:
    return sign_in(people.coordinator)


def base(meeting: Meeting) -> str:
    return f"/cedar/councils/meetings/{meeting.pk}/"


def test_ticking_people_reaches_the_quorum(cedar: District, meeting: Meeting, marisol: Client) -> None:
    with district(cedar):
        asked = list(meeting.invitations.all())
    for each in asked[:4]:
        marisol.post(f"/cedar/councils/invitations/{each.pk}/presence/", {"present": "on"})
    assert b"Quorum reached" not in marisol.get(base(meeting)).content
    answer = marisol.post(
        f"/cedar/councils/invitations/{asked[4].pk}/presence/", {"present": "on"}, headers={"HX-Request": "true"}
    )
    assert b"Quorum reached" in answer.content
    assert b"<html" not in answer.content
    assert f"5 of {len(asked)} filled seats" in marisol.get(f"{base(meeting)}packet/").content.decode()
    marisol.post(f"/cedar/councils/invitations/{asked[4].pk}/presence/", {})
    assert b"Quorum reached" not in marisol.get(base(meeting)).content


def test_a_decision_stands_under_its_item_with_its_votes(cedar: District, meeting: Meeting, marisol: Client) -> None:
    with district(cedar):
        item = meeting.items.get(title="Spring internships")
        ray = meeting.invitations.get(contact__name="Ray Halvorsen").contact_id
    sent = {"text": "Pilot in January", "item": item.pk, "moved_by": ray, "votes_for": 7, "votes_against": 0}
    marisol.post(f"{base(meeting)}decisions/new/", sent)
    page = marisol.get(base(meeting)).content.decode()
    assert "Decision: Pilot in January" in page
    assert "7 to 0, moved by Ray Halvorsen" in page


def test_recommendations_are_numbered_across_meetings(cedar: District, meeting: Meeting, marisol: Client) -> None:
    for text in ("Add GD&T", "Count technicians"):
        marisol.post(f"{base(meeting)}recommendations/new/", {"text": text, "purpose": "skills", "state": "open"})
    with district(cedar):
        assert [str(r) for r in Recommendation.objects.select_related("council")] == [
            "M-1 Add GD&T",
            "M-2 Count technicians",
        ]
        first = Recommendation.objects.first()
    change = {"text": "Add GD&T", "purpose": "skills", "state": "adopted", "state_note": "", "state_on": ""}
    marisol.post(f"/cedar/councils/outcomes/recommendations/{first.pk}/", change)
    assert b"Adopted" in marisol.get(base(meeting)).content


def test_an_action_goes_on_somebodys_list(
    cedar: District, meeting: Meeting, people: SimpleNamespace, marisol: Client
) -> None:
    with district(cedar):
        lou = meeting.invitations.get(contact__name="Lou Ferrante").contact_id
    due = cedar.today() + dt.timedelta(days=30)
    nobody = marisol.post(f"{base(meeting)}actions/new/", {"text": "Send prints", "due": due})
    assert nobody.status_code == 422
    marisol.post(f"{base(meeting)}actions/new/", {"text": "Send prints", "due": due, "contact": lou})
    marisol.post(f"{base(meeting)}actions/new/", {"text": "Write a note", "due": due, "user": people.staff.pk})
    with district(cedar):
        mine, theirs = Todo.objects.order_by("id")
        assert (mine.title, mine.owner) == ("Lou Ferrante: Send prints", people.coordinator)
        assert (theirs.title, theirs.owner) == ("Write a note", people.staff)
        action = Action.objects.first()
    marisol.post(f"/cedar/councils/actions/{action.pk}/completion/")
    with district(cedar):
        assert Todo.objects.get(pk=mine.pk).done_at is not None


def test_what_is_still_open_is_carried_to_the_next_meeting(
    cedar: District, council: Council, meeting: Meeting, people: SimpleNamespace, marisol: Client
) -> None:
    with district(cedar):
        action = Action.objects.create(meeting=meeting, text="Send prints", user=people.staff, due=meeting.day)
        action.put_on_list(by=people.coordinator)
        later = council.call_meeting(
            day=meeting.day + dt.timedelta(days=70), starts=dt.time(8), ends=dt.time(9), place="", by=people.coordinator
        )
    assert b"Send prints" in marisol.get(base(later)).content
    marisol.post(f"/cedar/councils/actions/{action.pk}/completion/")
    assert b"Send prints" not in marisol.get(base(later)).content


def test_closing_tells_the_timelines_of_who_came_and_can_be_undone(
    cedar: District, meeting: Meeting, marisol: Client
) -> None:
    with district(cedar):
        lou = meeting.invitations.get(contact__name="Lou Ferrante")
        lou.answer(status="deputy", deputy_name="Ann Orr")
        lou.mark(present=True)
    for _twice in range(2):
        marisol.post(f"{base(meeting)}closure/")
        marisol.post(f"{base(meeting)}reopening/")
    with district(cedar):
        said = list(TimelineEntry.objects.filter(summary__startswith="At Manufact").values_list("summary", flat=True))
    assert said == ["At Manufacturing Advisory Council, meeting 1: Ann Orr"]


def test_items_are_added_moved_and_removed(cedar: District, meeting: Meeting, marisol: Client) -> None:
    marisol.post(f"{base(meeting)}items/new/", {"title": "Who else?", "presenter": "Ray", "minutes_allotted": 10})
    with district(cedar):
        last = meeting.items.get(title="Who else?")
    for _time in range(5):
        marisol.post(f"/cedar/councils/items/{last.pk}/place/", {"by": "-1"})
    with district(cedar):
        assert meeting.items.first() == last
    marisol.post(f"/cedar/councils/items/{last.pk}/minutes/", {"text": "Kestrel", "version": 0})
    marisol.post(f"/cedar/councils/items/{last.pk}/removal/")
    with district(cedar):
        assert meeting.items.filter(pk=last.pk).exists()
    marisol.post(f"/cedar/councils/items/{last.pk}/minutes/", {"text": "", "version": 1})
    marisol.post(f"/cedar/councils/items/{last.pk}/removal/")
    with district(cedar):
        assert not meeting.items.filter(pk=last.pk).exists()


def test_an_answer_by_phone_is_written_down_with_who_wrote_it(
    cedar: District, meeting: Meeting, invitation: Any, people: SimpleNamespace, marisol: Client
) -> None:
    marisol.post(f"/cedar/councils/invitations/{invitation.pk}/answer/", {"status": "declined"})
    with district(cedar):
        now = meeting.invitations.get(pk=invitation.pk)
        assert (now.status, now.answered_by) == ("declined", people.coordinator)


def test_packet_sign_in_and_mail_pages_open_for_a_viewer(
    meeting: Meeting, people: SimpleNamespace, sign_in: Any
) -> None:
    vera = sign_in(people.viewer)
    for part in ("packet/", "sign-in/", "mail/"):
        assert vera.get(base(meeting) + part).status_code == 200
    assert vera.get(base(meeting) + "amendments/").status_code == 404


def test_the_packet_is_a_pdf_that_says_what_was_typed_as_it_was_typed(
    cedar: District, meeting: Meeting, people: SimpleNamespace, sign_in: Any
) -> None:
    with district(cedar):
        meeting.items.filter(title="Welcome").update(title="*Welcome* #panic() $x$", text='"] #read("/etc/passwd")')
        said = paper.data(open_meeting(meeting.pk))
    assert said["lines"][0]["title"] == "*Welcome* #panic() $x$"
    assert "Ray Halvorsen" in said["people"][0]["name"]
    answer = sign_in(people.viewer).get(base(meeting) + "packet.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in answer.content  # tagged


def test_the_page_asks_as_often_for_nine_members_as_for_one(
    cedar: District, meeting: Meeting, people: SimpleNamespace, sign_in: Any
) -> None:
    vera = sign_in(people.viewer)
    vera.get(base(meeting))
    with CaptureQueriesContext(connection) as nine:
        vera.get(base(meeting))
    with district(cedar):
        meeting.invitations.exclude(contact__name="Ray Halvorsen").delete()
        meeting.items.exclude(title="Welcome").delete()
    with CaptureQueriesContext(connection) as one:
        vera.get(base(meeting))
    assert len(nine) == len(one)


def test_rivals_find_no_council(council: Council, meeting: Meeting, people: SimpleNamespace, sign_in: Any) -> None:
    rita = sign_in(people.rival_admin)
    assert rita.get(base(meeting)).status_code == 404
    assert rita.get(f"/prairie/councils/meetings/{meeting.pk}/").status_code == 404
    assert rita.get(f"/prairie/councils/{council.pk}/").status_code == 404
    assert b"Manufacturing" not in rita.get("/prairie/councils/").content
