"""The mail before a partner's paper lapses. Loaded by partners.emails."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from partners.models import Contact, Organization, PartnerDocument
from partners.rhythm import contacts_of, turn_to
from wbl.mail.categories import Category
from wbl.mail.people import Recipient
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


def _to_whom(paper: PartnerDocument, partner: Organization, contacts: list[Contact]) -> Recipient:
    """Whom it is about, else the first current contact with an email."""
    about = [c for c in contacts if c.pk == paper.contact_id and not c.left_on]
    return turn_to(partner, contacts, about[0] if about else None)
