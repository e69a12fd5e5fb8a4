"""Columns of the partner list that lie in other tables: one query each, only while the column is shown."""

from collections.abc import Iterable, Set
from typing import Any, NamedTuple

from django.db.models import Count, Min
from django.utils import timezone

from partners.models import Contact, Organization, PartnerDocument, Site

PEOPLE = (
    Contact.objects.current()
    .order_by("organization_id", "id")
    .distinct("organization_id")
    .values_list(
        *("organization_id", "name", "email", "phone", "phone_ext", "mobile", "title", "other_emails", "other_phones"),
        *("prefers", "best_time", "language", "alumni_school", "alumni_year", "do_not_contact"),
    )
)
NOBODY = ("", "", "", "", "", "", "", "", "", "", "", "", None, False)
KIN = Organization.objects.order_by().values_list(
    "pk", "parent__name", "referred_by__name", "referred_by_contact__name"
)
PLACES = (
    Site.objects.order_by("organization_id", "id")
    .distinct("organization_id")
    .values_list("organization_id", "street", "city", "state", "zip")
)
PAPERS = (
    PartnerDocument.objects.standing()
    .order_by()
    .values("organization_id")
    .annotate(number=Count("pk"), next=Min("acts_on"))
    .values_list("organization_id", "number", "next")
)
FROM_PEOPLE = frozenset(
    {
        *("contact", "contact_email", "contact_phone", "contact_mobile", "contact_title", "contact_emails"),
        *("contact_phones", "prefers", "best_time", "language", "alumni_school", "alumni_year", "stop"),
    }
)
FROM_KIN = frozenset({"parent", "source_detail"})
FROM_PLACES = frozenset({"street", "city", "state", "zip"})


class Person(NamedTuple):
    """Whom a partner's row names: its first contact."""

    name: str
    email: str
    phone: str
    phone_ext: str
    mobile: str
    title: str
    other_emails: str
    other_phones: str
    prefers: str
    best_time: str
    language: str
    alumni_school: str
    alumni_year: int | None
    do_not_contact: bool


def with_extension(number: str, extension: str) -> str:
    return f"{number} x{extension}" if number and extension else number


def add_extras(rows: Iterable[Organization], ids: list[int], keys: Set[str]) -> None:
    """Set what the columns `keys` read and the partner itself does not hold."""
    people = {pk: row for pk, *row in PEOPLE.filter(organization__any=ids)} if keys & FROM_PEOPLE else {}
    places = {pk: row for pk, *row in PLACES.filter(organization__any=ids)} if keys & FROM_PLACES else {}
    kin = {pk: row for pk, *row in KIN.filter(pk__any=ids)} if keys & FROM_KIN else {}
    papers = {pk: row for pk, *row in PAPERS.filter(organization__any=ids)} if "documents" in keys else {}
    for row in rows:
        row.person = Person(*people.get(row.pk, NOBODY))  # type: ignore[attr-defined]
        row.parent_name, *referred = kin.get(row.pk, ("", "", ""))  # type: ignore[attr-defined]
        row.referred_words = ", ".join(name for name in reversed(referred) if name)  # type: ignore[attr-defined]
        row.place = places.get(row.pk, ("", "", "", ""))  # type: ignore[attr-defined]
        row.paper_count, row.next_paper = papers.get(row.pk, (0, None))  # type: ignore[attr-defined]


def days_in_stage(row: Any) -> int:
    """Full days since the partner came to its stage."""
    return max((timezone.now() - row.stage_since).days, 0)
