from councils.models.councils import Council, CouncilKind, CouncilPathway, Quorum
from councils.models.invitations import Answer, Invitation
from councils.models.meetings import AgendaItem, Amendment, Conflict, Locked, Meeting
from councils.models.outcomes import Action, Decision, Purpose, Recommendation, State
from councils.models.seats import Category, Seat

__all__ = [
    "Action",
    "AgendaItem",
    "Amendment",
    "Answer",
    "Category",
    "Conflict",
    "Council",
    "CouncilKind",
    "CouncilPathway",
    "Decision",
    "Invitation",
    "Locked",
    "Meeting",
    "Purpose",
    "Quorum",
    "Recommendation",
    "Seat",
    "State",
]
