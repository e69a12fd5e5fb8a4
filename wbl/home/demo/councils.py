"""A council with a past and a coming meeting, and one that is short of members."""

import datetime as dt
from typing import Any

from django.utils import timezone

from councils.calling import invite
from councils.models import Action, Council, Decision, Meeting, Seat
from partners.models import Contact, TimelineEntry
from pathways.models import Pathway

# person; category; what the seat is; chairs
SEATS = (
    ("Ray Halvorsen", "business", "", True),
    ("Ingrid Sole", "business", "", False),
    ("Lou Ferrante", "business", "welding", False),
    ("Deb Yost", "business", "logistics", False),
    ("Carla Mbeki", "business", "food", False),
    ("Gordon Ames", "education", "", False),
    ("Anita Gourd", "workforce", "", False),
    ("Joy Pruitt", "business", "", False),
)
HEALTH = ("Ellen Haddad", "Dana Cho", "Chidi Okafor", "Hana Brandt", "Faye Holloway", "Sunil Mehta")

# title; who presents; minutes; what was said
PAST = (
    (
        "Welcome, and what changed in your shops",
        "Everyone",
        20,
        "Halvorsen: five-axis mill in December; will need two operators who read G-code. Ironwood lost a bid, still short one welder. Harvest Table: line 3 automated, needs maintenance more than packers.",
    ),
    (
        "Blueprint reading before Grade 11",
        "Ray Halvorsen",
        20,
        "Ray: interns come without it. Gordon can lend an 18-hour unit.",
    ),
    ("Spring placements", "Marisol Tate", 20, "Eleven juniors have no site yet. Halvorsen takes one for a semester."),
    (
        "Who else should be in this room?",
        "Ray Halvorsen",
        10,
        "Ray names Kestrel Hydraulics, two miles from school, and introduces Bea Lund by mail.",
    ),
)
COMING = (
    ("Welcome and minutes of the last meeting", "Marisol Tate", 5),
    ("What changed in your shops since then", "Everyone", 20),
    ("Blueprint reading in Grade 10", "Tom Reyes", 15),
    ("Spring internships: who can take one?", "Marisol Tate", 20),
    ("Who else should be in this room?", "Ray Halvorsen", 10),
    ("Date of the next meeting, close", "Marisol Tate", 5),
)


def seed(users: dict[str, Any], pathways: dict[str, Pathway], today: dt.date) -> None:
    """Manufacturing with its meetings, and Health Sciences with six members of eight."""
    people = {c.name: c for c in Contact.objects.select_related("organization")}
    council = _council("Manufacturing Advisory Council", "M", [pathways["Precision Manufacturing"]])
    begin = dt.date(today.year - 1, 9, 1)
    for name, category, title, chair in SEATS:
        Seat.objects.create(
            council=council,
            category=category,
            title=title,
            chair=chair,
            contact=people[name],
            term_from=begin,
            term_to=dt.date(today.year + 1, 8, 31),
        )
    Seat.objects.create(council=council, category="labor", organization=people["Curtis Webb"].organization)
    _past(council, people, users, _weekday(today - dt.timedelta(42)))
    _coming(council, people, users, _weekday(today + dt.timedelta(12)))
    health = _council("Health Sciences Council", "H", [pathways["Health Sciences"]])
    for name in HEALTH:
        Seat.objects.create(
            council=health, contact=people[name], term_from=begin, term_to=dt.date(today.year + 1, 8, 31)
        )


def _council(name: str, letter: str, serves: list[Pathway]) -> Council:
    council = Council.objects.create(
        name=name, letter=letter, description="Advises the district on skills, jobs and each other."
    )
    council.serve(pathways=serves)
    return council


def _weekday(day: dt.date) -> dt.date:
    return day + dt.timedelta(max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _past(council: Council, people: dict[str, Contact], users: dict[str, Any], day: dt.date) -> None:
    meeting: Meeting = council.call_meeting(
        day=day,
        starts=dt.time(7, 30),
        ends=dt.time(8, 45),
        place="Halvorsen Machine & Tool, break room",
        by=users["marisol"],
        notice_posted_on=day - dt.timedelta(9),
    )
    for title, presenter, minutes, text in PAST:
        item = meeting.add_item(title=title, presenter=presenter, minutes_allotted=minutes)
        item.write(text=text, version=0, by=users["marisol"])
    for invitation in meeting.invite(by=users["marisol"]):
        invitation.answer(status="declined" if invitation.contact.name == "Joy Pruitt" else "accepted")
        invitation.mark(present=invitation.contact.name != "Joy Pruitt")
    Decision.objects.create(
        meeting=meeting,
        text="Pilot a blueprint unit in January at both high schools",
        moved_by=people["Ingrid Sole"],
        seconded_by=people["Lou Ferrante"],
        votes_for=7,
        votes_against=0,
    )
    first = council.recommend(
        purpose="skills",
        text="Teach blueprint reading before Grade 11",
        contact=people["Ray Halvorsen"],
        meeting=meeting,
    )
    first.state, first.state_note = "adopted", "pilot in January"
    first.save()
    council.recommend(
        purpose="economy",
        text="Count automation technicians as a critical occupation",
        contact=people["Carla Mbeki"],
        meeting=meeting,
    )
    council.recommend(
        purpose="businesses",
        text="Invite Kestrel Hydraulics, two miles from school",
        contact=people["Ray Halvorsen"],
        meeting=meeting,
    )
    action = Action.objects.create(
        meeting=meeting,
        text="Send six redacted prints to Tom Reyes",
        contact=people["Lou Ferrante"],
        due=day + dt.timedelta(54),
    )
    action.put_on_list(by=users["marisol"])
    meeting.close(by=users["marisol"])
    meeting.approve(by=users["ada"])
    held = meeting.starts_at
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=meeting.ends_at, approved_at=held + dt.timedelta(days=7))
    meeting.invitations.update(answered_at=held - dt.timedelta(days=5))
    meeting.invitations.exclude(present_at=None).update(present_at=held)
    answers = TimelineEntry.objects.filter(about_kind="councils.meeting", about_id=meeting.pk)
    answers.filter(at__gt=held).update(at=held - dt.timedelta(days=5))


def _coming(council: Council, people: dict[str, Contact], users: dict[str, Any], day: dt.date) -> None:
    meeting: Meeting = council.call_meeting(
        day=day,
        starts=dt.time(7, 30),
        ends=dt.time(8, 45),
        place="Halvorsen Machine & Tool, break room, 2210 Kiowa Street",
        by=users["marisol"],
        notice_posted_on=None,
    )
    for title, presenter, minutes in COMING:
        meeting.add_item(title=title, presenter=presenter, minutes_allotted=minutes)
    answers = {
        "Ray Halvorsen": "accepted",
        "Ingrid Sole": "accepted",
        "Lou Ferrante": "accepted",
        "Carla Mbeki": "accepted",
        "Deb Yost": "declined",
    }
    invite(meeting, by=users["marisol"])
    for invitation in meeting.invitations.select_related("contact__organization"):
        if status := answers.get(invitation.contact.name):
            invitation.answer(status=status)
    yesterday = timezone.now() - dt.timedelta(hours=20)
    TimelineEntry.objects.filter(about_kind="councils.meeting", about_id=meeting.pk).update(at=yesterday)
