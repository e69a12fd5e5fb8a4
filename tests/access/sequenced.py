"""The world's sequences and calls: one with somebody on the way, one without, a call that is due."""

from types import SimpleNamespace

from partners.models import Contact, Enrolment, Organization, Sequence
from wbl.tenancy.models import District
from wbl.todo.models import Todo

STEPS = ({"kind": "call", "script": "Hello"}, {"kind": "mail", "template_key": "partners.hello"})


def build(world: SimpleNamespace, cedar: District) -> None:
    """Rows for tests/access/sequence_rows.py."""
    world.sequence = Sequence.make(name="Cold", steps=STEPS)
    world.step = world.sequence.steps.last()
    walked = Sequence.make(name="Warm", steps=STEPS)
    walked.switch_on(by=world.coordinator)
    world.walked = walked
    world.enrolment = Enrolment.begin(walked, world.ray, by=world.coordinator)
    cabinets = Organization.objects.create(name="Wren Cabinets", owner=world.coordinator)
    world.wren = Contact.objects.create(organization=cabinets, name="Wren Ellis", email="wren@cabinets.example")
    world.call = Todo.open(
        title="Call Ray", due=cedar.today(), owner=world.coordinator, about=world.acme, person=world.ray, kind="call"
    )
