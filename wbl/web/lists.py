"""Tables whose whole state is in the address: search, filters, sort, columns, page.

    class PartnerList(Listing):
        columns = (
            Column("name", "Partner", sort="sort_name", fixed=True),
            Column("kind", "Kind", value=lambda row: row.get_kind_display(), shown=False),
            Column("offers", "Offers", sort="offer_count", numeric=True),
        )
        filters = (
            Filter("stage", "Any stage", stage_choices, lambda rows, value: rows.filter(stage=value)),
        )
        default_sort = "name"

        def search(self, rows, text):
            return rows.matching(text)

    def partner_list(request):
        listing = PartnerList(request.GET)
        page = listing.page(Organization.objects.for_list())
        return fragment(request, "partners/list.html", "rows", {"list": listing, "page": page})

In the template: components/filters.html, components/filter_tokens.html, components/columns.html
(each takes `list`), `{% once "components/table_head.html" headings=list.headings %}`, then the rows, then `{% pager page %}`.
`listing.select(rows)` gives every row the page stands for, which is what an export or a bulk
action on "all" takes; `listing.export_columns()` the columns shown.

A page reads one row more than it shows, to know whether another follows. Nothing is counted
unless a view sets `page.total`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language

from wbl.web.dates import day_in_words
from wbl.web.numbers import grouped

PER_PAGE = 50
LAST_PAGE = 2_000  # nobody leafs further; an offset beyond it only costs
LONGEST_SEARCH = 200

Rows = QuerySet[Any]
Choices = Sequence[tuple[Any, Any]]


@dataclass(frozen=True, eq=False)
class Column:
    """One column. `sort` is a field, or several; `value` is what an export writes."""

    key: str
    label: str
    sort: str | tuple[str, ...] = ()
    value: Callable[[Any], Any] | None = None
    shown: bool = True  # without a choice by the reader
    fixed: bool = False  # can't be hidden
    numeric: bool = False
    heading: str = ""  # over it in an export, where the label is short for the screen
    nulls_last: bool = False  # only where the column has blanks: an index can't serve it then

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.sort,) if isinstance(self.sort, str) else self.sort

    def read(self, row: Any) -> Any:
        return self.value(row) if self.value else getattr(row, self.key)


@dataclass(frozen=True, eq=False)
class Filter:
    """One select. `label` is what it says when it is off: "Any stage"."""

    key: str
    label: str
    choices: Choices | Callable[[], Choices]
    apply: Callable[[Rows, str], Rows]

    @property
    def options(self) -> list[tuple[str, str]]:
        return _said(self.choices()) if callable(self.choices) else _fixed(self, get_language())


def _said(choices: Choices) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in choices]


@lru_cache(maxsize=500)
def _fixed(each: Filter, _language: str | None) -> list[tuple[str, str]]:
    """Choices that stand in the code are put into words once a language."""
    return _said(each.choices)  # type: ignore[arg-type]


@dataclass
class Page:
    """A page of rows; `total` stays None unless somebody counted."""

    rows: list[Any]
    number: int
    per_page: int
    has_next: bool
    total: int | None = None

    def __iter__(self) -> Iterator[Any]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def start_index(self) -> int:
        return (self.number - 1) * self.per_page + 1 if self.rows else 0

    @property
    def end_index(self) -> int:
        return (self.number - 1) * self.per_page + len(self.rows)


@dataclass(frozen=True)
class Heading:
    """A column's head: where a click on it leads and how it is sorted now."""

    column: Column
    query: str  # "" when it can't be sorted by
    direction: str  # "ascending", "descending" or ""


@dataclass(frozen=True)
class Token:
    """A filter that is on, with the address that turns it off."""

    label: str
    query: str


@dataclass(frozen=True)
class Select:
    filter: Filter
    options: list[tuple[str, str]]
    value: str


LISTS: dict[str, type[Listing]] = {}
"""Lists by key: those that people may save views of (`wbl.saved`)."""


