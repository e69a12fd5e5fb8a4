"""The partner list: its columns, filters and rows, told apart from how they are drawn."""

import datetime as dt
from collections.abc import Callable, Iterable, Set
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.safestring import SafeString

from partners.list_columns import PERSON_COLUMNS
from partners.list_extras import FROM_KIN, FROM_PEOPLE, FROM_PLACES, add_extras, days_in_stage, with_extension
from partners.models import Kind, Offer, Organization, PartnerDocument, Source
from partners.models.stages import all_steps, step_of, steps
from partners.places import cities, in_city, in_place
from partners.search import find_ids
from wbl.accounts.models import Membership, roles_that
from wbl.continuum.types import ExperienceType
from wbl.tenancy.prepared import Given, Prepared
from wbl.todo.models import Todo
from wbl.web.cells import cell, name_cell, tick
from wbl.web.choices import words_of
from wbl.web.dates import day_in_words
from wbl.web.lists import PER_PAGE, Column, Filter, Listing, Page, Token
from wbl.web.names import initials_of
from wbl.web.numbers import phone_text

EXTRAS = FROM_PEOPLE | FROM_PLACES | FROM_KIN | {"documents"}
QUIET_DAYS = (30, 60, 90)

STEPS = Prepared(
    lambda: (
        Todo.objects.open()
        .filter(about_kind="partners.organization", about_id__any=Given("ids"))
        .order_by("about_id", "due", "id")
        .distinct("about_id")
        .values_list("about_id", "title", "due")
    )
)
OFFERS = Prepared(
    lambda: (
        Offer.objects.open(Given("today"))
        .filter(organization__any=Given("ids"))
        .order_by()
        .values_list("organization")
        .annotate(Count("pk"))
    )
)
TIES = Prepared(lambda: _tied().filter(pk__any=Given("ids")).values_list("pk", "pathway_ties__pathway__name"))
PATHWAYS = Prepared(lambda: _tied().values_list("pathway_ties__pathway", "pathway_ties__pathway__name"))
ABLE = frozenset(roles_that("log"))
OWNERS = Prepared(  # who may own partners here, and who has left or only reads now and still has some
    lambda: (
        Membership.objects.of_district()
        .filter(
            Q(ended_at=None, role__in=sorted(ABLE))
            | Exists(Organization.objects.present().filter(owner=OuterRef("user")))
        )
        .values_list("user_id", "user__name", "user__email", "ended_at", "role")
    )
)
LEFT, READS = ", no longer here", ", who only reads"


def _tied() -> Any:
    return Organization.objects.filter(pathway_ties__isnull=False).order_by("pathway_ties__pathway__name").distinct()


def _owners() -> list[tuple[str, str]]:
    found = [
        (LEFT if ended else "" if role in ABLE else READS, str(pk), name or email)
        for pk, name, email, ended, role in OWNERS()
    ]
    able = [(pk, name) for why_not, pk, name in found if not why_not]
    return [("none", "Nobody"), *able, *((pk, name + why_not) for why_not, pk, name in found if why_not)]


def _cities() -> list[tuple[str, str]]:
    return [(city, city) for city in cities()]


def _by_owner(rows: Any, value: str) -> Any:
    return rows.filter(owner=None) if value == "none" else rows.filter(owner_id=value)


def _pathways() -> list[tuple[str, str]]:
    return PATHWAYS()


def _by_pathway(rows: Any, value: str) -> Any:
    return rows.filter(pk__in=Organization.objects.filter(pathway_ties__pathway=value).values("pk"))


def _by_offer(rows: Any, value: str) -> Any:
    return rows.filter(pk__in=Offer.objects.open().filter(type=value).values("organization"))


def _stages() -> list[tuple[str, str]]:
    return [(step.key, step.name) for step in steps()]


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
    *("name", "kind", "stage", "owner", "last_contact_at"),
    *("phone", "phone_ext", "website", "industry", "tags", "source", "sort_name"),
    *("email", "stage_since", "naics", "employees", "source_detail", "revisit_on", "created_at"),
)
# Put together once, asked for each page. Two words of the owner, who is no more than that here: not a whole person a row.
LISTED = Organization.objects.present().annotate(owner_name=F("owner__name"), owner_email=F("owner__email")).only(*READ)
BARE = Prepared(lambda: LISTED.order_by("sort_name", "pk")[: PER_PAGE + 1])


