"""Columns of the partner list that lie in other tables: one query each, only while the column is shown."""

from collections.abc import Iterable, Set
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone

from partners.models import Contact, Organization, PartnerDocument, Site

PEOPLE = (
    Contact.objects.current()
    .order_by("organization_id", "id")
    .distinct("organization_id")
    .values_list("organization_id", "name", "email", "phone", "phone_ext")
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
FROM_PEOPLE = frozenset({"contact", "contact_email", "contact_phone"})
FROM_PLACES = frozenset({"street", "city", "state", "zip"})


def with_extension(number: str, extension: str) -> str:
    return f"{number} x{extension}" if number and extension else number


def add_extras(rows: Iterable[Organization], ids: list[int], keys: Set[str]) -> None:
    """Set what the columns `keys` read and the partner itself does not hold."""
    people = {pk: row for pk, *row in PEOPLE.filter(organization__any=ids)} if keys & FROM_PEOPLE else {}
    places = {pk: row for pk, *row in PLACES.filter(organization__any=ids)} if keys & FROM_PLACES else {}
    papers = {pk: row for pk, *row in PAPERS.filter(organization__any=ids)} if "documents" in keys else {}
    for row in rows:
        name, email, phone, extension = people.get(row.pk, ("", "", "", ""))
        row.contact_name, row.contact_email = name, email  # type: ignore[attr-defined]
        row.contact_phone = with_extension(phone, extension)  # type: ignore[attr-defined]
        row.place = places.get(row.pk, ("", "", "", ""))  # type: ignore[attr-defined]
        row.paper_count, row.next_paper = papers.get(row.pk, (0, None))  # type: ignore[attr-defined]


def days_in_stage(row: Any) -> int:
    """Full days since the partner came to its stage."""
    return max((timezone.now() - row.stage_since).days, 0)
