"""Whom a sequence takes in, and why not."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from partners.models import Contact, Enrolment, Organization, Sequence
from partners.rhythm import contacts_of, turn_to


@dataclass(frozen=True)
class Candidate:
    """A partner, whom one would write to there, and why they can't be put in (or nothing)."""

    organization: Organization
    contact: Contact | None
    why_not: str = ""


def candidates(contacts: Iterable[Contact], organizations: Iterable[Organization]) -> list[Candidate]:
    """The named people, then the main person of each partner: two queries."""
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
    return [Candidate(c.organization, c.contact, _why_not(c, running)) for c in chosen]


def _why_not(candidate: Candidate, running: dict[int | None, str]) -> str:
    contact = candidate.contact
    if contact is None:
        return "Nobody there is known. Add a contact first."
    if contact.do_not_contact:
        return f"{contact} does not want to be contacted."
    return running.get(contact.pk, "")


def enrol(sequence: Sequence, found: Iterable[Candidate], *, by: Any) -> int:
    """Put in those whom nothing stands against; how many."""
    return sum(1 for c in found if c.contact and not c.why_not and Enrolment.begin(sequence, c.contact, by=by))