class PartnerList(Listing):
    key, url_name = "partners", "partners:list"
    columns = (
        Column("name", "Partner", sort="sort_name", fixed=True),
        Column("kind", "Kind", sort="kind", value=lambda row: words_of(Kind)[row.kind], shown=False),
        Column("stage", "Stage", sort="stage", value=lambda row: row.get_stage_display()),
        Column(
            "owner",
            "Owner",
            sort="owner__name",
            value=lambda row: row.owner_name or row.owner_email or "",
            nulls_last=True,
        ),
        Column(
            "last",
            "Last",
            sort="last_contact_at",
            value=lambda row: row.last_contact_at,
            nulls_last=True,
            heading="Last contact",
        ),
        Column("next_step", "Next step", value=lambda row: row.next_step),
        Column("due", "Due", sort="next_due", value=lambda row: row.due, nulls_last=True),
        Column("pathways", "Pathways", value=lambda row: row.pathway_names),
        Column("offers", "Offers", value=lambda row: row.offer_count, numeric=True),
        Column("days", "Days in stage", sort="stage_since", value=days_in_stage, numeric=True, shown=False),
        *PERSON_COLUMNS,
        Column(
            "phone",
            "Phone",
            value=lambda row: with_extension(row.phone, row.phone_ext),
            heading="Organization phone",
            shown=False,
        ),
        Column("email", "Email", heading="Organization email", shown=False),
        Column("street", "Street", value=lambda row: row.place[0], heading="Street address", shown=False),
        Column("city", "City", value=lambda row: row.place[1], shown=False),
        Column("state", "State", value=lambda row: row.place[2], shown=False),
        Column("zip", "ZIP", value=lambda row: row.place[3], shown=False),
        Column("documents", "Documents", value=lambda row: row.paper_count, shown=False),
        Column("naics", "NAICS code", shown=False),
        Column("employees", "Employees", sort="employees", numeric=True, nulls_last=True, shown=False),
        Column("website", "Website", value=lambda row: row.website, shown=False),
        Column("industry", "Industry", sort="industry", shown=False),
        Column("tags", "Tags", value=lambda row: "; ".join(row.tags), shown=False),
        Column(
            "source",
            "Found through",
            sort="source",
            value=lambda row: words_of(Source).get(row.source, ""),
            shown=False,
        ),
        Column("source_detail", "Referred by", value=lambda row: row.referred_words or row.source_detail, shown=False),
        Column("parent", "Parent company", value=lambda row: row.parent_name or "", shown=False),
        Column(
            "revisit",
            "Look at them again",
            sort="revisit_on",
            value=lambda row: row.revisit_on,
            nulls_last=True,
            shown=False,
        ),
        Column("added", "Added", sort="created_at", value=lambda row: row.created_at, shown=False),
    )
    filters = (
        Filter("kind", "Any kind", Kind.choices, lambda rows, value: rows.filter(kind=value)),
        Filter("stage", "Any stage", _stages, lambda rows, value: rows.filter(stage=value)),
        Filter("owner", "Any owner", _owners, _by_owner),
        Filter("city", "Any city", _cities, in_city),
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
    passing = frozenset({"place"})  # a ZIP, or “Ada, OK”: from the map, too many for a select

    @property
    def place(self) -> str:
        return self.params.get("place", "").replace("\x00", "").strip()[:120]

    @property
    def is_filtered(self) -> bool:
        return bool(self.place) or super().is_filtered

    @property
    def tokens(self) -> list[Token]:
        return super().tokens + ([Token(f"In {self.place}", self.query(place=None))] if self.place else [])

    @property
    def cleared(self) -> str:
        return self.query(q=None, place=None, **{each.key: None for each in self.filters})

    @property
    def owners(self) -> list[tuple[str, str]]:
        """Who may be given partners."""
        options = next(select.options for select in self.selects if select.filter.key == "owner")
        return [(pk, name) for pk, name in options[1:] if not name.endswith((LEFT, READS))]

    def search(self, rows: Any, text: str) -> Any:
        """By whatever names a partner; a city finds those that are there as well."""
        named = Q(pk__in=[found[0] for found in find_ids(text)])
        city = next((city for city in cities() if city.casefold() == text.casefold()), "")
        return rows.filter(named | Q(pk__in=in_city(Organization.objects.all(), city).values("pk")) if city else named)

    def select(self, rows: Any) -> Any:
        if self.sort == "due":
            rows = rows.annotate(next_due=_next_due())
        rows = in_place(rows, self.place) if self.place else rows
        return super().select(rows)

    def page(self, rows: Any) -> Page:
        """The bare list is opened all day: its SQL is written once."""
        plain = rows is LISTED and not self.params
        return self.cut(BARE()) if plain else super().page(rows)


def complete(organizations: Iterable[Organization], keys: Set[str] = frozenset()) -> list[Organization]:
    """Give each its next step, pathways and number of offers, and what the columns `keys` read elsewhere: three queries
    and one for each further table, however many rows."""
    rows = list(organizations)
    ids = [row.pk for row in rows]
    steps = {pk: (title, due) for pk, title, due in STEPS(ids=ids)}
    offers = dict(OFFERS(ids=ids, today=timezone.localdate()))
    pathways: dict[int, list[str]] = {}
    for pk, name in TIES(ids=ids):
        pathways.setdefault(pk, []).append(name)
    for row in rows:
        row.next_step, row.due = steps.get(row.pk, ("", None))  # type: ignore[attr-defined]
        row.offer_count = offers.get(row.pk, 0)  # type: ignore[attr-defined]
        row.pathway_names = ", ".join(pathways.get(row.pk, ()))  # type: ignore[attr-defined]
    if keys & EXTRAS:
        add_extras(rows, ids, keys)
    return rows


def rows_of(listing: PartnerList, organizations: Iterable[Organization], base: str, *, ticks: bool) -> list[SafeString]:
    """The rows of the table, drawn (wbl.web.cells), each with a box to tick or without.

    `base` is the address of the list: a detail page lies right under it.
    """
    readers = _readers()
    draws = [cell(column, readers.get(column.key) or _plain(column)) for column in listing.shown if not column.fixed]
    return [
        SafeString(
            (tick(row.pk, row.name) if ticks else "")
            + name_cell(f"{base}{row.pk}/", row.name, str(row.kind_suffix))
            + "".join([draw(row) for draw in draws])
        )
        for row in organizations
    ]


Reader = Callable[[Any], tuple[str, str]]


def _readers() -> dict[str, Reader]:
    """Words and class of the cells that say more than their value."""
    today, known = timezone.localdate(), all_steps()

    def stage(step: Any) -> tuple[str, str]:
        return step.name, f"stage stage--{step.rung}"

    def last(row: Any) -> tuple[str, str]:
        return (day_in_words(row.last_contact_at, today=today) if row.last_contact_at else ""), ""

    def due(row: Any) -> tuple[str, str]:
        if not row.due:
            return "", ""
        return day_in_words(
            row.due, today=today
        ), "is-bad" if row.due < today else "is-warn" if row.due == today else ""

    return {
        "stage": lambda row: stage(known.get(row.stage) or step_of(row.stage)),
        "owner": lambda row: ((initials_of(row.owner_name or row.owner_email) if row.owner_id else ""), "quiet"),
        "last": last,
        "due": due,
        "pathways": lambda row: (row.pathway_names, "quiet"),
        "tags": lambda row: (", ".join(row.tags), ""),
        "phone": lambda row: (_phone_said(row.phone, row.phone_ext), "nowrap"),
        "contact_phone": lambda row: (_phone_said(row.person.phone, row.person.phone_ext), "nowrap"),
        "contact_mobile": lambda row: (phone_text(row.person.mobile), "nowrap"),
        "revisit": lambda row: (day_in_words(row.revisit_on, today=today) if row.revisit_on else "", "nowrap"),
        "added": lambda row: (day_in_words(row.created_at, today=today), "nowrap"),
        "days": lambda row: (str(days_in_stage(row)), ""),
        "documents": lambda row: (_papers_said(row, today), ""),
    }


def _phone_said(number: str, extension: str) -> str:
    return with_extension(phone_text(number), extension)


def _papers_said(row: Any, today: dt.date) -> str:
    """“2, Mar 31”: how many, and the first day on which one of them wants something."""
    if not row.paper_count:
        return ""
    return f"{row.paper_count}, {day_in_words(row.next_paper, today=today)}" if row.next_paper else str(row.paper_count)


def _plain(column: Column) -> Reader:
    return lambda row: (str(column.read(row) or ""), "")
