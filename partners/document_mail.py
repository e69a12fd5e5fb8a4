"""The mails before a partner's paper lapses, and on the day to come back to somebody. Loaded by partners.emails."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from partners.models import Contact, Organization, PartnerDocument
from partners.rhythm import contacts_of
from wbl.mail.categories import Category
from wbl.mail.people import Recipient, recipient_of
from wbl.mail.triggers import Occasion, Trigger, Verdict, Window, cancel, register, withhold
from wbl.web.dates import plain_day


@register
class DocumentLapses(Trigger):
    """An insurance certificate, an agreement or a check is about to end: ask for the next one."""

    key = "partners.document_lapses"
    label = _("Document lapses")
    about = _(
        "Before an agreement, an insurance certificate or a background check ends, the partner is asked for the next one; "
        "it stays on Today until the new one is on file."
    )
    category = Category.REMINDERS
    offsets = (-30, -7)
    subject = _("{{ document.name }}: the last day is {{ document.last_day }}")
    body = _(
        "Hello {{ contact.called }},\n\n"
        "our copy of your document ({{ document.name }}) runs until {{ document.last_day }}. "
        "When you have the new one, please answer this mail with a copy, so that students can go on coming to you.\n\n"
        "Thank you for working with our students.\n\n"
        "{{ owner.name|Your coordinator }}\n{{ district.name }}"
    )
    subject_es = "{{ document.name }}: el último día es el {{ document.last_day }}"
    body_es = (
        "Hola, {{ contact.called }}:\n\n"
        "nuestra copia de su documento ({{ document.name }}) vale hasta el {{ document.last_day }}. "
        "Cuando tenga el nuevo, responda a este correo con una copia, para que los estudiantes puedan seguir yendo.\n\n"
        "Gracias por su trabajo con nuestros estudiantes.\n\n"
        "{{ owner.name|Su coordinador }}\n{{ district.name }}"
    )
    fields = {
        "document.name": "what kind of paper it is",
        "document.last_day": "its last day",
        "organization.name": "the partner",
    }

    def describe(self, record: PartnerDocument) -> str:
        return f"{record} of {record.organization}"

    def due(self, window: Window) -> Iterator[Occasion]:
        papers = PartnerDocument.objects.standing().filter(expires__gte=window.first, expires__lte=window.last)
        yield from self.occasions_of(list(papers.filter(renews=False)))

    def occasions_of(self, records: Sequence[PartnerDocument]) -> Iterator[Occasion]:
        wanted = [r for r in records if r.ended_at is None and r.expires and not r.renews]
        partners = Organization.objects.present().select_related("owner").in_bulk({r.organization_id for r in wanted})
        people = contacts_of(partners)
        for paper in wanted:
            if partner := partners.get(paper.organization_id):
                yield Occasion(
                    record=paper,
                    date=paper.expires,  # type: ignore[arg-type]
                    to=_to_whom(paper, partner, people.get(partner.pk, [])),
                    owner=partner.owner,
                    because=f"{paper} of {partner} ends on {plain_day(paper.expires)}."[:300],  # type: ignore[arg-type]
                )

    def values(self, record: PartnerDocument, to: Recipient) -> dict[str, str]:
        return {
            "document.name": str(record),
            "document.last_day": plain_day(record.expires) if record.expires else "",
            "organization.name": str(record.organization),
        }

    def why_not(self, record: PartnerDocument) -> Verdict:
        if record.ended_at:
            return cancel("The document was renewed, or stands no more.")
        if record.renews:
            return cancel("The document renews itself.")
        if record.expires is None:
            return cancel("The document has no last day any more.")
        return withhold("The partner is archived.")

    def instead(self, message: object, to: Recipient) -> str:
        return "It stays on Today until the new one is on file."


def _people(organizations: list[int]) -> dict[int, list[Contact]]:
    found: dict[int, list[Contact]] = {}
    rows = Contact.objects.current().filter(organization__in=organizations).select_related("organization__owner")
    for contact in rows.order_by("id"):
        found.setdefault(contact.organization_id, []).append(contact)
    return found


def _to_whom(paper: PartnerDocument, partner: Organization, contacts: list[Contact]) -> Recipient:
    """Whom it is about, else the partner's first."""
    about = [c for c in contacts if c.pk == paper.contact_id]
    return _first_of(partner, about or contacts)


def _first_of(partner: Organization, contacts: list[Contact]) -> Recipient:
    """The first current contact with an email, else any."""
    if chosen := [c for c in contacts if c.email] or contacts:
        return recipient_of(chosen[0])
    return Recipient(email="", name=partner.name, called=partner.name, about=partner)


@register
class RevisitOn(Trigger):
    """A partner who is paused or has declined was to be asked again on this day."""

    key = "partners.revisit_on"
    label = _("Day to look at a partner again")
    about = _(
        "On the day noted for a partner who is paused or has declined, they get a friendly line; the to-do stays."
    )
    category = Category.REQUESTS
    subject = _("May we ask again, {{ contact.called }}?")
    body = _(
        "Hello {{ contact.called }},\n\n"
        "when we last spoke, now was not the time for {{ organization.name }} to work with our students, and I said I "
        "would come back to you. Has that changed? A line in answer to this mail is enough.\n\n"
        "{{ owner.name|Your coordinator }}\n{{ district.name }}"
    )
    subject_es = "¿Podemos preguntarle otra vez, {{ contact.called }}?"
    body_es = (
        "Hola, {{ contact.called }}:\n\n"
        "la última vez que hablamos no era el momento para que {{ organization.name }} trabajara con nuestros estudiantes, "
        "y le dije que volvería a escribirle. ¿Ha cambiado eso? Basta con una línea en respuesta a este correo.\n\n"
        "{{ owner.name|Su coordinador }}\n{{ district.name }}"
    )
    fields = {"organization.name": "the partner"}

    def due(self, window: Window) -> Iterator[Occasion]:
        rows = Organization.objects.present().filter(revisit_on__gte=window.first, revisit_on__lte=window.last)
        yield from self.occasions_of(list(rows.select_related("owner")))

    def occasions_of(self, records: Sequence[Organization]) -> Iterator[Occasion]:
        wanted = [r for r in records if r.revisit_on and not r.archived_at]
        people = _people([r.pk for r in wanted])
        for partner in wanted:
            yield Occasion(
                record=partner,
                date=partner.revisit_on,  # type: ignore[arg-type]
                to=_first_of(partner, people.get(partner.pk, [])),
                owner=partner.owner,
                because=f"{partner} was to be asked again on {plain_day(partner.revisit_on)}."[:300],  # type: ignore[arg-type]
            )

    def values(self, record: Organization, to: Recipient) -> dict[str, str]:
        return {"organization.name": record.name}

    def why_not(self, record: Organization) -> Verdict:
        return withhold("The partner is archived.") if record.archived_at else cancel("There is no such day any more.")

    def instead(self, message: object, to: Recipient) -> str:
        return "The to-do of that day stays on the list."
