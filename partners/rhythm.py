"""Mail that follows the time since somebody was last in touch, and the year since a partner said what it offers."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, ClassVar

from django.db.models import Exists, Max, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partners.models import Contact, Offer, Organization, Stage, TimelineEntry
from partners.models.stages import warm_stages
from partners.models.timeline import CONTACT_KINDS
from wbl.mail.categories import Category
from wbl.mail.people import Recipient, recipient_of
from wbl.mail.triggers import Occasion, Trigger, Verdict, Window, cancel, register, withhold
from wbl.tenancy.scope import current_district
from wbl.web.dates import plain_day

MIDNIGHT = dt.time(0, 0)


def contacts_of(organizations: Iterable[int | None]) -> dict[int, list[Contact]]:
    """Everybody of these partners, oldest first: one query."""
    found: dict[int, list[Contact]] = {}
    rows = Contact.objects.filter(organization__in=organizations).select_related("organization__owner").order_by("id")
    for contact in rows:
        found.setdefault(contact.organization_id, []).append(contact)
    return found


def turn_to(partner: Organization, contacts: Sequence[Contact], named: Contact | None = None) -> Recipient:
    """`named`, else the partner's first current contact with an address who wants mail, else any current one."""
    current = [c for c in contacts if not c.left_on]
    willing = [c for c in current if c.email and not c.do_not_contact]
    if chosen := ([named] if named else willing or current):
        return recipient_of(chosen[0])
    return Recipient(email="", name=partner.name, called=partner.name, about=partner)


def touches() -> Any:
    """Entries in which a person was in touch: what the system mailed by itself is none."""
    return TimelineEntry.objects.filter(kind__in=CONTACT_KINDS).exclude(kind="mail_out", by=None)


class OfPartner(Trigger):
    """What triggers about a partner as a whole share: its record, its reader, when it is over."""

    stages: ClassVar[tuple[str, ...]] = ()  # none: those in which a partner works with the district

    def describe(self, record: Organization) -> str:
        return f"{self.label}: {record.name}"

    def wanted(self) -> Any:
        stages = self.stages or warm_stages()
        return Organization.objects.present().in_stage(*stages).select_related("owner")

    def occasions(self, dates: dict[int, dt.date]) -> Iterator[Occasion]:
        """One for each of these partners that is still wanted, by id and date."""
        partners = self.wanted().in_bulk(list(dates))
        contacts = contacts_of(partners)
        for pk, day in sorted(dates.items(), key=lambda pair: (pair[1], pair[0])):
            if partner := partners.get(pk):
                to = turn_to(partner, contacts.get(pk, []))
                yield Occasion(record=partner, date=day, to=to, owner=partner.owner, because=self.because(day))

    def because(self, day: dt.date) -> str:
        raise NotImplementedError

    def values(self, record: Organization, to: Recipient) -> dict[str, str]:
        return {"organization.name": record.name}  # also where nobody there is named

    def why_not(self, record: Organization) -> Verdict:
        if record.archived_at:
            return withhold("The partner is archived.")
        return cancel(f"{record.name} is {record.get_stage_display().lower()} now.")


class Quiet(OfPartner):
    """The reference date is the day of the last contact, or that on which the partner was added."""

    fields = {"last.day": "the day somebody was last in touch"}
    may_be_empty = frozenset({"last.day"})

    def due(self, window: Window) -> Iterator[Occasion]:
        here = current_district()
        first, end = here.at(window.first, MIDNIGHT), here.at(window.last + dt.timedelta(1), MIDNIGHT)
        of_stage = self.wanted().order_by()
        last = _last(touches().filter(organization__in=of_stage.values("pk"))).filter(last__gte=first, last__lt=end)
        never = of_stage.filter(~Exists(touches().filter(organization=OuterRef("pk"))))
        fresh = never.filter(created_at__gte=first, created_at__lt=end).values_list("pk", "created_at")
        yield from self.occasions({pk: here.local(at).date() for pk, at in [*last, *fresh]})

    def occasions_of(self, records: Sequence[Organization]) -> Iterator[Occasion]:
        here, days = current_district(), {r.pk: r.created_at for r in records}
        days |= dict(_last(touches().filter(organization__in=list(days))))
        yield from self.occasions({pk: here.local(at).date() for pk, at in days.items()})

    def moved(self, day: dt.date) -> str:
        return f"Somebody was in touch on {plain_day(day)}."

    def because(self, day: dt.date) -> str:
        return f"Nobody has been in touch since {plain_day(day)}."

    def values(self, record: Organization, to: Recipient) -> dict[str, str]:
        last = touches().filter(organization=record).aggregate(last=Max("at"))["last"]
        return {**super().values(record, to), "last.day": plain_day(timezone.localdate(last)) if last else ""}


def _last(rows: Any) -> Any:
    return rows.order_by().values("organization").annotate(last=Max("at")).values_list("organization", "last")


