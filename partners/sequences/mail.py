"""A sequence's mails are a rule's mails: the same planner, ledger and simulation. Loaded by partners.emails."""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models.sequences import TRIGGER, EnrolmentStep, SequenceStep
from partners.sequences.going_on import go_on, over_for
from partners.sequences.moving import why_moved
from wbl.mail.categories import Category
from wbl.mail.models import MailTemplate, Message, Rule
from wbl.mail.people import recipient_of
from wbl.mail.triggers import Occasion, Trigger, Verdict, Window, cancel, register
from wbl.web.dates import plain_day


@register
class SequenceMail(Trigger):
    """The reference date is the day that the step was given when the person was put into the sequence."""

    key = TRIGGER
    label = _("Sequence")
    about = _("A step of a sequence.")
    category = Category.REQUESTS
    hour = dt.time(9, 0)
    is_listed = False
    repeats = False

    def describe(self, record: EnrolmentStep) -> str:
        """The letter; which sequence it is, the rule says."""
        return getattr(record, "letter", "") or MailTemplate.of(record.step.template_key).name

    def due_for(self, rule: Rule, window: Window) -> Iterator[Occasion]:
        yield from self._occasions(
            _runs().filter(enrolment__sequence__rule=rule, due__range=(window.first, window.last))
        )

    def due(self, window: Window) -> Iterator[Occasion]:
        yield from self._occasions(_runs().filter(due__range=(window.first, window.last)))

    def occasions_of(self, records: Sequence[EnrolmentStep]) -> Iterator[Occasion]:
        yield from self._occasions(_runs().filter(pk__in=[r.pk for r in records]))

    def _occasions(self, runs: Any) -> Iterator[Occasion]:
        runs = list(runs)
        over = over_for([run.enrolment for run in runs]) if runs else {}  # also before `go_on` has ended it
        names = {t.key: t.name for t in MailTemplate.offered()} if runs else {}
        for run in runs:
            enrolment, run.letter = run.enrolment, names.get(run.step.template_key, "")
            if enrolment.pk in over:
                continue
            yield Occasion(
                record=run,
                date=run.due,
                to=recipient_of(enrolment.contact),
                owner=enrolment.owner,
                because=f"{enrolment.by or 'Somebody'} put them into “{enrolment.sequence}” on {plain_day(enrolment.started_on)}.",
            )

    def texts(self, record: EnrolmentStep, language: str) -> tuple[str, str]:
        return MailTemplate.of(record.step.template_key).text_in(language)

    def why_not(self, record: EnrolmentStep) -> Verdict:
        _kind, now = over_for([record.enrolment]).get(record.enrolment_id, ("", ""))
        return cancel(record.enrolment.ended_why or now or "The step is no mail any more.")

    def on_sent(self, messages: Sequence[Message]) -> None:
        EnrolmentStep.objects.filter(pk__in=[m.record_id for m in messages]).update(done_at=timezone.now())

    def days_moved(self, messages: Sequence[Message]) -> dict[int, str]:
        runs = EnrolmentStep.objects.filter(pk__in={m.record_id for m in messages})
        return why_moved(set(runs.values_list("enrolment", flat=True)))

    def page_of(self, rule: Rule) -> str:
        return rule.sequence.get_absolute_url()

    def prepare(self) -> None:
        go_on()


def _runs() -> Any:
    rows = EnrolmentStep.objects.filter(step__kind=SequenceStep.Kind.MAIL, enrolment__ended_at=None)
    return rows.select_related(
        "step", "enrolment__sequence", "enrolment__owner", "enrolment__by", "enrolment__contact__organization__owner"
    ).order_by("due", "pk")
