"""What a row of the role table is made of (see table.py)."""

from dataclasses import dataclass, field
from typing import Any

#         anon members dist. portal reg. op. link
VIEW = "   L   ooooo    n     nn     n    n   L"
LOG = "    L   foooo    n     nn     n    n   L"
EDIT = "   L   fffoo    n     nn     n    n   L"
MANAGE = " L   ffffo    n     nn     n    n   L"
MINE = "   L   fnnon    n     nn     n    n   L"  # what the coordinator wrote, hers to take back
MINE_ALONE = "L nnnon   n     nn     n    n   L"  # the coordinator's own account
PORTAL = " L   nnnnn    n     on     n    n   L"
PUBLIC = " o   ooooo    o     oo     o    o   o"
LINK = "   n   nnnnn    n     nn     n    n   o"
INVITED = "n   nnnnn    n     nn     n    n   o"
NOBODY = " L   nnnnn    n     nn     n    n   L"
OPERATOR = "L  nnnnn    n     nn     n    o   L"
ACCOUNT = "L   ooooo    o     oo     o    o   L"


@dataclass(frozen=True)
class Page:
    """One address. Without `post`, a POST changes nothing whoever sends it."""

    name: str
    args: str = ""
    get: str = VIEW
    post: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    outside: bool = False  # in wbl.urls, without a district


def Post(name: str, args: str = "", who: str = EDIT, data: dict[str, Any] | None = None, **more: Any) -> Page:  # noqa: N802
    """An address that only acts: GET by whoever may is 405."""
    refused = more.pop("get", who.replace("o", "m"))
    return Page(name, args, get=refused, post=who, data=data or {}, **more)
