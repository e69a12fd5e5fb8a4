"""One row of Today: a sentence, its reason, when, and the one next action. Every app makes its own."""

import datetime as dt
from dataclasses import dataclass, field

LATE, DUE, WAITING, UNHEALTHY, BEGIN = "late", "due", "waiting", "unhealthy", "begin"


@dataclass(frozen=True)
class Row:
    """`before` + linked `name` + `after` are the sentence; `why` says why it stands here.

    `section` is late, due, waiting or unhealthy; begin on a district's first day. `when` is what stands at the right ("13 days late", "7:30 am"),
    `tone` colours it ("bad", "warn" or nothing). `action` is a short verb with `action_href`; `posts` makes it a
    button of a form (with `action_href` as its target) instead of a link, `dialog` opens the link in the dialog;
    what is done there, or on a page that `returns`, leads back to Today.
    Rows of a section are sorted by `order`, the most urgent day first.
    """

    section: str
    icon: str
    name: str
    href: str
    before: str = ""
    after: str = ""
    why: str = ""
    when: str = ""
    tone: str = ""
    action: str = ""
    action_href: str = ""
    posts: bool = False
    dialog: bool = False
    returns: bool = False
    order: dt.date | None = None
    owner_id: int | None = field(default=None, compare=False)
    owner: str = ""  # said where everybody's rows stand together; Today fills it in
    person: tuple[str, int | None] = ("", None)  # kind and id of whom to turn to; Today adds `phone`
    phone: str = ""


def in_order(rows: list[Row]) -> list[Row]:
    """Oldest day first, rows without a day last."""
    return sorted(rows, key=lambda row: row.order or dt.date.max)


@dataclass(frozen=True)
class Happened:
    """One line of "since yesterday": what was done without you, with the address of its list and of its undo."""

    at: dt.datetime
    icon: str
    text: str
    href: str = ""
    link: str = ""
    undo: str = ""
