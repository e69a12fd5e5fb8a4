"""Redirects that htmx can follow."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from wbl.web.responses import is_htmx


class HtmxRedirect:
    """A redirect answered to htmx becomes a page load, never a page swapped into a row or a dialog.

    So a view may say `redirect(…)` after a POST and needs no second branch for htmx.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_htmx(request) and response.status_code in (301, 302, 303):
            url = response["Location"]
            response.status_code = 204
            del response["Location"]
            response["HX-Redirect"] = url
        return response
