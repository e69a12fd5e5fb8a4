"""What became of the mails of a meeting, read from the ledger."""

from typing import Any

from councils.models import Invitation, Meeting
from wbl.mail.models import Message
from wbl.tenancy.record import kind_of

# said beside a name instead of "No answer yet"
TROUBLE = {
    "bounced": ("Mail bounced", "is-bad"),
    "failed": ("Mail failed", "is-bad"),
    "withheld": ("Not mailed", "is-warn"),
}


def mails(meeting: Meeting) -> Any:
    """Every mail about the meeting's invitations, newest first."""
    ids = [each.pk for each in meeting.invitations.all()]
    rows = Message.objects.filter(record_kind=kind_of(Invitation), record_id__in=ids)
    return rows.select_related("rule").order_by("-due_at", "-id")


def mail_states(meeting: Meeting) -> dict[int, tuple[str, str]]:
    """Invitation id: what went wrong with its latest mail, in words and as a tone."""
    newest: dict[int, str] = {}
    for record_id, state in mails(meeting).values_list("record_id", "state"):
        newest.setdefault(record_id, state)
    return {pk: TROUBLE[state] for pk, state in newest.items() if state in TROUBLE}
