"""What Today says of councils."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from councils import charts
from councils.models import Answer, Council, Meeting, Recommendation
from wbl.web.dates import time_in_words
from wbl.web.rows import DUE, LATE, UNHEALTHY, WAITING, Row

ASKED_DAYS = 7  # an invitation that is unanswered so close to the meeting is worth a call
APPROVE_DAYS = 7  # minutes should be approved within this many days
REFERRAL_DAYS = 14


def rows(district: Any, user: Any) -> list[Row]:
    """Meetings of today, answers and approvals that are missing, councils too small or without a date.

    A council belongs to everybody; a meeting to who called it. Six queries.
    """
    return _meetings(district, user) + _referrals(district) + _unhealthy(district)


def _meetings(district: Any, user: Any) -> list[Row]:
    today, soon = district.today(), district.today() + dt.timedelta(days=ASKED_DAYS)
    meetings = Meeting.objects.standing().filter(approved_at=None).select_related("council")
    near = Q(day__gte=today - dt.timedelta(days=180), day__lte=soon)
    waiting = Count("invitations", filter=Q(invitations__status=Answer.INVITED))
    mine = meetings.filter(called_by=user) if user is not None else meetings
    return [row for each in mine.filter(near).annotate(silent=waiting) if (row := _meeting(each, today))]


def _meeting(meeting: Any, today: dt.date) -> Row | None:
    if meeting.day == today and not meeting.closed_at:
        return _today(meeting)
    if meeting.day > today:
        return _silent(meeting, today) if meeting.silent else None
    return _unapproved(meeting, today)


def _today(meeting: Meeting) -> Row:
    return Row(
        section=DUE,
        icon="councils",
        name=meeting.council.name,
        href=meeting.get_absolute_url(),
        after=f" meets {time_in_words(meeting.starts)}",
        why=meeting.place,
        when=time_in_words(meeting.starts),
        tone="warn",
        action="Open the meeting",
        action_href=meeting.get_absolute_url(),
        order=meeting.day,
        owner_id=meeting.called_by_id,
    )


def _silent(meeting: Any, today: dt.date) -> Row:
    days = (meeting.day - today).days
    return Row(
        section=WAITING,
        icon="councils",
        name=meeting.council.name,
        href=meeting.get_absolute_url(),
        after=f": {meeting.silent} of the invited {'has' if meeting.silent == 1 else 'have'} not answered",
        why=f"It meets {meeting.day_in_words}.",
        when=f"in {days} day{'' if days == 1 else 's'}",
        action="Open the meeting",
        action_href=meeting.get_absolute_url(),
        order=meeting.day,
        owner_id=meeting.called_by_id,
    )


def _unapproved(meeting: Meeting, today: dt.date) -> Row:
    days = (today - meeting.day).days
    what = "its minutes wait for approval" if meeting.closed_at else "the meeting was never closed"
    return Row(
        section=LATE if days > APPROVE_DAYS else WAITING,
        icon="councils",
        name=meeting.council.name,
        href=meeting.get_absolute_url(),
        after=f": {what}",
        why=f"It met {meeting.day_in_words}.",
        when=f"{days} day{'' if days == 1 else 's'}",
        tone="bad" if days > APPROVE_DAYS else "",
        action="Approve" if meeting.closed_at else "Close it",
        action_href=meeting.get_absolute_url(),
        order=meeting.day,
        owner_id=meeting.called_by_id,
    )


def _referrals(district: Any) -> list[Row]:
    """Businesses that a council named and nobody has written to."""
    since = timezone.now() - dt.timedelta(days=REFERRAL_DAYS)
    named = Recommendation.objects.filter(state="referral", created_at__lte=since, meeting__isnull=False)
    return [_referral(each, district) for each in named.select_related("council", "meeting").order_by("created_at")[:5]]


def _referral(named: Any, district: Any) -> Row:
    address = named.meeting.get_absolute_url() + "#recommendations"
    return Row(
        section=WAITING,
        icon="referral",
        name=named.text,
        href=address,
        before=f"{named.label}: ",
        why=f"{named.council} named a business; nobody has followed it up.",
        when=f"{(timezone.now() - named.created_at).days} days",
        action="Open the meeting",
        action_href=address,
        order=district.local(named.created_at).date(),
    )


def _unhealthy(district: Any) -> list[Row]:
    councils = Council.objects.present().with_seats().with_year(district.today())
    found = []
    for council in councils:
        members = sum(1 for seat in council.current_seats if seat.contact_id)
        cadence = charts.cadence_of(council, timezone.now())
        if members < council.minimum_members:
            found.append(_small(council, members))
        if cadence.is_behind and cadence.next is None:
            found.append(_without_date(council, cadence))
    return found


def _small(council: Council, members: int) -> Row:
    return Row(
        section=UNHEALTHY,
        icon="councils",
        name=council.name,
        href=council.get_absolute_url(),
        after=f" has {members} member{'' if members == 1 else 's'}",
        why=f"It needs {council.minimum_members} to {council.maximum_members}.",
        when=f"{council.minimum_members - members} short",
        tone="warn",
        action="Name a member",
        action_href=reverse("councils:seat_new", args=[council.pk]),
        dialog=True,
    )


def _without_date(council: Council, cadence: charts.Cadence) -> Row:
    return Row(
        section=UNHEALTHY,
        icon="calendar",
        name=council.name,
        href=council.get_absolute_url(),
        after=" has no meeting booked",
        why=f"{cadence.in_words[0].upper()}{cadence.in_words[1:]} this school year.",
        when="no date",
        tone="warn",
        action="Call a meeting",
        action_href=reverse("councils:call", args=[council.pk]),
    )
