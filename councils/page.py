"""What the meeting's page shows, read in a fixed number of queries."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from councils.charts import QuorumGauge
from councils.models import Action, AgendaItem, Answer, Decision, Invitation, Meeting, Recommendation
from councils.trail import mail_states


@dataclass
class Line:
    """One agenda item with its hour; `current` while it is being talked about."""

    item: Any
    at: dt.time
    current: bool = False
    conflict: Any = None  # the item as somebody else saved it meanwhile
    typed: str | None = None

    @property
    def clock(self) -> str:
        """7:30, as on a wall clock."""
        return f"{self.at.hour % 12 or 12}:{self.at.minute:02}"

    @property
    def text(self) -> str:
        return self.item.text if self.typed is None else self.typed


@dataclass(frozen=True)
class Person:
    """One line of "Invited and present"."""

    name: str
    note: Any
    organization: str
    said: str
    tone: str = "quiet"
    invitation: Any = None


def meeting_for_page(pk: int) -> Any:
    """The meeting with everything its page shows."""
    return (
        Meeting.objects.filter(pk=pk)
        .select_related("council", "called_by", "approved_by")
        .prefetch_related(
            Prefetch("items", AgendaItem.objects.select_related("written_by").prefetch_related("decisions")),
            Prefetch("decisions", Decision.objects.select_related("moved_by", "seconded_by")),
            Prefetch("recommendations", Recommendation.objects.select_related("contact", "council")),
            Prefetch("actions", Action.objects.select_related("contact", "user", "todo")),
            Prefetch("invitations", Invitation.objects.select_related("contact__organization", "seat")),
        )
    )


def lines(meeting: Meeting, *, now: dt.datetime | None = None) -> list[Line]:
    """The agenda on the clock. Before and after the meeting the first item without minutes is the current one."""
    at = dt.datetime.combine(meeting.day, meeting.starts)
    found = []
    for item in meeting.items.all():
        found.append(Line(item, at.time()))
        at += dt.timedelta(minutes=item.minutes_allotted)
    if meeting.state == "open":
        current = _at_work(meeting, found, now or timezone.now())
        if current:
            current.current = True
    return found


def _at_work(meeting: Meeting, found: list[Line], now: dt.datetime) -> Line | None:
    empty = next((line for line in found if not line.item.text), found[-1] if found else None)
    written = [line for line in found if line.item.written_at]
    if not (meeting.starts_at <= now <= meeting.ends_at):
        return empty
    # while it is going on: where the last word was written, unless that item has been left for the next
    last = max(written, key=lambda line: line.item.written_at, default=None)
    return last or empty


def people(meeting: Meeting) -> list[Person]:
    """Who was invited, chair first, then members not asked, then vacant seats."""
    states = mail_states(meeting)
    rows = [_invited(each, states.get(each.pk)) for each in _by_chair(meeting.invitations.all())]
    asked = {each.contact_id for each in meeting.invitations.all()}
    for seat in meeting.council.current_seats:  # type: ignore[attr-defined]
        if seat.contact_id not in asked:
            of = seat.of.name if seat.of else ""
            rows.append(Person(str(seat), seat.note, of, "Not invited" if seat.contact_id else "No name yet"))
    return rows


def _by_chair(invitations: Any) -> list[Any]:
    return sorted(invitations, key=lambda each: not (each.seat and each.seat.chair))


def _invited(invitation: Any, trouble: tuple[str, str] | None) -> Person:
    said, tone = trouble if trouble and invitation.status == "invited" else (invitation.in_words, "quiet")
    if invitation.present_at and invitation.status == Answer.DECLINED:
        said = "Declined, came after all"
    note = invitation.seat.note if invitation.seat else ""
    organization = invitation.contact.organization.name
    return Person(invitation.contact.name, note, organization, said, tone, invitation)


def quorum(meeting: Meeting) -> QuorumGauge:
    """Present against filled seats: a vacant one can't come, and the rules don't count it."""
    filled = sum(1 for seat in meeting.council.current_seats if seat.contact_id)  # type: ignore[attr-defined]
    present = sum(1 for each in meeting.invitations.all() if each.present_at)
    return QuorumGauge(present, filled, meeting.council.quorum_of(filled))


def carried(meeting: Meeting) -> list[Action]:
    """Actions of earlier meetings that nobody has done yet. One query."""
    earlier = Action.objects.filter(meeting__council=meeting.council_id, meeting__starts_at__lt=meeting.starts_at)
    still = earlier.exclude(todo__done_at__isnull=False).exclude(meeting=meeting)
    return list(still.select_related("meeting", "contact", "user", "todo").order_by("due", "id")[:20])


def notes(meeting: Meeting, old: list[Action]) -> dict[str, str]:
    """What stands beside the titles of recommendations and actions."""
    made, all_of_them = len(meeting.recommendations.all()), meeting.council.recommendations.count()
    still = f", {len(old)} still open from before" if old else ""
    return {
        "recommendations": f"{made} at this meeting, {all_of_them} of this council" if all_of_them else "",
        "actions": f"{len(meeting.actions.all())} new{still}" if old or meeting.actions.all() else "",
    }


def tabs(meeting: Meeting, current: str) -> list[dict[str, Any]]:
    """Agenda and minutes, Sign-in, Mail, and Amendments once the minutes are approved."""
    places = [("meeting", "Agenda and minutes"), ("sign_in", "Sign-in"), ("mail", "Mail")]
    if meeting.approved_at:
        places.append(("amendments", "Amendments"))
    return [
        {"label": label, "href": reverse(f"councils:{name}", args=[meeting.pk]), "current": name == current}
        for name, label in places
    ]


def saved_line(meeting: Meeting) -> dict[str, Any]:
    """When the minutes were last written."""
    written = [item.written_at for item in meeting.items.all() if item.written_at]
    return {"at": max(written, default=None), "state": meeting.state}
