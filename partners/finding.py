"""Likely duplicates of one partner while it is typed, and of all partners of a district at night."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from partners.duplicates import Facts, Likeness, alike, grounds
from partners.models import Contact, DuplicatePair, Organization, Site
from partners.names import sort_key
from partners.reach import domain_of, read_phone
from partners.search import find_ids

SHOWN = 5
COMMON = 300


@dataclass(frozen=True)
class Found:
    """A partner on file that what was typed may be, and why."""

    organization: Organization
    likeness: Likeness


def like_typed(
    *,
    name: str,
    phone: str = "",
    email: str = "",
    website: str = "",
    person_email: str = "",
    person_phone: str = "",
    but: int | None = None,
) -> list[Found]:
    """Partners that this may be, the likeliest first; `but` is the one that is being edited. Phones in any writing."""
    domain = domain_of(website) or domain_of(email) or domain_of(person_email)
    phones = [read_phone(typed).number for typed in (phone, person_phone)]
    typed = Facts.of(name, phones=phones, emails=[person_email.strip()], domain=domain)
    ids = {pk for pk, _contact, score in find_ids(name, limit=50)} if name.strip() else set()
    reach = Q(pk__in=ids)
    if typed.phones:
        reach |= Q(phone__in=typed.phones)
    if typed.emails:
        reach |= Q(pk__in=Contact.objects.filter(email__iexact=person_email.strip()).values("organization"))
    if typed.domain:
        reach |= Q(domain=typed.domain)
    rows = {row.pk: row for row in Organization.objects.present().filter(reach).select_related("owner")[:100]}
    facts = facts_of(rows)
    found = [Found(row, alike(typed, facts[pk])) for pk, row in rows.items() if pk != but]
    likely = [each for each in found if each.likeness.is_likely]
    return sorted(likely, key=lambda each: -each.likeness.score)[:SHOWN]


def others_addresses(people: Iterable[Contact]) -> dict[int | None, str]:
    """ "This address is Ray Halvorsen's, of Halvorsen Machine & Tool.": of these people those, by id, whose address is
    also somebody's of another name at a partner that is not archived. One query."""
    wanted = {person.pk: (person.email.strip().lower(), sort_key(person.name)[:120]) for person in people}
    emails = {email for email, _name in wanted.values() if email}
    rows = Contact.objects.current().filter(organization__archived_at=None).annotate(address=Lower("email"))
    by_email: dict[str, list[Contact]] = defaultdict(list)
    for other in rows.filter(address__in=emails).select_related("organization").order_by("id") if emails else ():
        by_email[other.email.lower()].append(other)
    found: dict[int | None, str] = {}
    for pk, (email, name) in wanted.items():
        other = next((each for each in by_email[email] if each.pk != pk and each.sort_name != name), None)
        if other:
            found[pk] = f"This address is {other}’s, of {other.organization}."
    return found


def others_address(email: str, name: str, *, pk: int | None = None) -> str:
    """The same of one person as typed; `pk` where they are on file. The same name elsewhere is the same person."""
    return others_addresses([Contact(pk=pk, name=name, email=email)]).get(pk, "")


def facts_of(ids: Iterable[int]) -> dict[int, Facts]:
    """What is compared of these partners: three queries."""
    wanted = list(ids)
    places: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for pk, street, code, city in Site.objects.filter(organization__in=wanted).values_list(
        "organization_id", "street", "zip", "city"
    ):
        places[pk].append((street, code, city))
    phones: dict[int, set[str]] = defaultdict(set)
    emails: dict[int, set[str]] = defaultdict(set)
    for pk, email, *numbers in Contact.objects.filter(organization__in=wanted).values_list(
        "organization_id", "email", "phone", "mobile"
    ):
        emails[pk].add(email)
        phones[pk].update(numbers)
    rows = Organization.objects.filter(pk__in=wanted).values_list("pk", "name", "phone", "domain")
    return {
        pk: Facts.of(name, places[pk], {phone, *phones[pk]}, emails[pk], domain) for pk, name, phone, domain in rows
    }


def scan() -> int:
    """Compare all partners of the open district and keep the likely pairs; how many are waiting for somebody's look.

    Pairs that are likely no more go; dismissed ones stay dismissed. Safe to run twice, and beside itself.
    """
    facts = facts_of(Organization.objects.present().values_list("pk", flat=True))
    likely = {}
    for one, other in _worth_comparing(facts):
        found = alike(facts[one], facts[other])
        if found.is_likely:
            likely[one, other] = found
    _keep(likely)
    DuplicatePair.count_anew()
    return DuplicatePair.objects.waiting().count()


def _worth_comparing(facts: dict[int, Facts]) -> set[tuple[int, int]]:
    """Pairs, the older first, that share what few others do; what hundreds share tells nobody from anybody."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for pk in sorted(facts):
        for ground in grounds(facts[pk]):
            sharing[ground].append(pk)
    return {pair for ids in sharing.values() if len(ids) <= COMMON for pair in combinations(ids, 2)}


@transaction.atomic
def _keep(likely: dict[tuple[int, int], Likeness]) -> None:
    known = {(pair.one_id, pair.other_id): pair for pair in DuplicatePair.objects.select_for_update()}
    gone = [pair.pk for key, pair in known.items() if key not in likely and not pair.dismissed_at]
    DuplicatePair.objects.filter(pk__in=gone).delete()
    changed = []
    for key, pair in known.items():
        if (found := likely.get(key)) and (pair.score, pair.reasons) != (found.score, list(found.reasons)):
            pair.score, pair.reasons, pair.updated_at = found.score, list(found.reasons), timezone.now()
            changed.append(pair)
    DuplicatePair.objects.bulk_update(changed, ["score", "reasons", "updated_at"], batch_size=500)
    still = set(Organization.objects.filter(pk__in={pk for key in likely for pk in key}).values_list("pk", flat=True))
    DuplicatePair.objects.bulk_create(
        (
            DuplicatePair(one_id=one, other_id=other, score=found.score, reasons=list(found.reasons))
            for (one, other), found in likely.items()
            if (one, other) not in known and one in still and other in still
        ),
        ignore_conflicts=True,
        batch_size=1_000,
    )
