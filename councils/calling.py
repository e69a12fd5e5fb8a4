"""Calling a meeting: the meeting, its invitations and their mails, in one transaction."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from councils import emails
from councils.models import AgendaItem, Council, Invitation, Meeting, Seat
from wbl.mail.hindrances import Hindrances
from wbl.mail.models import Message
from wbl.tenancy.record import kind_of

USUAL = (dt.time(7, 30), dt.time(8, 45))


@transaction.atomic
def call(
    council: Council,
    *,
    day: dt.date,
    starts: dt.time,
    ends: dt.time,
    place: str,
    agenda: Iterable[tuple[str, int]],
    notice_posted_on: dt.date | None,
    seats: Iterable[Seat],
    note: str,
    by: Any,
) -> Meeting:
    """Make the meeting and ask the holders of these seats."""
    meeting = council.call_meeting(
        day=day, starts=starts, ends=ends, place=place, notice_posted_on=notice_posted_on, by=by
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(meeting=meeting, order=n, title=title, minutes_allotted=minutes)
        for n, (title, minutes) in enumerate(agenda, start=1)
    )
    invite(meeting, seats=seats, note=note, by=by)
    return meeting


@dataclass(frozen=True)
class Letter:
    """A mail as it would go out now; `hindrance` says why it would not."""

    message: Message
    text: str
    hindrance: str


def preview(council: Council, *, by: Any, **given: Any) -> list[Letter]:
    """The mails that `call` would send, made by calling the meeting and taking that back: the same code, nothing kept."""
    with transaction.atomic():
        meeting = call(council, by=by, **given)
        invited = meeting.invitations.values("pk")
        mails = list(Message.objects.filter(record_kind=kind_of(Invitation), record_id__in=invited).order_by("pk"))
        against = Hindrances.load([mail.to_email for mail in mails])
        letters = [_letter(mail, against) for mail in mails]
        transaction.set_rollback(True)
    return letters


def _letter(mail: Message, against: Hindrances) -> Letter:
    verdict = against.against(mail.to, category=mail.category, required=mail.required, by_hand=mail.by_hand)
    return Letter(mail, mail.words, verdict.reason if verdict else "")


def time_check(minutes: int, meant: int) -> str:
    """Whether an agenda of so many minutes fits a meeting of `meant`: in words, nothing where there is no agenda."""
    if not minutes:
        return ""
    if minutes > meant:
        return f"The agenda takes {minutes} minutes, {minutes - meant} more than the meeting has."
    free = f", {meant - minutes} are left" if minutes < meant else ", all there are"
    return f"The agenda takes {minutes} of the meeting’s {meant} minutes{free}."


def time_of(meeting: Meeting) -> str:
    """Whether the agenda of this meeting fits it. Reads `items`, prefetched on the meeting's page."""
    minutes = sum(item.minutes_allotted for item in meeting.items.all())  # type: ignore[attr-defined]
    return time_check(minutes, minutes_between(meeting.starts, meeting.ends))


def minutes_between(starts: dt.time, ends: dt.time) -> int:
    """How long a meeting is; one that ends before it begins ends on the next day."""
    return ((ends.hour * 60 + ends.minute) - (starts.hour * 60 + starts.minute)) % (24 * 60)


@transaction.atomic
def invite(meeting: Meeting, *, by: Any, seats: Iterable[Seat] | None = None, note: str = "") -> int:
    """Ask who has not been asked yet, and mail them; returns how many."""
    emails.sign_in_link(meeting)
    fresh = meeting.invite(by=by, seats=seats)
    for invitation in fresh:
        emails.send_invitation(invitation, note=note, by=by)
    return len(fresh)


@transaction.atomic
def tell_of_change(meeting: Meeting, *, by: Any) -> None:
    """Time or place changed: everyone asked hears of it, and their calendars move."""
    emails.sign_in_link(meeting)
    for invitation in meeting.invitations.select_related("contact__organization", "meeting__council"):
        emails.send_change(invitation, by=by)


@transaction.atomic
def cancel(meeting: Meeting, *, reason: str, by: Any) -> None:
    """Call it off: everyone asked hears why, and their calendars drop it."""
    meeting.cancel(reason=reason)
    for invitation in meeting.invitations.select_related("contact__organization", "meeting__council"):
        emails.send_cancellation(invitation, by=by)


def suggestion(council: Council, today: dt.date) -> dict[str, Any]:
    """What the next meeting most likely is: the last one's hours and place, an equal share of the year later, with
    last meeting's minutes and the open recommendations on its agenda. Three queries."""
    last = Meeting.objects.standing().filter(council=council).first()
    starts, ends = (last.starts, last.ends) if last else USUAL
    apart = dt.timedelta(weeks=max(1, round(40 / council.meetings_per_year)))
    earliest = today + dt.timedelta(days=council.notice_days or 1)
    day = last.day + apart if last else _next_workday(earliest)
    while day < earliest:
        day += dt.timedelta(weeks=1)
    return {
        "day": day,
        "starts": starts,
        "ends": ends,
        "place": last.place if last else "",
        "agenda": "\n".join(_agenda(council, last)),
    }


def _agenda(council: Council, last: Meeting | None) -> list[str]:
    minutes = f" and minutes of {last.day:%B} {last.day.day}" if last else ""
    waiting = council.recommendations.waiting().order_by("number")[:3]
    return [
        f"Welcome{minutes}, 5 min",
        "What changed in your shops, 20 min",
        *(f"{each.text[:150]} (from {council.letter}-{each.number}), 15 min" for each in waiting),
        "Who else should be in this room?, 10 min",
        "Date of the next meeting, close, 5 min",
    ]


def _next_workday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))
