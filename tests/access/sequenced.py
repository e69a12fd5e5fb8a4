"""The world's sequences and calls: one with somebody on the way, one without, a call that is due."""

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from partners.mailings.sending import dispatch
from partners.models import Contact, Enrolment, Mailing, Organization, Sequence
from wbl.tenancy.models import District
from wbl.todo.models import Todo

STEPS = ({"kind": "call", "script": "Hello"}, {"kind": "mail", "template_key": "partners.hello"})


def build(world: SimpleNamespace, cedar: District) -> None:
    """Rows for tests/access/sequence_rows.py."""
    world.sequence = Sequence.make(name="Cold", steps=STEPS)
    world.sequence_step = world.sequence.steps.last()
    walked = Sequence.make(name="Warm", steps=STEPS)
    walked.switch_on(by=world.coordinator)
    world.walked = walked
    world.enrolment = Enrolment.begin(walked, world.ray, by=world.coordinator)
    warm = Contact.objects.create(organization=world.acme, name="Wilma Ash", email="wilma@acme.example")
    world.taken_out = Enrolment.begin(walked, warm, by=world.coordinator)
    world.taken_out.end(kind="hand", why="Taken out.", by=world.coordinator)
    cabinets = Organization.objects.create(name="Wren Cabinets", owner=world.coordinator)
    world.wren = Contact.objects.create(organization=cabinets, name="Wren Ellis", email="wren@cabinets.example")
    world.draft, world.under_way, world.discardable, world.discarded = (
        Mailing.objects.create(subject="News", body="Hello", by=world.coordinator, organization_ids=[world.acme.pk])
        for _ in range(4)
    )
    world.discarded.discard()
    dispatch(world.under_way, send_at=timezone.now() + dt.timedelta(5), by=world.coordinator)
    world.call = Todo.open(
        title="Call Ray", due=cedar.today(), owner=world.coordinator, about=world.acme, person=world.ray, kind="call"
    )
