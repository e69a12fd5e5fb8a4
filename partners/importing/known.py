"""What the district already holds, in the shape in which an import asks for it: a few queries for the whole file."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from partners.duplicates import Names
from partners.merging.names import merged_away
from partners.models import Contact, Organization, Site
from partners.names import sort_key
from partners.streets import street_key

ORGANIZATION_FIELDS = (
    "kind", "stage", "owner_id", "phone", "phone_ext", "email", "website", "naics", "industry", "employees",
    "source", "source_detail", "parent_id", "referred_by_id", "referred_by_contact_id", "tags", "notes",
)  # fmt: skip
SITE_FIELDS = ("name", "street", "city", "state", "zip")
CONTACT_FIELDS = (
    *("goes_by", "title", "email", "other_emails", "phone", "phone_ext", "mobile", "other_phones", "notes"),
    *("prefers", "best_time", "language", "alumni_school", "alumni_year", "do_not_contact"),
)


@dataclass(slots=True)
class Place:
    """A site as the plan sees it; ``id`` is None until it is written."""

    id: int | None
    values: dict[str, str]
    street: str

    @property
    def zip5(self) -> str:
        return self.values.get("zip", "")[:5]


@dataclass(slots=True, eq=False)
class Person:
    """A contact as the plan sees it."""

    id: int | None
    values: dict[str, Any]
    key: str


@dataclass(slots=True, eq=False)
class Target:
    """An organization that rows of the file belong to, known or new, with all that it has so far.

    ``settled`` holds what rows of the file said already, ``(id of site or contact or 0, field)``: a later row that says
    something else doesn't replace it again.
    """

    id: int | None
    name: str
    values: dict[str, Any]
    sites: list[Place] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    number: int = 0
    first_row: int = 0
    settled: set[tuple[int, str]] = field(default_factory=set)


class Known:
    """Index of the open district's partners. Archived ones count too: a file must not bring them back unseen."""

    def __init__(self) -> None:
        self.names: dict[int, str] = {}
        self.by_key: dict[str, list[int]] = defaultdict(list)
        self.by_domain: dict[str, list[int]] = defaultdict(list)
        self.by_phone: dict[str, list[int]] = defaultdict(list)
        self.by_zip: dict[str, Names] = defaultdict(Names)
        self.by_email: dict[str, int] = {}
        self.parents: dict[int, int] = {}
        self.zips: dict[int, set[str]] = defaultdict(set)
        keys: dict[int, str] = {}
        rows = Organization.objects.order_by("id").values_list("id", "name", "name_key", "domain", "phone", "parent_id")
        for pk, name, key, domain, phone, parent in rows:
            self.names[pk] = name
            if parent:
                self.parents[pk] = parent
            keys[pk] = key
            self.by_key[key].append(pk)
            if domain:
                self.by_domain[domain].append(pk)
            if phone:
                self.by_phone[phone].append(pk)
        for survivor, key in merged_away():
            self.by_key[key].append(survivor)
        for organization, code in Site.objects.exclude(zip="").order_by("id").values_list("organization_id", "zip"):
            self.by_zip[code[:5]].add(keys[organization], organization)
            self.zips[organization].add(code[:5])
        for organization, email, *phones in Contact.objects.values_list("organization_id", "email", "phone", "mobile"):
            if email:
                self.by_email.setdefault(email.lower(), organization)
            for phone in phones:
                if phone and organization not in self.by_phone[phone]:
                    self.by_phone[phone].append(organization)

    def named(self, key: str, zip5: str) -> int | None:
        """Return the organization of that name; of several the one in the same ZIP, else the oldest."""
        found = self.by_key.get(key)
        if not found:
            return None
        return next((pk for pk in found if zip5 and zip5 in self.zips[pk]), found[0])


def load_targets(ids: Iterable[int]) -> dict[int, Target]:
    """Return the named organizations with their sites and contacts, in three queries."""
    wanted = sorted(set(ids))
    targets: dict[int, Target] = {}
    for row in Organization.objects.filter(pk__in=wanted).values("id", "name", *ORGANIZATION_FIELDS):
        pk = row.pop("id")
        targets[pk] = Target(pk, row.pop("name"), row)
    for row in (
        Site.objects.filter(organization__in=wanted).order_by("id").values("id", "organization_id", *SITE_FIELDS)
    ):
        organization, pk = row.pop("organization_id"), row.pop("id")
        targets[organization].sites.append(Place(pk, row, street_key(row["street"])))
    fields = ("id", "organization_id", "name", *CONTACT_FIELDS)
    for row in Contact.objects.filter(organization__in=wanted).order_by("id").values(*fields):
        organization, pk = row.pop("organization_id"), row.pop("id")
        targets[organization].people.append(Person(pk, row, sort_key(row["name"])))
    return targets
