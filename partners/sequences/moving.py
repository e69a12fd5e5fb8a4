"""Why a step does not come on the day that its waiting leads to: there is no school then."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from partners.models import Enrolment, EnrolmentStep, SequenceStep
from wbl.tenancy.calendar import SchoolCalendar
from wbl.web.dates import plain_day


def moved_from(named: dt.date, day: dt.date) -> str:
    """ "Moved from Thursday, Nov 26: no school.", or nothing where it is the same day."""
    return f"Moved from {named:%A}, {plain_day(named)}: no school." if named != day else ""


def why_moved(enrolments: Collection[int]) -> dict[int, str]:
    """By EnrolmentStep.pk, of these people, where a holiday or a weekend moved the step: five queries."""
    if not enrolments:
        return {}
    calendar, waits, runs = SchoolCalendar.load(), defaultdict(list), defaultdict(list)
    begun = {e.pk: e for e in Enrolment.objects.filter(pk__in=enrolments)}
    steps = SequenceStep.objects.filter(sequence__in={e.sequence_id for e in begun.values()})
    for step in steps.filter(kind=SequenceStep.Kind.WAIT):
        waits[step.sequence_id].append(step)
    for run in EnrolmentStep.objects.filter(enrolment__in=begun).select_related("step").order_by("step__place"):
        runs[run.enrolment_id].append(run)
    found = {}
    for pk, own in runs.items():
        for run, named in _named(begun[pk], own, waits[begun[pk].sequence_id]):
            if named != run.due and calendar.next_school_day(named) == run.due:
                found[run.pk] = moved_from(named, run.due)
    return found


def _named(
    enrolment: Enrolment, runs: list[EnrolmentStep], waits: list[SequenceStep]
) -> list[tuple[EnrolmentStep, dt.date]]:
    """Each step with the day that the one before it and the waiting in between lead to."""
    made, place = [], 0
    named = day = enrolment.started_on
    for run in runs:
        if waited := sum(w.days for w in waits if place < w.place < run.step.place):
            named = day + dt.timedelta(waited)
        made.append((run, named))
        day, place = run.due, run.step.place
    return made
