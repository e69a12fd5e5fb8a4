"""Students, a placement, an event and the portal's rows, for the role table."""

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from councils.models import Council, Seat
from partners.models import Contact
from placements.models import Event, HoursEntry, Placement, Student
from wbl.files.models import StoredFile
from wbl.tenancy.models import District
from wbl.web.dates import stamp


def build(world: SimpleNamespace, cedar: District) -> None:
    """Hattie of North with Acme since a month: her hours wait; a speaker came today. Jaylen is of South."""
    today = cedar.today()
    seventeen = dt.date(today.year - 17, 1, 1)
    world.hattie = Student.objects.create(name="Hattie Brandvold", birth_date=seventeen, school=world.north)
    world.jaylen = Student.objects.create(name="Jaylen Mott", birth_date=seventeen, school=world.south)
    start = {"organization": world.acme, "starts": today - dt.timedelta(30), "owner": world.coordinator}
    world.placement = Placement.objects.create(student=world.hattie, **start)
    world.placement.tick(step="matched", by=world.coordinator)
    world.placement.tick(step="agreed", by=world.coordinator)
    world.hours = HoursEntry.objects.create(placement=world.placement, date=today, hours=3)
    now = timezone.now()
    world.approved_at = world.confirmed_at = stamp(now)
    for hours in (1, 2):
        HoursEntry.objects.create(placement=world.placement, date=today - dt.timedelta(1), hours=hours)
    HoursEntry.objects.filter(hours=1).approve(by=world.coordinator, at=now)
    HoursEntry.objects.filter(hours=2).confirm(contact=None, name="Ray Halvorsen", at=now)
    world.over = Placement.objects.create(student=world.hattie, **start)
    world.over.end(by=world.coordinator, reason="The shop closed")
    world.talk = Event.objects.create(type="speaker", organization=world.acme, day=today, begins=dt.time(9))
    world.talk.add(students=[world.hattie])
    world.row = world.talk.roster.get()
    world.called_off = Event.objects.create(type="tour", organization=world.acme, day=today, begins=dt.time(9))
    world.called_off.cancel(reason="Snow", by=world.coordinator)
    world.pat = Contact.objects.create(organization=world.acme, name="Pat Umber", email="pat@acme.example")
    world.stored = StoredFile.keep(name="list.csv", content_type="text/csv", body=b"a,b", by=world.coordinator)
    council = Council.objects.create(name="Health Advisory Council")
    Seat.objects.create(council=council, contact=world.ray)
    meeting = council.call_meeting(
        day=today + dt.timedelta(7), starts=dt.time(9), ends=dt.time(10), place="Room 1", by=world.coordinator
    )
    world.council_invitation = meeting.invite(by=world.coordinator)[0]
    world.ask = world.acme.record(kind="call", summary="Asked", asked_for="tour", by=world.coordinator)
    world.answered = world.acme.record(
        kind="call", summary="Asked", asked_for="speaker", answer="no", by=world.coordinator
    )
