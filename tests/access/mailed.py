"""The world's mail: a rule that is on, a mail that waits, one held back, an address that bounced."""

import datetime as dt
from types import SimpleNamespace

from django.utils import timezone

from wbl.files.models import StoredFile
from wbl.mail import addresses, planner, second_thoughts
from wbl.mail.models import IncomingFile, IncomingMail, MailTemplate, Message, Rule, Suppression
from wbl.mail.triggers import cancel
from wbl.tenancy.models import District
from wbl.todo.models import Todo


def build(world: SimpleNamespace, cedar: District) -> None:
    """Rows for tests/access/mail_rows.py."""
    rule = Rule.of("partners.follow_up_due")
    rule.switch_on(by=world.coordinator)
    world.rule = rule.key
    extra = Rule.another(rule.trigger)
    extra.save()
    world.extra_rule = extra.key
    due = cedar.today() + dt.timedelta(7)
    world.follow_up = Todo.open(title="Ask again", due=due, owner=world.coordinator, about=world.acme, person=world.ray)
    held = Todo.open(title="And again", due=due, owner=world.coordinator, about=world.acme, person=world.ray)
    off = Todo.open(title="Not this one", due=due, owner=world.coordinator, about=world.acme, person=world.ray)
    world.old = Todo.open(
        title="Long ago", due=due - dt.timedelta(20), owner=world.coordinator, about=world.acme, person=world.ray
    )
    planner.plan()
    Rule.objects.update(planned_at=timezone.now())
    world.message = Message.objects.get(record_id=world.follow_up.pk)
    world.held = Message.objects.get(record_id=held.pk)
    world.held.stop(cancel("Canceled by hand."), by=world.admin)
    world.stopped_mail = Message.objects.get(record_id=off.pk)
    second_thoughts.call_off(world.stopped_mail, by=world.coordinator)
    world.secrets["unsubscribe"] = addresses.unsubscribe_token(world.message.pk)
    Suppression.add(email="gone@acme.example", detail="550 no such user")
    world.suppression = Suppression.objects.get()
    world.template = _template("Thanks").key
    removed = _template("Old thanks")
    removed.remove()
    world.removed_template = removed.key
    came = IncomingMail.objects.create(
        message=world.message,
        kind="reply",
        external_id="<1@x>",
        from_email="ray@acme.example",
        received_at=timezone.now(),
    )
    stored = StoredFile.keep(name="map.pdf", content_type="application/pdf", body=b"%PDF")
    world.came_mail = came
    world.came = IncomingFile.objects.create(mail=came, file=stored)


def _template(name: str) -> MailTemplate:
    made = MailTemplate.new()
    made.name, made.subject, made.body = name, name, "Dear {{ contact.called }}"
    made.save()
    return made
