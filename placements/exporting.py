"""A list as it is shown, all of its pages, as a file."""

from typing import Any

from django.http import FileResponse, Http404

from wbl.web.exports import TYPES, export
from wbl.web.lists import Listing

MOST = 100_000  # rows of one file


def as_file(name: str, listing: Listing, rows: Any, form: str) -> FileResponse:
    """Raises Http404 for a form that is neither csv nor xlsx."""
    if form not in TYPES:
        raise Http404
    return export(name, listing.export_columns(), listing.select(rows)[:MOST], kind=form)
