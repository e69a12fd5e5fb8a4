from placements.models.events import Event, RosterRow
from placements.models.hours import HoursEntry
from placements.models.placements import STEPS, Placement, PlacementStep, Status
from placements.models.students import Student

__all__ = ["STEPS", "Event", "HoursEntry", "Placement", "PlacementStep", "RosterRow", "Status", "Student"]
