"""The part of the small world that councils and pathways need."""

import datetime as dt
from types import SimpleNamespace
from typing import Any

from councils.models import Action, Council, Decision, Meeting, Seat
from partners.models import Contact, Organization
from pathways import versions
from pathways.models import Pathway, PathwayOccupation
from wbl.tenancy.models import District
from wbl.tenancy.scope import district


def build(world: SimpleNamespace, cedar: District) -> None:
    """In Cedar's scope: a council with meetings in every state; pathways, one of them the region's."""
    _council(world)
    _meetings(world, cedar)
    _pathways(world)


def _council(world: SimpleNamespace) -> None:
    world.council = Council.objects.create(name="Manufacturing Advisory Council", letter="M")
    world.archived_council = Council.objects.create(name="Gone Council", letter="G")
    world.archived_council.archive()
    world.seat = Seat.objects.create(council=world.council, contact=world.ray)
    of = Organization.objects.create(name="Ironwood Welding")
    lou = Contact.objects.create(organization=of, name="Lou Ferrante", email="lou@ironwood.example")
    world.former_seat = Seat.objects.create(council=world.council, contact=lou)
    world.former_seat.end()
    bea = Contact.objects.create(organization=of, name="Bea Lund", email="bea@ironwood.example")
    world.late_seat = Seat.objects.create(council=world.council, contact=bea)


def _meetings(world: SimpleNamespace, cedar: District) -> None:
    world.meeting = _meeting(world, cedar.today() + dt.timedelta(days=20))
    world.item, _second = (world.meeting.add_item(title=title) for title in ("Welcome", "Close"))
    world.asked = world.meeting.invite(by=world.coordinator, seats=[world.seat])[0]
    world.decision = Decision.objects.create(meeting=world.meeting, text="Minutes approved")
    world.action = Action.objects.create(
        meeting=world.meeting, text="Send prints", user=world.staff, due=world.meeting.day
    )
    world.action.put_on_list(by=world.coordinator)
    world.closed_meeting = _meeting(world, cedar.today() - dt.timedelta(days=20))
    world.closed_meeting.close(by=world.coordinator)
    world.approved_meeting = _meeting(world, cedar.today() - dt.timedelta(days=90))
    world.approved_item = world.approved_meeting.add_item(title="Welcome")
    world.approved_meeting.close(by=world.coordinator)
    world.approved_meeting.approve(by=world.coordinator)


def _meeting(world: SimpleNamespace, day: dt.date) -> Meeting:
    hours: dict[str, Any] = {"starts": dt.time(7, 30), "ends": dt.time(8, 45)}
    return world.council.call_meeting(day=day, place="Acme", by=world.coordinator, **hours)


def _pathways(world: SimpleNamespace) -> None:
    world.pathway = _pathway("Precision Manufacturing")
    world.step = world.pathway.steps.first()
    world.occupation = PathwayOccupation.objects.create(pathway=world.pathway, title="Machinist", source="Board, 2026")
    world.public_pathway = _pathway("Nursing")
    world.public_pathway.publish(by=world.coordinator)
    world.archived_pathway = _pathway("Gone Pathway")
    world.archived_pathway.archive()
    with district(world.tie.region):
        offered = versions.share(_drawn(_pathway("Wind Energy")))
        theirs = _pathway("Solar Energy")
        first = versions.share(_drawn(theirs))
    world.publication = offered
    world.adopted = versions.adopt(first, by=world.coordinator)
    with district(world.tie.region):
        theirs.append_step(grade="College", name="Degree")
        versions.share(_drawn(theirs))


def _pathway(name: str) -> Pathway:
    made = Pathway.objects.create(name=name, cluster="energy")
    for grade in ("Grade 9", "Grade 10"):
        made.append_step(grade=grade, name=f"{name} {grade[-2:].strip()}")
    return made


def _drawn(pathway: Pathway) -> Pathway:
    return Pathway.objects.drawn().get(pk=pathway.pk)