@register
class ProspectUntouched(Quiet):
    key = "partners.prospect_untouched"
    label = _("Prospect untouched")
    about = _("Somebody you have never won, or once wrote to, and nobody has spoken with since.")
    category = Category.REQUESTS
    stages = (Stage.PROSPECT, Stage.CONTACTED)
    offsets = (14,)
    subject = "Could {{ organization.name }} open a door for a student?"
    body = (
        "Hello {{ contact.called }},\n\n"
        "our students are choosing what to learn for, and most have never seen a place like {{ organization.name }} "
        "from the inside. You could change that:\n\n"
        "- an hour as a guest speaker,\n- a tour for one class,\n- a student beside you for a day.\n\n"
        "Which of these could you imagine? A line in answer is enough, and I will arrange the rest.\n\n"
        "{{ owner.name|Your coordinator }}\n{{ district.name }}"
    )
    subject_es = "¿Podría {{ organization.name }} abrirle una puerta a un estudiante?"
    body_es = (
        "Hola, {{ contact.called }}:\n\n"
        "nuestros estudiantes están eligiendo qué aprender, y la mayoría nunca ha visto por dentro un lugar como "
        "{{ organization.name }}. Usted puede cambiarlo:\n\n"
        "- una hora como orador invitado,\n- una visita para una clase,\n- un estudiante a su lado por un día.\n\n"
        "¿Cuál de estas le parece posible? Basta con una línea en respuesta; yo me encargo del resto.\n\n"
        "{{ owner.name|Su coordinador }}\n{{ district.name }}"
    )


@register
class NoContact(Quiet):
    key = "partners.no_contact"
    label = _("No contact for long")
    about = _("A partner who works with you and has heard from nobody for 60 days, and again after 90.")
    category = Category.REMINDERS
    offsets = (60, 90)
    subject = "How are things at {{ organization.name }}?"
    body = (
        "Hello {{ contact.called }},\n\n"
        "we last spoke on {{ last.day|a day too long ago }}, and I would not want you to hear from us only when we need "
        "something. Is anything new at {{ organization.name }}, or has anything not gone well with our students?\n\n"
        "Answer this mail, or tell me when I may call.\n\n"
        "{{ owner.name|Your coordinator }}\n{{ district.name }}"
    )
    subject_es = "¿Cómo van las cosas en {{ organization.name }}?"
    body_es = (
        "Hola, {{ contact.called }}:\n\n"
        "hablamos por última vez el {{ last.day|hace demasiado tiempo }}, y no quisiera que supiera de nosotros solo "
        "cuando necesitamos algo. ¿Hay algo nuevo en {{ organization.name }}, o algo que no haya ido bien con nuestros "
        "estudiantes?\n\n"
        "Responda a este correo, o dígame cuándo puedo llamarle.\n\n"
        "{{ owner.name|Su coordinador }}\n{{ district.name }}"
    )


@register
class AnnualRenewal(OfPartner):
    """A year after the partner's offers were last written down or changed."""

    key = "partners.annual_renewal"
    label = _("Annual renewal")
    about = _("A year after a partner’s offers were last written down or changed: does it all still hold?")
    category = Category.REMINDERS
    offsets = (-14,)
    subject = "Another year with our students?"
    body = (
        "Hello {{ contact.called }},\n\n"
        "a year ago {{ organization.name }} told us what it can do for our students:\n\n"
        "{{ offers|what you offered then }}\n\n"
        "Does that still hold for the coming year? Answer “yes”, or tell me what has changed.\n\n"
        "Thank you.\n\n"
        "{{ owner.name|Your coordinator }}\n{{ district.name }}"
    )
    subject_es = "¿Otro año con nuestros estudiantes?"
    body_es = (
        "Hola, {{ contact.called }}:\n\n"
        "hace un año {{ organization.name }} nos dijo qué puede hacer por nuestros estudiantes:\n\n"
        "{{ offers|lo que ofreció entonces }}\n\n"
        "¿Sigue siendo así para el próximo año? Responda “sí”, o dígame qué ha cambiado.\n\n"
        "Gracias.\n\n"
        "{{ owner.name|Su coordinador }}\n{{ district.name }}"
    )
    fields = {"offers": "what they offer, a line each"}
    may_be_empty = frozenset({"offers"})

    def due(self, window: Window) -> Iterator[Occasion]:
        days = _renewals(Offer.objects.open().filter(organization__in=self.wanted().order_by().values("pk")))
        yield from self.occasions({pk: day for pk, day in days.items() if window.first <= day <= window.last})

    def occasions_of(self, records: Sequence[Organization]) -> Iterator[Occasion]:
        yield from self.occasions(_renewals(Offer.objects.open().filter(organization__in=[r.pk for r in records])))

    def because(self, day: dt.date) -> str:
        return f"What they offer was last written down a year before {plain_day(day)}."

    def moved(self, day: dt.date) -> str:
        return "What they offer was changed meanwhile."

    def why_not(self, record: Organization) -> Verdict:
        if Offer.objects.open().filter(organization=record).exists():
            return super().why_not(record)
        return cancel("They offer nothing any more.")

    def values(self, record: Organization, to: Recipient) -> dict[str, str]:
        offers = Offer.objects.open().filter(organization=record)
        return {**super().values(record, to), "offers": "\n".join(f"– {offer}" for offer in offers)}


def _renewals(offers: Any) -> dict[int, dt.date]:
    here = current_district()
    last = offers.order_by().values("organization").annotate(last=Max("updated_at"))
    return {row["organization"]: a_year_after(here.local(row["last"]).date()) for row in last}


def a_year_after(day: dt.date) -> dt.date:
    """The same day a year later; the last of February for February 29."""
    return day.replace(year=day.year + 1, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=day.year + 1)