class Listing:
    """The state of one list, read from its address; what isn't understood is ignored, and `oddities` says so.

    A list with a `key` and the name of its address has saved views and remembered columns: `wbl.saved.lists.listing_for`.
    """

    key: str = ""
    url_name: str = ""
    passing: frozenset[str] = frozenset()  # further words of its address, which a subclass reads itself
    columns: tuple[Column, ...] = ()
    filters: tuple[Filter, ...] = ()
    default_sort: str = ""
    per_page: int = PER_PAGE

    def __init__(self, params: QueryDict) -> None:
        self.params = params
        self.q = self.params.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
        self.selects = [self._select(each) for each in self.filters]
        self.sort, self.descending = self._sorting()
        self.shown = self._shown()

    def search(self, rows: Rows, text: str) -> Rows:
        """What the search box means; a list without one leaves it."""
        return rows

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if cls.key:
            LISTS[cls.key] = cls

    def remember_columns(self, cols: str) -> None:
        """Show these columns unless the address names some."""
        if cols and "cols" not in self.params:
            self.shown = self._chosen(set(cols.split(",")))

    # --- rows --------------------------------------------------------------------------------

    def select(self, rows: Rows) -> Rows:
        """All rows that the state lets through, in its order."""
        if self.q:
            rows = self.search(rows, self.q)
        for select in self.selects:
            if select.value:
                rows = select.filter.apply(rows, select.value)
        return self._ordered(rows)

    def page(self, rows: Rows) -> Page:
        start = (self.page_number - 1) * self.per_page
        return self.cut(list(self.select(rows)[start : start + self.per_page + 1]))

    def cut(self, found: list[Any]) -> Page:
        """The page of rows found, of which one more than it shows was read."""
        return Page(found[: self.per_page], self.page_number, self.per_page, has_next=len(found) > self.per_page)

    @property
    def page_number(self) -> int:
        text = self.params.get("page", "1")
        return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 7 else 1

    def cells(self, row: Any) -> list[tuple[Column, str]]:
        """The shown columns of a row, as words."""
        return [(column, in_words(column.read(row))) for column in self.shown]

    def export_columns(self) -> list[tuple[str, Callable[[Any], Any]]]:
        return [(column.heading or column.label, column.read) for column in self.shown]

    @property
    def keys(self) -> set[str]:
        """The columns shown, by key."""
        return {column.key for column in self.shown}

    def _ordered(self, rows: Rows) -> Rows:
        column = self._column(self.sort)
        if column is None:
            return rows
        if column.nulls_last:
            order = [
                F(name).desc(nulls_last=True) if self.descending else F(name).asc(nulls_last=True)
                for name in column.fields
            ]
            return rows.order_by(*order, "pk")
        sign = "-" if self.descending else ""
        return rows.order_by(*[f"{sign}{name}" for name in column.fields], "pk")

    # --- state -------------------------------------------------------------------------------

    def query(self, **changes: str | None) -> str:
        """The list's address with some of its state changed; the page begins anew."""
        state = self._state | {key: [value] if value else [] for key, value in changes.items()}
        return f"?{urlencode([(key, value) for key, values in state.items() for value in values])}"

    @cached_property
    def _state(self) -> dict[str, list[str]]:
        return {key: values for key, values in self.params.lists() if key != "page"}

    @cached_property
    def state(self) -> str:
        """The state as it is saved: the words of the address that say something, without the page."""
        known = ("q", *(each.key for each in self.filters), *sorted(self.passing), "sort", "cols")
        pairs = [(key, value) for key in known for value in self.params.getlist(key) if value]
        return urlencode(pairs)

    @property
    def oddities(self) -> list[str]:
        """What the address asks for and this list doesn't have (any more), a sentence each."""
        said = [
            f"“{self.params[select.filter.key][:60]}” is no choice of “{select.filter.label}”"
            for select in self.selects
            if self.params.get(select.filter.key) and not select.value
        ]
        keys = {column.key for column in self.columns}
        asked = {key for text in self.params.getlist("cols") for key in text.split(",")} - {"", "-"}
        said += [f"there is no column “{key[:60]}”" for key in sorted(asked - keys)]
        sort = self.params.get("sort", "")
        if sort and sort.removeprefix("-") != self.sort:
            said.append(f"it can't be sorted by “{sort[:60]}”")
        known = {"q", "page", "sort", "cols", *self.passing, *(each.key for each in self.filters)}
        said += [f"“{key[:60]}” is not known here" for key in self.params if key not in known]
        return said[:3]

    @property
    def is_filtered(self) -> bool:
        return bool(self.q or any(select.value for select in self.selects))

    @property
    def tokens(self) -> list[Token]:
        """The filters that are on, for the line under the filter bar."""
        on = [select for select in self.selects if select.value]
        return [Token(dict(select.options)[select.value], self.query(**{select.filter.key: None})) for select in on]

    @property
    def cleared(self) -> str:
        return self.query(q=None, **{each.key: None for each in self.filters})

    @property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(self._heading(column) for column in self.shown)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What the filter form must carry along besides its own fields."""
        own = {"q", "page", *(each.key for each in self.filters)}
        return [(key, value) for key in self.params if key not in own for value in self.params.getlist(key)]

    @property
    def kept_by_columns(self) -> list[tuple[str, str]]:
        return [
            (key, value) for key in self.params if key not in {"cols", "page"} for value in self.params.getlist(key)
        ]

    @property
    def choosable(self) -> list[tuple[str, str]]:
        """Key and label of the columns that may be hidden."""
        return [(column.key, column.label) for column in self.columns if not column.fixed]

    def _heading(self, column: Column) -> Heading:
        if not column.fields:
            return Heading(column, "", "")
        current = column.key == self.sort
        direction = ("descending" if self.descending else "ascending") if current else ""
        turned = f"-{column.key}" if current and not self.descending else column.key
        return Heading(column, self.query(sort=turned), direction)

    def _select(self, each: Filter) -> Select:
        options = each.options
        value = self.params.get(each.key, "")
        return Select(each, options, value if value in dict(options) else "")

    def _sorting(self) -> tuple[str, bool]:
        for asked in (self.params.get("sort", ""), self.default_sort):
            column = self._column(asked.removeprefix("-"))
            if column and column.fields:
                return column.key, asked.startswith("-")
        return "", False

    def _shown(self) -> list[Column]:
        return self._chosen({key for text in self.params.getlist("cols") for key in text.split(",")})

    def _chosen(self, chosen: set[str]) -> list[Column]:
        """ "-" chooses none but the fixed ones; what is not among the columns (any more) chooses nothing."""
        if not chosen & {"-", *(column.key for column in self.columns)}:
            return [column for column in self.columns if column.shown or column.fixed]
        return [column for column in self.columns if column.fixed or column.key in chosen]

    def _column(self, key: str) -> Column | None:
        return next((column for column in self.columns if column.key == key), None)


def in_words(value: Any) -> str:
    """A value as a cell says it: Yes, Oct 9, 1,208, the text itself; a dash for nothing."""
    if isinstance(value, bool):
        return "Yes" if value else "–"
    return day_in_words(value) if isinstance(value, dt.date) else grouped(value)
