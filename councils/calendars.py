"""A meeting as a calendar file (RFC 5545): the same UID for good, a rising SEQUENCE, its own VTIMEZONE.

The times are written as wall times of the meeting's zone, so 15:30 stays 15:30 on either side of a clock change.
"""

import datetime as dt
import zoneinfo
from typing import Any

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from councils.models import AgendaItem, Answer, Invitation, Meeting
from wbl.tenancy.scope import absolute

MIME = "text/calendar"
PARTSTAT = {
    Answer.INVITED: "NEEDS-ACTION",
    Answer.ACCEPTED: "ACCEPTED",
    Answer.DECLINED: "DECLINED",
    Answer.DEPUTY: "DELEGATED",
}


def calendar_of(meeting: Meeting, *, invitation: Invitation | None = None) -> bytes:
    """The file for one invited person, or for whoever looks (`invitation` None): METHOD REQUEST or PUBLISH, and
    CANCEL once the meeting is canceled."""
    calendar = Calendar()
    calendar.add("prodid", "-//wbl//Councils//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if meeting.canceled_at else "REQUEST" if invitation else "PUBLISH")
    calendar.add_component(_event(meeting, invitation))
    calendar.add_missing_timezones(
        first_date=meeting.day - dt.timedelta(days=366), last_date=meeting.day + dt.timedelta(days=366)
    )
    return calendar.to_ical()


def _event(meeting: Meeting, invitation: Invitation | None) -> Event:
    event, zone = Event(), zoneinfo.ZoneInfo(meeting.zone)
    event.add("uid", f"{meeting.uid}@{meeting.district.slug}.wbl")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.updated_at.astimezone(dt.UTC))
    event.add("dtstart", meeting.starts_at.astimezone(zone))
    event.add("dtend", meeting.ends_at.astimezone(zone))
    event.add("summary", str(meeting.council))
    event.add("status", "CANCELLED" if meeting.canceled_at else "CONFIRMED")
    if meeting.place:
        event.add("location", meeting.place)
    if invitation:
        event.add("organizer", _organizer(meeting))
        event.add("attendee", _attendee(invitation), encode=0)
    else:
        event.add("url", absolute(meeting.get_absolute_url()))
    if text := _description(meeting):
        event.add("description", text)
    if not meeting.canceled_at:
        event.add_component(_alarm(meeting))
    return event


def _description(meeting: Meeting) -> str:
    items = AgendaItem.objects.filter(meeting=meeting).values_list("title", flat=True)
    lines = [f"{n}. {title}" for n, title in enumerate(items, start=1)]
    return "\n".join([*lines, *([meeting.video_url] if meeting.video_url else [])])


def _organizer(meeting: Meeting) -> vCalAddress:
    """Who called it; a meeting needs an organizer for programs to accept a change or a cancellation."""
    caller: Any = meeting.called_by
    address = vCalAddress(f"mailto:{caller.email if caller else 'no-reply@localhost'}")
    address.params["cn"] = vText(str(caller) if caller else str(meeting.district))
    return address


def _attendee(invitation: Invitation) -> vCalAddress:
    address = vCalAddress(f"mailto:{invitation.contact.email}")
    address.params["cn"] = vText(invitation.contact.name)
    address.params["role"] = vText("REQ-PARTICIPANT")
    address.params["partstat"] = vText(PARTSTAT[Answer(invitation.status)])
    address.params["rsvp"] = vText("FALSE")  # the answer comes by our link, not by a mail nobody reads
    return address


def _alarm(meeting: Meeting) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", str(meeting.council))
    alarm.add("trigger", dt.timedelta(hours=-2))
    return alarm
