"""Whom a sequence takes in, and why not; what it would do with them, and when."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone

from partners.finding import others_addresses
from partners.models import Contact, Enrolment, Organization, Sequence, SequenceStep, TimelineEntry
from partners.rhythm import contacts_of, touches, turn_to
from partners.sequences.moving import moved_from
from wbl.mail import planner, preview
from wbl.mail.models import MailTemplate, Message
from wbl.mail.people import recipient_of
from wbl.mail.triggers import Occasion
from wbl.tenancy.calendar import SchoolCalendar
from wbl.web.dates import day_in_words, moment_in_words, plain_day

LATELY = dt.timedelta(days=60)  # who spoke with them in this time is named before they are put in


@dataclass(frozen=True)
class Candidate:
    """A partner, whom one would write to there, why they can't be put in (or nothing), who was in touch lately, and whose
    address it is besides."""

    organization: Organization
    contact: Contact | None
    why_not: str = ""
    talked: str = ""
    shared: str = ""


def candidates(contacts: Iterable[Contact], organizations: Iterable[Organization]) -> list[Candidate]:
    """The named people, then the main person of each partner: four queries."""
    chosen = [Candidate(c.organization, c) for c in contacts]
    known = {c.organization.pk for c in chosen}
    rest = [o for o in organizations if o.pk not in known]
    people = contacts_of([o.pk for o in rest])
    chosen += [Candidate(o, turn_to(o, people.get(o.pk, [])).person) for o in rest]  # type: ignore[arg-type]
    running: dict[int | None, str] = {
        e.contact_id: f"{e.contact} is in “{e.sequence}” already."
        for e in Enrolment.objects.running()
        .filter(contact__in=[c.contact for c in chosen if c.contact])
        .select_related("contact", "sequence")
    }
    talked = _talked({c.organization.pk for c in chosen})
    shared = others_addresses([c.contact for c in chosen if c.contact])
    return [
        Candidate(
            c.organization,
            c.contact,
            _why_not(c, running),
            talked.get(c.organization.pk, ""),
            shared.get(c.contact.pk, "") if c.contact else "",
        )
        for c in chosen
    ]


def _why_not(candidate: Candidate, running: dict[int | None, str]) -> str:
    contact = candidate.contact
    if contact is None:
        return "Nobody there is known. Add a contact first."
    if contact.do_not_contact:
        return f"{contact} does not want to be contacted."
    return running.get(contact.pk, "")


def _talked(organizations: set[int]) -> dict[int, str]:
    """The last time somebody was in touch with each of these partners lately, in words: one query."""
    rows = touches().filter(organization__in=organizations, at__gt=timezone.now() - LATELY)
    last = rows.select_related("by", "contact").order_by("organization_id", "-at").distinct("organization_id")
    return {entry.organization_id: _in_words(entry) for entry in last}


def _in_words(entry: TimelineEntry) -> str:
    by = f", {entry.by.short_name}" if entry.by else ""
    return f"{entry.title} on {plain_day(timezone.localdate(entry.at))}{by}."


def enrol(sequence: Sequence, found: Iterable[Candidate], *, by: Any) -> list[Enrolment]:
    """Put in those whom nothing stands against."""
    return [Enrolment.begin(sequence, c.contact, by=by) for c in found if c.contact and not c.why_not]


@dataclass(frozen=True)
class Coming:
    """One step as it would come for somebody who is put in today."""

    step: SequenceStep
    what: str
    when: str
    moved: str = ""  # why it is not the day that the waiting leads to
    number: int = 0  # of what happens; waiting is none
    after: str = ""  # "then 7 days": what was waited before it
    letter: Message | None = None  # as the first of them would get it
    inside: str = ""  # the letter's HTML
    wrong: str = ""  # why it can't be written to them


@dataclass(frozen=True)
class Choice:
    """A sequence that one may choose, with what it would do and when; `doubt` says why it may not be for them."""

    sequence: Sequence
    steps: list[Coming]
    doubt: str = ""


def choices(sequences: Iterable[Sequence], found: list[Candidate], *, by: Any) -> list[Choice]:
    """Their days are made by the code that enrols, the hours by the planner: a handful of queries in all. What nobody
    doubts comes first."""
    calendar, today = SchoolCalendar.load(), timezone.localdate()
    letters = {t.key: t for t in MailTemplate.offered()}
    spoken = sum(1 for c in found if c.talked and not c.why_not)
    reader = next((c for c in found if c.contact and not c.why_not), None)
    made = []
    for each in sequences:
        waits = _waits(each)
        steps = [
            replace(
                _coming(each, step, day, calendar, letters),
                number=number,
                after=waits.get(step.pk, ""),
                moved=moved_from(named, day),
                **_read(letters.get(step.template_key), reader, by),
            )
            for number, (step, day, named) in enumerate(each.schedule(today, calendar), start=1)
        ]
        cold = any(coming.step.condition == SequenceStep.Condition.QUIET for coming in steps)
        made.append(Choice(each, steps, _doubt(spoken) if cold and spoken else ""))
    return sorted(made, key=lambda choice: bool(choice.doubt))


def _waits(sequence: Sequence) -> dict[int, str]:
    """What is waited before each step, in words, by the step's id."""
    found, days = {}, 0
    for step in sequence.steps.all():
        if step.kind == SequenceStep.Kind.WAIT:
            days += step.days
        elif days:
            found[step.pk], days = f"then {days} day{'' if days == 1 else 's'}", 0
    return found


def _doubt(spoken: int) -> str:
    whom = "one of them" if spoken == 1 else f"{spoken} of them"
    return f"It is for partners nobody has spoken with, and somebody was in touch with {whom} lately."


def _read(template: MailTemplate | None, reader: Candidate | None, by: Any) -> dict[str, Any]:
    """The letter as the first of those who can be put in would get it."""
    if template is None or reader is None or reader.contact is None:
        return {}
    owner = reader.organization.owner or by
    occasion = Occasion(record=reader.contact, date=timezone.localdate(), to=recipient_of(reader.contact), owner=owner)
    letter, wrong = preview.of_template(template, occasion)
    return {"letter": letter, "inside": preview.inside_of(letter), "wrong": wrong}


def _coming(
    sequence: Sequence, step: SequenceStep, day: dt.date, calendar: SchoolCalendar, letters: dict[str, MailTemplate]
) -> Coming:
    if step.kind != SequenceStep.Kind.MAIL:
        what = "Call, on the list of calls" if step.kind == SequenceStep.Kind.CALL else str(step)
        return Coming(step, what, day_in_words(day))
    at = planner.due_at(sequence.rule, calendar, day, sequence.rule.days[0])
    when = moment_in_words(at) if at > timezone.now() else "at once"
    name = letters[step.template_key].name if step.template_key in letters else step.template_key
    return Coming(step, f"Mail “{name}”", when)
