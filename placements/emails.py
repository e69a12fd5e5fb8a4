"""Mail of placements: the thank-you after an activity."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.rhythm import contacts_of, turn_to
from placements.models import Event
from wbl.mail.categories import Category
from wbl.mail.people import Recipient
from wbl.mail.triggers import Occasion, Trigger, Verdict, Window, cancel, register, withhold
from wbl.web.dates import plain_day


@register
class ThankYou(Trigger):
    """Goes to whoever hosted or came, the day after; a canceled event thanks nobody."""

    key = "placements.thank_you"
    label = _("Thank-you after an activity")
    about = _("The day after a tour, a speaker or another event, to the person who hosted it.")
    category = Category.REMINDERS
    offsets = (1,)
    by_school = True
    subject = "Thank you for the {{ event.what }}"
    body = (
        "Hello {{ contact.called }},\n\n"
        "thank you for the {{ event.what }} on {{ event.day }}. {{ event.came|Our students }} saw what their lessons "
        "are for, and they will not forget who showed them.\n\n"
        "If anything should go better next time, tell me in a line.\n\n"
        "{{ owner.name|Your coordinator }}\n{{ district.name }}"
    )
    subject_es = "Gracias por recibir a nuestros estudiantes"
    body_es = (
        "Hola, {{ contact.called }}:\n\n"
        "gracias por lo del {{ event.day }}. Nuestros estudiantes vieron para qué sirve lo que aprenden, "
        "y no olvidarán quién se lo mostró.\n\n"
        "Si algo debería salir mejor la próxima vez, dígamelo en una línea.\n\n"
        "{{ owner.name|Su coordinador }}\n{{ district.name }}"
    )
    fields = {
        "event.what": "what it was, as in: company tour",
        "event.day": "the day",
        "event.came": "how many came, as in: 12 students; empty until the roll is called",
    }
    may_be_empty = frozenset({"event.came"})

    def describe(self, record: Event) -> str:
        return f"Thank-you: {record.headline}, {plain_day(record.day)}"

    def due(self, window: Window) -> Iterator[Occasion]:
        yield from self._occasions(_held().filter(day__gte=window.first, day__lte=window.last))

    def occasions_of(self, records: Sequence[Event]) -> Iterator[Occasion]:
        yield from self._occasions(_held().filter(pk__in=[r.pk for r in records]))

    def school_of(self, record: Event) -> int | None:
        return record.school_id

    def _occasions(self, events: Any) -> Iterator[Occasion]:
        found = list(events)
        contacts = contacts_of({event.organization_id for event in found})
        for event in found:
            yield Occasion(
                record=event,
                date=event.day,
                to=turn_to(event.organization, contacts.get(event.organization_id, []), event.contact),
                owner=event.organization.owner,
                school=event.school_id,
                because=f"{event.headline} was on {plain_day(event.day)}."[:300],
            )

    def values(self, record: Event, to: Recipient) -> dict[str, str]:
        came = record.roster.filter(attended=True).count()
        return {
            "event.what": (record.title or str(record.get_type_display()).lower()),  # type: ignore[attr-defined]
            "event.day": plain_day(record.day),
            "event.came": f"{came} student{'' if came == 1 else 's'}" if came else "",
        }

    def why_not(self, record: Event) -> Verdict:
        if record.cancelled_at:
            return cancel(f"It was called off on {plain_day(timezone.localdate(record.cancelled_at))}.")
        return withhold("The partner is archived.")


def _held() -> Any:
    rows = Event.objects.held().filter(organization__archived_at=None)
    return rows.select_related("organization__owner", "contact__organization__owner")
