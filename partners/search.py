"""Finding a partner by any spelling, a person, a phone, a domain or an address."""

from dataclasses import dataclass

from django.db import connection

from partners.models import Contact, Organization
from partners.names import name_key, sort_key
from partners.reach import domain_of, read_phone
from wbl.web.numbers import phone_text


@dataclass(frozen=True)
class Hit:
    """A partner that was found; `contact` when a person of theirs was what matched. `score` from 0 to 1; `why` names
    what matched where it is not a name.
    """

    organization: Organization
    contact: Contact | None
    score: float
    why: str = ""


def find_ids(typed: str, *, limit: int = 200) -> list[tuple[int, int | None, float]]:
    """(organization, contact or None, score), the best first: one query through the owner's function."""
    typed = typed.replace("\x00", "").strip()[:200]
    if not typed:
        return []
    phone = read_phone(typed)
    lowered = (
        domain_of(typed) if "." in typed and "@" not in typed else typed.lower() if "@" in typed else sort_key(typed)
    )
    digits = phone.number if phone.ok and phone.number.startswith("+") else ""
    with connection.cursor() as cursor:
        cursor.execute(
            "select organization_id, contact_id, score from partners_search(%s, %s, %s, %s)",
            [name_key(typed), lowered, digits, limit],
        )
        return cursor.fetchall()


def find(typed: str, *, limit: int = 20) -> list[Hit]:
    """The best hits with their rows: three queries."""
    found = find_ids(typed, limit=limit)
    organizations = Organization.objects.select_related("owner").in_bulk([row[0] for row in found])
    contacts = Contact.objects.in_bulk([row[1] for row in found if row[1]])
    return [
        Hit(
            organizations[pk],
            contacts.get(contact or 0),
            score,
            _why(organizations[pk], contacts.get(contact or 0), typed),
        )
        for pk, contact, score in found
        if pk in organizations
    ]


def _why(organization: Organization, contact: Contact | None, typed: str) -> str:
    """“phone (555) 014-3381”, “email …” or “web …” when that is what was typed."""
    of = contact or organization
    number = read_phone(typed)
    if number.ok and number.number in (of.phone, getattr(of, "mobile", "")):
        return f"phone {phone_text(number.number)}"
    if "@" in typed and of.email.lower() == typed.strip().lower():
        return f"email {of.email}"
    if contact is None and "." in typed and organization.domain and organization.domain == domain_of(typed):
        return f"web {organization.domain}"
    return ""
