"""The cells of a list's rows, drawn in Python.

A page of 50 rows has 450 cells. A template would decide for each anew how it looks; here its column decides once,
and a row's cells are one string. Whatever a row says is escaped here.

    drawn = [cell(column, read) for column in listing.shown]
    SafeString("".join(draw(row) for draw in drawn))
"""

from collections.abc import Callable
from html import escape
from typing import Any

from wbl.web.lists import Column

NOTHING = "–"


def cell(column: Column, read: Callable[[Any], tuple[str, str]]) -> Callable[[Any], str]:
    """Draws a cell of `column`; `read(row)` gives its words ("" for none) and the class they carry."""
    begin = f'<td data-label="{escape(column.label)}" class="c-{column.key}'

    def draw(row: Any) -> str:
        words, tone = read(row)
        if not words or words == NOTHING:
            return f'{begin} is-none"><span class="{tone}">{NOTHING}</span></td>'
        return f'{begin}"><span class="{tone}">{escape(words)}</span></td>'

    return draw
