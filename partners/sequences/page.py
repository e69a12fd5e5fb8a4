"""A sequence as a line: who stands where, and what came of each step."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count
from django.utils import timezone

from partners.models import Enrolment, EnrolmentStep, Sequence, SequenceStep
from partners.sequences.moving import why_moved
from wbl.mail import texts
from wbl.mail.models import MailTemplate, Message, State
from wbl.tenancy.record import kind_of
from wbl.todo.models import Todo

SHOWN = 6  # people of a step that stand open


@dataclass
class Station:
    """One step with its people and outcomes."""

    step: SequenceStep
    day: int  # days from the start
    number: int = 0  # of what happens; waiting is none
    text: str = ""
    script: str = ""  # what to say, its fields as words
    template: MailTemplate | None = None
    here: list[Enrolment] = field(default_factory=list)
    sent: int = 0
    replied: int = 0
    moved: int = 0
    left: int = 0  # ended here for another reason

    @property
    def shown(self) -> list[Enrolment]:
        return self.here[:SHOWN]

    @property
    def folded(self) -> list[Enrolment]:
        return self.here[SHOWN:]

    @property
    def outcomes(self) -> list[tuple[str, int]]:
        """What came of it: the word and how many, where there are any."""
        done = "called" if self.step.kind == SequenceStep.Kind.CALL else "sent"
        found = [(done, self.sent), ("answered", self.replied), ("moved to another stage", self.moved)]
        return [(word, number) for word, number in [*found, ("ended otherwise", self.left)] if number]


def balance(sequence: Sequence) -> list[tuple[str, int]]:
    """How many were put in, are on the way, and how it ended for the others: one query."""
    ends = dict(sequence.enrolments.values_list("ended_kind").annotate(n=Count("pk")).order_by())
    found = [("put in", sum(ends.values())), ("on the way", ends.pop("", 0))]
    return found + [(str(end.label).lower(), ends[end]) for end in Enrolment.End if end in ends]


def stations(sequence: Sequence) -> list[Station]:
    """Thirteen queries, however many steps and people."""
    made, day, number = [], 0, 0
    for step in sequence.steps.all():
        waits = step.kind == SequenceStep.Kind.WAIT
        day, number = day + (step.days if waits else 0), number + (not waits)
        made.append(Station(step, day, 0 if waits else number, str(step)))
    by_step = {station.step.pk: station for station in made}
    letters, meanings = {t.key: t for t in MailTemplate.offered()}, MailTemplate.new().fields()
    runs = list(EnrolmentStep.objects.filter(enrolment__sequence=sequence).order_by("due", "step__place"))
    step_of = {run.pk: run.step_id for run in runs}
    for station in made:
        station.template = letters.get(station.step.template_key)
        station.script = texts.in_words(station.step.script, meanings)
    for pk, count in _sent(step_of).items():
        by_step[pk].sent = count
    _stand(sequence, runs, by_step)
    for kind, pk in sequence.enrolments.exclude(ended_step=None).values_list("ended_kind", "ended_step"):
        name = {"reply": "replied", "stage": "moved", "done": ""}.get(kind, "left")
        if name and pk in by_step:
            setattr(by_step[pk], name, getattr(by_step[pk], name) + 1)
    return made


def _sent(step_of: dict[int, int]) -> Counter[int]:
    """Mails that went out and calls that were made, by step."""
    kind, ids = kind_of(EnrolmentStep), list(step_of)
    mails = Message.objects.gone_out().filter(record_kind=kind, record_id__in=ids).values_list("record_id", flat=True)
    calls = Todo.objects.exclude(done_at=None).filter(source_kind=kind, source_id__in=ids)
    return Counter(step_of[pk] for pk in [*mails, *calls.values_list("source_id", flat=True)])


def _stand(sequence: Sequence, runs: list[EnrolmentStep], by_step: dict[int, Station]) -> None:
    """Everybody at the first step that is still to come; who has none left, at the last."""
    own: dict[int, list[EnrolmentStep]] = defaultdict(list)
    for run in runs:
        own[run.enrolment_id].append(run)
    today, why = timezone.localdate(), why_moved(set(own))
    off = set(_called_off([run.pk for run in runs]))
    for enrolment in sequence.enrolments.running().select_related("contact", "organization"):
        steps = own[enrolment.pk]
        ahead = [run for run in steps if run.done_at is None and run.due >= today] or steps[-1:]
        if ahead:
            enrolment.next_due = ahead[0].due  # type: ignore[attr-defined]
            enrolment.moved = why.get(ahead[0].pk, "")  # type: ignore[attr-defined]
            enrolment.called_off = ahead[0].pk in off  # type: ignore[attr-defined]
            by_step[ahead[0].step_id].here.append(enrolment)


def _called_off(runs: list[int]) -> Any:
    """Of these steps of people, those whose mail somebody canceled: one query."""
    rows = Message.objects.filter(record_kind=kind_of(EnrolmentStep), record_id__in=runs, state=State.CANCELLED)
    return rows.exclude(stopped_by=None).values_list("record_id", flat=True)
