"""What Today says of placements and events."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum
from django.urls import reverse

from placements.models import Event, HoursEntry, Placement, Status
from placements.models.hours import hours_in_words
from wbl.web.dates import plain_day, time_in_words
from wbl.web.rows import DUE, LATE, UNHEALTHY, WAITING, Row

APPROVE_WITHIN = 7  # days that hours may wait for approval before they are late
CONFIRM_WITHIN = 7  # days that the partner may take to confirm
ENDS_SOON = 14
MOST = 30  # rows of a kind


def rows(district: Any, user: Any, membership: Any) -> list[Row]:
    """Papers missing on site, ends near or past, hours to approve or confirm, rolls to call: four queries."""
    if not membership.can.students:
        return _events(district, membership)
    today = district.today()
    all_mine = Placement.objects.seen_by(membership)
    if user is not None and membership.school_ids is None:
        all_mine = all_mine.filter(owner=user)
    mine = all_mine.going_on()
    # hours outlive their placement: what was worked wants its approval after the end, too
    return [*_papers(mine, today), *_ends(mine, today), *_hours(all_mine, district), *_events(district, membership)]


def _papers(mine: Any, today: dt.date) -> list[Row]:
    """On site while a consent or an agreement is not there: late from the first day."""
    needed = (Status.CONSENTED, Status.AGREED)
    done = Count("steps", filter=Q(steps__step__in=needed), distinct=True)
    lacking = mine.with_step(Status.ACTIVE).annotate(papers=done).filter(papers__lt=len(needed)).order_by("starts")
    found = []
    for placement in lacking.select_related("student", "organization").prefetch_related("steps")[:MOST]:
        missing = "consent of the family" if Status.CONSENTED not in placement.done else "signed agreement"
        days = max((today - placement.starts).days, 0)
        found.append(
            Row(
                section=LATE,
                icon="sign",
                name=placement.student.name,
                href=placement.get_absolute_url(),
                after=f" is on site without the {missing}",
                why=f"{placement.get_type_display()} at {placement.organization}, since {plain_day(placement.starts)}.",
                when=f"{days} day{'s' if days != 1 else ''} late",
                tone="bad",
                action="Open the checklist",
                action_href=placement.get_absolute_url(),
                order=placement.starts,
                owner_id=placement.owner_id,
            )
        )
    return found


def _ends(mine: Any, today: dt.date) -> list[Row]:
    """The last day is past, or near."""
    soon = mine.with_step(Status.ACTIVE).filter(ends__lte=today + dt.timedelta(ENDS_SOON)).order_by("ends")
    found = []
    for placement in soon.select_related("student", "organization")[:MOST]:
        days = (placement.ends - today).days
        found.append(
            Row(
                section=LATE if days < 0 else UNHEALTHY,
                icon="placements",
                name=placement.student.name,
                href=placement.get_absolute_url(),
                after=f": {placement.get_type_display().lower()} {'ended' if days < 0 else 'ends'} {plain_day(placement.ends)}",
                why=f"{placement.organization}. Evaluate and end it, or move its last day.",
                when=f"{-days} day{'s' if days != -1 else ''} late"
                if days < 0
                else f"in {days} day{'s' if days != 1 else ''}",
                tone="bad" if days < 0 else "warn",
                action="End placement",
                action_href=reverse("placements:end", args=[placement.pk]),
                order=placement.ends,
                owner_id=placement.owner_id,
            )
        )
    return found


def _hours(mine: Any, district: Any) -> list[Row]:
    """Hours that wait: for us when the partner has spoken, for the partner when not."""
    spoken = Q(confirmed_at__isnull=False) | Q(disputed_at__isnull=False)
    waiting = (
        HoursEntry.objects.awaiting_approval()
        .filter(placement__in=mine)
        .values("placement", "placement__student__name", "placement__organization__name", "placement__organization")
        .annotate(
            ours=Sum("hours", filter=spoken),
            theirs=Sum("hours", filter=~spoken),
            since=Min("created_at"),
            disputes=Count("pk", filter=Q(disputed_at__isnull=False)),
            said=Max("dispute"),
        )
        .order_by("since")[:MOST]
    )
    return [row for each in waiting for row in _hours_rows(each, district)]


def _hours_rows(each: dict[str, Any], district: Any) -> list[Row]:
    since = district.local(each["since"]).date()
    age = (district.today() - since).days
    found = []
    if each["ours"]:
        found.append(_to_approve(each, since, age - APPROVE_WITHIN))
    if each["theirs"] and age >= CONFIRM_WITHIN:
        found.append(_to_confirm(each, since, age))
    return found


def _hours_address(each: dict[str, Any]) -> str:
    return reverse("placements:detail", args=[each["placement"]]) + "#hours"


def _to_approve(each: dict[str, Any], since: dt.date, late: int) -> Row:
    partner, here = each["placement__organization__name"], _hours_address(each)
    return Row(
        section=LATE if late > 0 else DUE,
        icon="clock",
        before="Approve ",
        name=f"{hours_in_words(Decimal(each['ours']))} hours",
        href=here,
        after=f" for {each['placement__student__name']}",
        why=f"{partner} says: “{each['said']}”" if each["disputes"] else f"{partner} confirmed them.",
        when=f"{late} day{'s' if late != 1 else ''} late" if late > 0 else "",
        tone="bad" if late > 0 else "",
        action="Review hours",
        action_href=here,
        returns=True,
        order=since,
    )


def _to_confirm(each: dict[str, Any], since: dt.date, age: int) -> Row:
    hours = hours_in_words(Decimal(each["theirs"]))
    return Row(
        section=WAITING,
        icon="clock",
        name=each["placement__organization__name"],
        href=reverse("partners:detail", args=[each["placement__organization"]]),
        after=f": confirm {hours} hours of {each['placement__student__name']}",
        why="They can confirm in the portal; you may also approve without.",
        when=f"{age} days",
        action="Review hours",
        action_href=_hours_address(each),
        order=since,
    )


def _events(district: Any, membership: Any) -> list[Row]:
    """Today's events, and those whose roll nobody has called."""
    today = district.today()
    near = Event.objects.held().filter(day__lte=today, day__gt=today - dt.timedelta(60), rolled_at=None)
    if membership.school_ids is not None:
        near = near.filter(Q(school=None) | Q(school__in=membership.school_ids))
    found = []
    for event in near.select_related("organization").with_counts().order_by("day", "begins")[:MOST]:
        late = (today - event.day).days
        found.append(
            Row(
                section=LATE if late else DUE,
                icon="people",
                name=event.headline,
                href=event.get_absolute_url(),
                after=f" with {event.organization}" + (": who came?" if late else ""),
                why=f"{event.students} student{'s' if event.students != 1 else ''} on the roster.",
                when=f"{late} day{'s' if late != 1 else ''} late" if late else time_in_words(event.begins),
                tone="bad" if late else "",
                action="Call the roll" if late else "Open the roster",
                action_href=event.get_absolute_url(),
                order=event.day,
            )
        )
    return found
