"""What one partner's page shows, each part read once."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject, Lower
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.timezone import localtime

from partners.asks import NOTHING
from partners.lines import lines
from partners.log import ANSWERS
from partners.models import Contact, Offer, Organization, PartnerAccess, PartnerDocument, Site, TimelineEntry
from partners.models.timeline import FILTERS, LOGGED_BY_HAND
from partners.story import Story
from wbl.continuum.models import levels
from wbl.continuum.types import Level
from wbl.mail.categories import Category
from wbl.mail.models import OptOut, Suppression
from wbl.tenancy.prepared import Given, Prepared
from wbl.todo.models import Todo
from wbl.web.dates import plain_day

FILTER_LABELS = {
    "calls": "Calls",
    "mail": "Mail",
    "meetings": "Meetings",
    "placements": "Placements",
    "referrals": "Referrals",
    "notes": "Notes",
    "imports": "Imports",
    "asks": "Asks",
}


def _contacts() -> Any:
    """Those who left last; each with whether they may enter the portal, where they went: [{"pk", "partner", "name"}], and
    what stands against mail to them."""
    access = PartnerAccess.objects.of_district().filter(
        organization_id=OuterRef("organization_id"), contact_id=OuterRef("pk"), ended_at=None
    )
    address = Lower(OuterRef("email"))
    bounced = Suppression.objects.standing().filter(email=address).values("since")
    stopped = OptOut.objects.standing().filter(email=address).order_by("category").values("category")
    there = Contact.objects.filter(moved_from=OuterRef("pk")).order_by("id")
    went = JSONObject(pk="pk", partner="organization_id", name="organization__name")
    return (
        Contact.objects.filter(organization=Given("partner"))
        .select_related("moved_from__organization")
        .order_by("left_on", "id")
        .annotate(has_access=Exists(access), moved_to=ArraySubquery(there.values(went=went)))
        .annotate(bounced_at=Subquery(bounced), stopped=ArraySubquery(stopped))
    )


def _counts() -> Any:
    """By kind: how many entries, asks, asks with an answer, asks answered by yes."""
    asked = ~Q(asked_for="")
    return (
        TimelineEntry.objects.filter(organization=Given("partner"))
        .order_by()
        .values("kind")
        .annotate(
            all=Count("pk"),
            asks=Count("pk", filter=asked),
            answered=Count("pk", filter=asked & ~Q(answer="")),
            yes=Count("pk", filter=asked & Q(answer="yes")),
        )
        .values_list("kind", "all", "asks", "answered", "yes")
    )


CONTACTS, COUNTS = Prepared(_contacts), Prepared(_counts)
SITES = Prepared(lambda: Site.objects.filter(organization=Given("partner")))
OFFERS = Prepared(lambda: Offer.objects.filter(organization=Given("partner")))
TODOS = Prepared(
    lambda: (
        Todo.objects.open()
        .filter(about_kind="partners.organization", about_id=Given("partner"))
        .select_related("owner")
        .order_by("due", "id")
    )
)
LAST_ASK = Prepared(
    lambda: TimelineEntry.objects.filter(organization=Given("partner")).asks().select_related("by").newest()[:1]
)


def _stops(contact: Any) -> list[str]:
    """What stands against mail to a person's address, as words beside it."""
    found = []
    if contact.bounced_at:
        found.append(f"bounced {plain_day(localtime(contact.bounced_at).date())}: no mail goes there")
    if contact.stopped:
        found.append("no " + ", no ".join(str(Category(each).label).lower() for each in contact.stopped))
    return found


@dataclass(frozen=True)
class Choice:
    """One filter of the timeline."""

    key: str
    label: str
    count: int
    href: str
    current: bool


class PartnerPage:
    """Lazy parts of a partner's page; each property is one query."""

    def __init__(self, organization: Organization, request: HttpRequest) -> None:
        self.organization, self.request = organization, request
        self.story = Story(organization, request.GET)

    @property
    def lines(self) -> str:
        """The entries of this page of the timeline, drawn."""
        return lines(self.story.entries, self.request)

    @cached_property
    def contacts(self) -> list[Contact]:
        found = CONTACTS(partner=self.organization.pk)
        for contact in found:
            contact.stops = _stops(contact)
        return found

    @property
    def current_contacts(self) -> list[Contact]:
        return [c for c in self.contacts if not c.left_on]

    @property
    def former_contacts(self) -> list[Contact]:
        return [c for c in self.contacts if c.left_on]

    @cached_property
    def sites(self) -> list[Site]:
        return SITES(partner=self.organization.pk)

    @cached_property
    def documents(self) -> list[PartnerDocument]:
        names = {contact.pk: contact.name for contact in self.contacts}
        found = PartnerDocument.of_rows(self.organization, self.organization.document_rows)  # type: ignore[attr-defined]
        for document in found:
            document.contact_name = names.get(document.contact_id, "")  # type: ignore[attr-defined]
        return found

    @property
    def standing_documents(self) -> list[PartnerDocument]:
        return [d for d in self.documents if not d.ended_at]

    @property
    def ended_documents(self) -> list[PartnerDocument]:
        return [d for d in self.documents if d.ended_at]

    @cached_property
    def offers(self) -> list[Offer]:
        offers = sorted(OFFERS(partner=self.organization.pk), key=lambda o: (o.closed_at is not None, o.pk))
        by_type = levels() if offers else {}
        for offer in offers:
            offer.level_label = Level(by_type[offer.type]).label  # type: ignore[attr-defined]
        return offers

    @property
    def offers_note(self) -> str:
        open_ones = [o for o in self.offers if not o.closed_at and not o.is_paused]
        if not open_ones:
            return ""
        count = len({o.level_label for o in open_ones})  # type: ignore[attr-defined]
        return f"{len(open_ones)} activit{'ies' if len(open_ones) != 1 else 'y'} on {count} level{'s' if count != 1 else ''}"

    @property
    def planned(self) -> list[dict[str, Any]]:
        """Mails by hand that wait for their hour; `at` is a moment."""
        rows = self.organization.planned  # type: ignore[attr-defined]
        return [{**row, "at": parse_datetime(row["at"])} for row in rows]

    @cached_property
    def todos(self) -> list[Todo]:
        return TODOS(partner=self.organization.pk)

    @cached_property
    def _counts(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for kind, number, asks, answered, yes in COUNTS(partner=self.organization.pk):
            counts.update({"": number, "asks": asks, "answered": answered, "yes": yes})
            for key, kinds in FILTERS.items():
                counts[key] += number if kind in kinds else 0
        return counts

    @cached_property
    def filters(self) -> list[Choice]:
        labels = {"": "All", **FILTER_LABELS}
        return [
            Choice(k, label, self._counts[k], self.story.query(show=k), k == self.story.show)
            for k, label in labels.items()
            if not k or self._counts[k]
        ]

    @cached_property
    def last_ask(self) -> TimelineEntry | None:
        return LAST_ASK.first(partner=self.organization.pk) if self._counts["asks"] else None

    @property
    def answers(self) -> tuple[int, int]:
        """(said yes, answered) over all asks with an answer."""
        return self._counts["yes"], self._counts["answered"]

    asked_for, answers_offered = NOTHING, ANSWERS
    kinds = [(kind.value, kind.label) for kind in LOGGED_BY_HAND]
