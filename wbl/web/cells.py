"""The cells of a list's rows, drawn in Python.

A page of 50 rows has 450 cells. A template would decide for each anew how it looks; here its column decides once,
and a row's cells are one string. Whatever a row says is escaped here.

    draws = [cell(column, read) for column in listing.shown]
    SafeString(name_cell(href, row.name) + "".join(draw(row) for draw in draws))
"""

from collections.abc import Callable
from html import escape
from typing import Any

from wbl.web.lists import Column

NOTHING = "–"


def tick(value: int, said: str) -> str:
    """The box that ticks a row; `said` names it to who can't see it."""
    return (
        '<td class="tick full"><input class="check" type="checkbox" name="rows" '
        f'value="{value}" aria-label="Select {escape(said)}"></td>'
    )


def name_cell(href: str, words: str, suffix: str = "") -> str:
    """What the row is about, as its head: a link, and a quiet word where the name alone does not say what it is."""
    kind = f' <span class="kind">{escape(suffix)}</span>' if suffix else ""
    return f'<th scope="row"><a class="name" href="{escape(href)}">{escape(words)}</a>{kind}</th>'


def cell(column: Column, read: Callable[[Any], tuple[str, str]]) -> Callable[[Any], str]:
    """Draws a cell of `column`; `read(row)` gives its words ("" for none) and the class they carry."""
    begin = f'<td data-label="{escape(column.label)}" class="{"n " if column.numeric else ""}c-{column.key}'

    def draw(row: Any) -> str:
        words, tone = read(row)
        if not words or words == NOTHING:
            return f'{begin} is-none"><span class="{tone}">{NOTHING}</span></td>'
        return f'{begin}"><span class="{tone}">{escape(words)}</span></td>'

    return draw
