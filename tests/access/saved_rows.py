"""Rows of the role table for saved views of lists (see table.py)."""

from types import SimpleNamespace

from tests.access.rows import VIEW, Page, Post
from wbl.saved.models import SavedView
from wbl.tenancy.models import District

MINE = "   L   nnnon    n     nn     n    n   L"  # the coordinator's own
ANY = VIEW.replace("o", "m")
STATE = {"list": "partners", "query": "stage=active"}

SAVED = [
    Post("saved:save", "", VIEW, {**STATE, "name": "Active ones", "shared": "on"}),
    Post("saved:columns", "", VIEW, {**STATE, "cols": ["stage", "tags"]}),
    Page("saved:change", "own_view", MINE, MINE, {"name": "Renamed", "shared": "on", "opens": "on"}),
    Post("saved:opening", "shared_view", VIEW),
    Post("saved:removal", "own_view", MINE, get=ANY),
    Post("saved:restoration", "removed_view", MINE, get=ANY),
]


def build(world: SimpleNamespace, cedar: District) -> None:
    """In Cedar's scope: a view of the coordinator's, one that everybody sees, one that was removed."""

    def made(name: str, **more: bool) -> SavedView:
        return SavedView.objects.create(
            list="partners", name=name, query="stage=active", owner=world.coordinator, **more
        )

    world.own_view = made("Mine alone")
    world.shared_view = made("For all", shared=True)
    world.removed_view = made("Gone")
    world.removed_view.remove()
