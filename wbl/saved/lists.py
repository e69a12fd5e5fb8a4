"""What a person's views do to a list: the columns they chose, the tabs above the table, the view it opens with."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from wbl.saved.models import SavedView
from wbl.tenancy.prepared import Given, Prepared
from wbl.web.lists import Listing

SEEN = Prepared(lambda: SavedView.objects.seen_by(Given("user")).filter(list=Given("list")).select_related("owner"))


@dataclass(frozen=True, slots=True)
class Tab:
    """One view as a tab (components/tabs.html)."""

    label: str
    href: str
    current: bool
    count: None = None


class Views:
    """The views of one list that a person sees: one query. `given` are those that the page itself offers."""

    def __init__(self, listing: Listing, request: HttpRequest, given: Sequence[tuple[str, str]] = ()) -> None:
        self.listing = listing
        self.user = request.user
        self.given = [(label, query.format(me=request.user.pk)) for label, query in given]
        found = SEEN(user=request.user.pk, list=listing.key)
        self.own = next((view for view in found if not view.name), None)
        self.saved = [view for view in found if view.name]

    @cached_property
    def address(self) -> str:
        return reverse(self.listing.url_name)

    @property
    def columns(self) -> str:
        """The columns chosen for this list, as in its address."""
        return self.own.query.removeprefix("cols=") if self.own else ""

    @property
    def opens_with(self) -> str:
        """Where the list's bare address leads, or nothing."""
        if self.own is None or self.own.first_id is None or self.listing.params:
            return ""
        view = next((view for view in self.saved if view.pk == self.own.first_id), None)
        return f"{self.address}?{view.query}" if view and view.query else ""

    @property
    def current(self) -> SavedView | None:
        """The saved view whose state the list is in."""
        return next((view for view in self.saved if view.query == self.listing.state), None)

    @cached_property
    def tabs(self) -> tuple[Tab, ...]:
        """Those of the page, then the saved ones; a bare address is always the whole list."""
        state = self.listing.state
        whole = f"{self.address}?page=1" if self.own and self.own.first_id else self.address
        tabs = [Tab(label, f"?{query}" if query else whole, query == state) for label, query in self.given]
        saved = [
            Tab(view.name, f"{self.address}?{view.query or 'page=1'}", view == self.current) for view in self.saved
        ]
        return (*tabs, *saved)

    @property
    def can_save(self) -> bool:
        """The state is worth a name and has none."""
        state = self.listing.state
        return bool(state) and self.current is None and state not in {query for _, query in self.given}

    @property
    def is_mine(self) -> bool:
        return self.current is not None and self.current.owner_id == self.user.pk


def listing_for[AnyListing: Listing](
    request: HttpRequest, kind: type[AnyListing], given: Sequence[tuple[str, str]] = ()
) -> tuple[AnyListing, Views]:
    """The list in the state of its address, with the columns this person chose, and the views above it."""
    listing = kind(request.GET)
    views = Views(listing, request, given)
    listing.remember_columns(views.columns)
    return listing, views
