"""The partner list: its columns, filters and rows, told apart from how they are drawn."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone
from django.utils.safestring import SafeString

from partners.models import Kind, Offer, Organization, PartnerDocument, Source, Stage
from partners.search import find_ids
from wbl.accounts.models import Membership
from wbl.continuum.types import ExperienceType
from wbl.todo.models import Todo
from wbl.web.cells import cell
from wbl.web.choices import words_of
from wbl.web.dates import day_in_words
from wbl.web.lists import Column, Filter, Listing
from wbl.web.names import initials_of

QUIET_DAYS = (30, 60, 90)

# Put together once, asked for each page: the district is read when they are asked.
STEPS = (
    Todo.objects.open()
    .filter(about_kind="partners.organization")
    .order_by("about_id", "due", "id")
    .distinct("about_id")
    .values_list("about_id", "title", "due")
)
OFFERS = Offer.objects.open().order_by().values_list("organization").annotate(Count("pk"))
TIED = Organization.objects.filter(pathway_ties__isnull=False).order_by("pathway_ties__pathway__name").distinct()


def _owners() -> list[tuple[str, str]]:
    people = Membership.objects.of_district().filter(ended_at=None).values_list("user_id", "user__name", "user__email")
    return [("none", "Nobody"), *((str(pk), name or email) for pk, name, email in people)]


def _by_owner(rows: Any, value: str) -> Any:
    return rows.filter(owner=None) if value == "none" else rows.filter(owner_id=value)


def _pathways() -> list[tuple[str, str]]:
    return list(TIED.values_list("pathway_ties__pathway", "pathway_ties__pathway__name"))


def _by_pathway(rows: Any, value: str) -> Any:
    return rows.filter(pk__in=Organization.objects.filter(pathway_ties__pathway=value).values("pk"))


def _by_offer(rows: Any, value: str) -> Any:
    return rows.filter(pk__in=Offer.objects.open().filter(type=value).values("organization"))


def _by_last_contact(rows: Any, value: str) -> Any:
    if value == "never":
        return rows.filter(last_contact_at=None)
    return rows.quiet_since(timezone.now() - dt.timedelta(days=int(value)))


def _next_due() -> Subquery:
    waiting = Todo.objects.open().filter(about_kind="partners.organization", about_id=OuterRef("pk")).order_by("due")
    return Subquery(waiting.values("due")[:1])


PAPERS = (("60", "A document lapses within 60 days"), ("past", "A document has lapsed"))


def _by_papers(rows: Any, value: str) -> Any:
    today = timezone.localdate()
    until = today + dt.timedelta(days=60) if value == "60" else today - dt.timedelta(days=1)
    papers = PartnerDocument.objects.standing().filter(acts_on__lte=until)
    return rows.filter(pk__in=(papers.filter(acts_on__gte=today) if value == "60" else papers).values("organization"))


# What the columns below read, and no more: each other field of a partner would cost a row its own query.
READ = (
    *("name", "kind", "stage", "owner__name", "owner__email", "last_contact_at"),
    *("phone", "website", "industry", "tags", "source", "sort_name"),
)


class PartnerList(Listing):
    key, url_name = "partners", "partners:list"
    columns = (
        Column("name", "Partner", sort="sort_name", fixed=True),
        Column("kind", "Kind", sort="kind", value=lambda row: words_of(Kind)[row.kind], shown=False),
        Column("stage", "Stage", sort="stage", value=lambda row: words_of(Stage)[row.stage]),
        Column("owner", "Owner", sort="owner__name", value=lambda row: str(row.owner or ""), nulls_last=True),
        Column("last", "Last", sort="last_contact_at", value=lambda row: row.last_contact_at, nulls_last=True),
        Column("next_step", "Next step", value=lambda row: row.next_step),
        Column("due", "Due", sort="next_due", value=lambda row: row.due, nulls_last=True),
        Column("pathways", "Pathways", value=lambda row: row.pathway_names),
        Column("offers", "Offers", value=lambda row: row.offer_count, numeric=True),
        Column("phone", "Phone", value=lambda row: row.phone, shown=False),
        Column("website", "Website", value=lambda row: row.website, shown=False),
        Column("industry", "Industry", sort="industry", shown=False),
        Column("tags", "Tags", value=lambda row: ", ".join(row.tags), shown=False),
        Column(
            "source",
            "Found through",
            sort="source",
            value=lambda row: words_of(Source).get(row.source, ""),
            shown=False,
        ),
    )
    filters = (
        Filter("kind", "Any kind", Kind.choices, lambda rows, value: rows.filter(kind=value)),
        Filter("stage", "Any stage", Stage.choices, lambda rows, value: rows.filter(stage=value)),
        Filter("owner", "Any owner", _owners, _by_owner),
        Filter("pathway", "Any pathway", _pathways, _by_pathway),
        Filter("offers", "Any offer", [(t.value, f"Offers: {t.label}") for t in ExperienceType], _by_offer),
        Filter("source", "Any source", Source.choices, lambda rows, value: rows.filter(source=value)),
        Filter(
            "quiet",
            "Any last contact",
            [(str(n), f"More than {n} days") for n in QUIET_DAYS] + [("never", "Never")],
            _by_last_contact,
        ),
        Filter("papers", "Any documents", PAPERS, _by_papers),
    )
    default_sort = "name"

    def search(self, rows: Any, text: str) -> Any:
        return rows.filter(pk__in=[found[0] for found in find_ids(text)])

    def select(self, rows: Any) -> Any:
        if self.sort == "due":
            rows = rows.annotate(next_due=_next_due())
        return super().select(rows.select_related("owner").only(*READ))


@dataclass(slots=True)
class Row:
    """One line. `cells` are those after the name, drawn (wbl.web.cells)."""

    pk: str
    href: str
    name: str
    suffix: str
    cells: SafeString


def complete(organizations: Iterable[Organization]) -> list[Organization]:
    """Give each its next step, pathways and number of offers: three queries, however many rows."""
    rows = list(organizations)
    ids = [row.pk for row in rows]
    steps = {pk: (title, due) for pk, title, due in STEPS.filter(about_id__any=ids)}
    offers = dict(OFFERS.filter(organization__any=ids))
    pathways: dict[int, list[str]] = {}
    for pk, name in TIED.filter(pk__any=ids).values_list("pk", "pathway_ties__pathway__name"):
        pathways.setdefault(pk, []).append(name)
    for row in rows:
        row.next_step, row.due = steps.get(row.pk, ("", None))  # type: ignore[attr-defined]
        row.offer_count = offers.get(row.pk, 0)  # type: ignore[attr-defined]
        row.pathway_names = ", ".join(pathways.get(row.pk, ()))  # type: ignore[attr-defined]
    return rows


def rows_of(listing: PartnerList, organizations: Iterable[Organization], base: str) -> list[Row]:
    """Rows for the table. `base` is the address of the list: a detail page lies right under it."""
    readers = _readers()
    draws = [cell(column, readers.get(column.key) or _plain(column)) for column in listing.shown if not column.fixed]
    return [
        Row(
            pk=str(row.pk),
            href=f"{base}{row.pk}/",
            name=row.name,
            suffix=str(row.kind_suffix),
            cells=SafeString("".join([draw(row) for draw in draws])),
        )
        for row in organizations
    ]


Reader = Callable[[Any], tuple[str, str]]


def _readers() -> dict[str, Reader]:
    """Words and class of the cells that say more than their value."""
    today, stages = timezone.localdate(), words_of(Stage)

    def last(row: Any) -> tuple[str, str]:
        return (day_in_words(row.last_contact_at, today=today) if row.last_contact_at else ""), ""

    def due(row: Any) -> tuple[str, str]:
        if not row.due:
            return "", ""
        return day_in_words(
            row.due, today=today
        ), "is-bad" if row.due < today else "is-warn" if row.due == today else ""

    return {
        "stage": lambda row: (stages[row.stage], f"stage stage--{row.rung}"),
        "owner": lambda row: ((initials_of(str(row.owner)) if row.owner_id else ""), "quiet"),
        "last": last,
        "due": due,
        "pathways": lambda row: (row.pathway_names, "quiet"),
    }


def _plain(column: Column) -> Reader:
    return lambda row: (str(column.read(row) or ""), "")
