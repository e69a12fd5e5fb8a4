"""A meeting on paper: what the packet's page and its PDF show."""

from typing import Any

from councils import page
from councils.models import Meeting
from wbl.tenancy.scope import current_district
from wbl.web.dates import plain_day
from wbl.web.names import full_name_of


def waiting(meeting: Meeting) -> Any:
    """Recommendations of meetings before that nobody has answered yet."""
    open_ones = meeting.council.recommendations.waiting().exclude(meeting=meeting)
    return open_ones.select_related("contact", "council", "meeting")


def data(meeting: Any) -> dict[str, Any]:
    """What `councils/packet.typ` sets, all of it plain text."""
    council, quorum, place = meeting.council, page.quorum(meeting), f". {meeting.place}" if meeting.place else ""
    when = f"{meeting.day:%A}, {meeting.day:%B} {meeting.day.day}, {meeting.day.year}, {meeting.hours}{place}."
    actions = [*page.carried(meeting), *meeting.actions.all()]
    return {
        "title": f"{council}, meeting {meeting.number}, {plain_day(meeting.day)}",
        "district": current_district().name,
        "council": council.name,
        "when": when,
        "draft": bool(meeting.closed_at and not meeting.approved_at),
        "of": "Minutes" if meeting.closed_at else "Agenda",
        "lines": [_line(number, line) for number, line in enumerate(page.lines(meeting), 1)],
        "quorum": f"{quorum.present} of {quorum.seats} filled seats present; quorum {quorum.needed}",
        "people": [_person(each) for each in page.people(meeting)],
        "decisions": [{"text": each.text, "words": str(each.in_words)} for each in meeting.decisions.all()],
        "recommendations": [_advice(each) for each in [*meeting.recommendations.all(), *waiting(meeting)]],
        "actions": [_action(each) for each in actions],
    }


def _line(number: int, line: page.Line) -> dict[str, Any]:
    item = line.item
    return {
        "number": str(number),
        "title": item.title,
        "presenter": str(item.presenter or ""),
        "clock": line.clock,
        "minutes": str(item.minutes_allotted),
        "text": item.text.replace("\r\n", "\n"),
        "decisions": [each.text for each in item.decisions.all()],
    }


def _person(each: page.Person) -> dict[str, str]:
    came = bool(each.invitation and each.invitation.present_at)
    name = f"{each.name} ({each.note})" if each.note else each.name
    return {"name": name, "organization": each.organization, "said": str(each.said), "present": "Yes" if came else "–"}


def _advice(each: Any) -> dict[str, str]:
    whose = each.contact.name if each.contact else "The council"
    purpose, state = str(each.get_purpose_display()), str(each.in_words)
    return {"label": each.label, "text": each.text, "purpose": purpose, "from": whose, "state": state}


def _action(each: Any) -> dict[str, str]:
    owner = full_name_of(each.owner) if each.owner else "Nobody"
    return {"text": each.text, "owner": owner, "due": plain_day(each.due), "state": "Done" if each.is_done else "Open"}
