"""The calendar file: local time survives the clock change, UID stays, SEQUENCE rises, CANCEL takes it away."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

import icalendar
import pytest

from councils import calling
from councils.calendars import calendar_of
from councils.models import Council, Meeting
from wbl.mail.models import Message
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


def read(content: bytes) -> tuple[Any, Any]:
    calendar = icalendar.Calendar.from_ical(content)
    return calendar, calendar.walk("VEVENT")[0]


@pytest.mark.parametrize(
    "day", [dt.date(2026, 10, 29), dt.date(2026, 11, 5), dt.date(2027, 3, 11), dt.date(2027, 3, 18)]
)
def test_half_past_three_stays_half_past_three_past_a_clock_change(
    cedar: District, council: Council, people: SimpleNamespace, day: dt.date
) -> None:
    with district(cedar):
        made = council.call_meeting(
            day=day, starts=dt.time(15, 30), ends=dt.time(16, 45), place="", by=people.coordinator
        )
        text = calendar_of(made).decode()
    assert f"DTSTART;TZID=America/Chicago:{day:%Y%m%d}T153000" in text
    assert "BEGIN:VTIMEZONE" in text
    assert made.starts_at.utcoffset() == dt.timedelta(0)
    assert cedar.local(made.starts_at).time() == dt.time(15, 30)
    _calendar, event = read(text.encode())
    assert event.decoded("dtstart").astimezone(dt.UTC) == made.starts_at


def test_a_meeting_in_the_hour_that_the_clock_skips_still_has_an_instant(cedar: District, council: Council) -> None:
    with district(cedar):
        made = council.call_meeting(day=dt.date(2027, 3, 14), starts=dt.time(2, 30), ends=dt.time(4), place="", by=None)
        assert made.starts_at < made.ends_at


def test_the_uid_stays_the_sequence_rises_and_cancel_says_so(
    cedar: District, meeting: Meeting, invitation: Any, people: SimpleNamespace
) -> None:
    with district(cedar):
        calendar, first = read(calendar_of(meeting, invitation=invitation))
        assert calendar["method"] == "REQUEST"
        assert "lou@example.org" in str(first["attendee"])
        meeting.reschedule(
            day=meeting.day,
            starts=dt.time(8),
            ends=dt.time(9),
            place=meeting.place,
            video_url="",
            notice_posted_on=None,
        )
        _calendar, second = read(calendar_of(meeting, invitation=invitation))
        meeting.cancel(reason="Ice")
        calendar, third = read(calendar_of(meeting, invitation=invitation))
    assert first["uid"] == second["uid"] == third["uid"]
    assert (first["sequence"], second["sequence"], third["sequence"]) == (0, 1, 2)
    assert (calendar["method"], third["status"]) == ("CANCEL", "CANCELLED")


def test_moving_tells_everyone_once_and_a_change_of_the_notice_nobody(
    cedar: District, meeting: Meeting, people: SimpleNamespace, sign_in: Any
) -> None:
    marisol = sign_in(people.coordinator)
    sent = {"day": meeting.day, "starts": "08:00", "ends": "09:00", "place": meeting.place, "video_url": ""}
    address = f"/cedar/councils/meetings/{meeting.pk}/edit/"
    for _twice in range(2):
        assert marisol.post(address, sent).status_code == 303
    marisol.post(address, {**sent, "notice_posted_on": cedar.today()})
    with district(cedar):
        assert Message.objects.filter(rule_key="councils.change").count() == 9
        assert Meeting.objects.get().sequence == 1


def test_calling_off_tells_everyone_why_and_holds_back_what_waits(
    cedar: District, meeting: Meeting, people: SimpleNamespace, sign_in: Any
) -> None:
    with district(cedar):
        calling.tell_of_change(meeting, by=people.coordinator)
    marisol = sign_in(people.coordinator)
    marisol.post(f"/cedar/councils/meetings/{meeting.pk}/cancellation/", {"reason": "Ice on the roads"})
    with district(cedar):
        off = Message.objects.filter(rule_key="councils.cancellation")
        assert off.count() == 9
        assert "Ice on the roads" in off[0].source
        change = Message.objects.filter(rule_key="councils.change")[0]
        verdict = change.kind.still_wanted(change, change.record)
        assert verdict is not None
        assert verdict.reason == "The meeting was called off."
    assert b"Ice on the roads" in marisol.get(f"/cedar/councils/meetings/{meeting.pk}/").content


def test_the_mail_that_goes_out_carries_the_entry_of_that_moment(
    cedar: District, meeting: Meeting, people: SimpleNamespace, mailoutbox: list[Any]
) -> None:
    from wbl.mail.deliver import deliver

    with district(cedar):
        calling.tell_of_change(meeting, by=people.coordinator)
        deliver(connections_at_once=1)
    assert len(mailoutbox) == 9
    content = [part for part in mailoutbox[0].attachments if "calendar" in str(part)]
    assert content
    text = mailoutbox[0].message().as_string()
    assert "method=REQUEST" in text.replace('"', "")
    assert "/cedar/go/" in mailoutbox[0].body


def test_anyone_in_the_district_downloads_the_file(meeting: Meeting, people: SimpleNamespace, sign_in: Any) -> None:
    answer = sign_in(people.viewer).get(f"/cedar/councils/meetings/{meeting.pk}/meeting.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    calendar, event = read(answer.content)
    assert calendar["method"] == "PUBLISH"
    assert "attendee" not in event
