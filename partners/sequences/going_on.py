"""What moves people through sequences, and out of them. Asked before every planning; a dozen queries, however many."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from partners.asks import earlier_asks
from partners.models import Contact, TimelineEntry
from partners.models.sequences import Enrolment, EnrolmentStep, SequenceStep
from partners.models.stages import Stage, step_of
from partners.models.timeline import CONTACT_KINDS
from wbl.mail import texts
from wbl.mail.categories import Category
from wbl.mail.models import Message, OptOut, Suppression
from wbl.mail.people import recipient_of
from wbl.mail.render import values_for
from wbl.tenancy.record import kind_of
from wbl.todo.models import Todo

End = Enrolment.End


def stop_sequences(contact: Contact, why: str, *, kind: str = End.REPLY, by: Any = None) -> int:
    """End all sequences that this person is in; how many. `why` stands in the ledger beside what is canceled."""
    running = Enrolment.objects.running().filter(contact=contact).select_related("organization", "sequence", "contact")
    return sum(e.end(kind=kind, why=why, by=by) for e in running)


@transaction.atomic
def go_on() -> None:
    """End what is over, put due calls on lists, ask conditions."""
    running = list(
        Enrolment.objects.running()
        .filter(sequence__rule__active_since__isnull=False)
        .select_related("contact__organization__owner", "organization", "sequence", "owner")
    )
    if not running:
        return
    over = over_for(running)
    for enrolment in running:
        if found := over.get(enrolment.pk):
            enrolment.end(kind=found[0], why=found[1])
    going = [e for e in running if e.pk not in over]
    _steps({e.pk: e for e in going})
    _done(going)


def over_for(running: Sequence[Enrolment]) -> dict[int, tuple[str, str]]:
    """(kind, why) of those that must not go on as things stand, by id: two queries."""
    emails = {e.contact.email.strip().lower() for e in running if e.contact.email}
    out = set(
        OptOut.objects.standing().filter(email__in=emails, category=Category.REQUESTS).values_list("email", flat=True)
    )
    gone = set(Suppression.objects.standing().filter(email__in=emails).values_list("email", flat=True))
    found: dict[int, tuple[str, str]] = {}
    for enrolment in running:
        contact, partner = enrolment.contact, enrolment.contact.organization
        email = contact.email.strip().lower()
        if contact.left_on or partner.archived_at:
            found[enrolment.pk] = (End.GONE, recipient_of(contact).gone)
        elif contact.do_not_contact:
            found[enrolment.pk] = (End.OPTED_OUT, f"{contact} does not want to be contacted.")
        elif email in out:
            found[enrolment.pk] = (End.OPTED_OUT, f"{contact} opted out of requests.")
        elif email in gone:
            found[enrolment.pk] = (End.BOUNCED, f"Mail to {contact} bounced.")
        elif partner.stage != enrolment.stage_at_start and not _by_the_first_call(enrolment):
            found[enrolment.pk] = (End.STAGE, f"{partner} moved to {step_of(partner.stage).name}.")
    return found


def _by_the_first_call(enrolment: Enrolment) -> bool:
    """A logged call moves a prospect to "contacted" by itself: that is the sequence's own doing, no success of it."""
    return (enrolment.stage_at_start, enrolment.contact.organization.stage) == (Stage.PROSPECT, Stage.CONTACTED)


def _steps(going: dict[int, Enrolment]) -> None:
    """Calls and conditions whose day has come."""
    due = EnrolmentStep.objects.filter(enrolment__in=going, done_at=None, due__lte=timezone.localdate())
    rows = due.exclude(step__kind=SequenceStep.Kind.MAIL).select_related("step").order_by("due", "step__place")
    for run in rows:
        enrolment = going.get(run.enrolment_id)
        if enrolment is None or not _claimed(run):
            continue
        if run.step.kind == SequenceStep.Kind.CALL:
            _call(run, enrolment)
        elif why := _unmet(run.step, enrolment):
            enrolment.end(kind=End.CONDITION, why=why)
            del going[enrolment.pk]


def _claimed(run: EnrolmentStep) -> bool:
    """Nobody else has done it meanwhile: two planners may come by at once."""
    return bool(EnrolmentStep.objects.filter(pk=run.pk, done_at=None).update(done_at=timezone.now()))


def _call(run: EnrolmentStep, enrolment: Enrolment) -> None:
    contact = enrolment.contact
    Todo.open(
        title=f"Call {contact}: {enrolment.sequence}",
        due=timezone.localdate(),
        owner=enrolment.owner,
        about=contact.organization,
        person=contact,
        source=run,
        kind=Todo.Kind.CALL,
        note=script_for(run.step, enrolment),
    )


def script_for(step: SequenceStep, enrolment: Enrolment) -> str:
    """What to say, with its fields filled; what is empty is left as dots."""
    to = recipient_of(enrolment.contact)
    message = Message.addressed(to, enrolment.contact.organization, enrolment.owner)
    values = values_for(message, to, enrolment.contact.organization)
    return texts.each_field(step.script, lambda name, spare: values.get(name) or spare or "…")


def _unmet(step: SequenceStep, enrolment: Enrolment) -> str:
    """Why the condition does not hold, or nothing."""
    partner = enrolment.contact.organization
    if step.condition == SequenceStep.Condition.UNASKED:
        asked = earlier_asks(partner)
        return asked[0].words if asked else ""
    spoken = TimelineEntry.objects.filter(
        organization=partner, kind__in=CONTACT_KINDS, created_at__gt=enrolment.created_at
    )
    talk = spoken.exclude(kind="mail_out").first()
    return f"Somebody was in touch: {talk}" if talk else ""


def _done(going: list[Enrolment]) -> None:
    """All days are over and nothing waits any more."""
    today, last = timezone.localdate(), defaultdict(list)
    for run in EnrolmentStep.objects.filter(enrolment__in=[e.pk for e in going]):
        last[run.enrolment_id].append(run)
    ended = {pk for pk, runs in last.items() if max(run.due for run in runs) < today}
    ids = {run.pk: pk for pk, runs in last.items() if pk in ended for run in runs}
    waits = Message.objects.waiting().filter(record_kind=kind_of(EnrolmentStep), record_id__in=ids)
    ended -= {ids[pk] for pk in waits.values_list("record_id", flat=True)}
    for enrolment in going:
        if enrolment.pk in ended or enrolment.pk not in last:
            enrolment.end(kind=End.DONE, why="All steps are done.")
