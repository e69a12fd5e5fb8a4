"""Files out of the database: never shown as a page of ours, whatever they hold."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from wbl.accounts.access import can
from wbl.files.models import StoredFile


@can("edit")
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """An uploaded file, as it came: what was uploaded is coordinators' to see (imported lists hold people)."""
    return attachment(get_object_or_404(StoredFile, pk=pk))


def picture(stored: StoredFile) -> HttpResponse:
    """A picture that wbl.files.pictures drew: a PNG, whatever was uploaded."""
    response = HttpResponse(bytes(stored.body), content_type="image/png")
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def attachment(stored: StoredFile) -> HttpResponse:
    """The file to be saved: no browser guesses its type, runs it or keeps it. Apps serve their own files with this."""
    response = HttpResponse(bytes(stored.body), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, stored.name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
