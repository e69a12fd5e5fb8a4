"""What the benches of pages share: a signed-in client, what a page asks, and its CPU beside two readings of a floor.

A floor asks the same SQL by hand and draws the same cells with one plain template. It is timed twice: as a view behind
the same middleware (a request like any other: session, person, membership, CSRF, CSP), which is what "per request"
asks for; and as a bare function, with the middleware's statements by hand too and nothing else of a request.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from tests.bench.kit import Bars, Took, in_turn
from wbl.accounts.models import User
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

OF_MIDDLEWARE = 4  # district, session, person, memberships


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="wbl.accounts.backends.MembershipBackend")
    return client


def asking(client: Client, path: str, requests: int) -> Callable[[], None]:
    def ask() -> None:
        for _ in range(requests):
            assert client.get(path).status_code == 200

    return ask


def statements_of(client: Client, path: str) -> list[str]:
    """What a page asks once it is warm, without the scope's settings and savepoints."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return [q["sql"] for q in queries.captured_queries if "set_config" not in q["sql"] and "SAVEPOINT" not in q["sql"]]


def by_hand(
    view: Callable[..., Any], where: District, user: User, before: list[str], requests: int
) -> Callable[[], None]:
    """The floor as a function, and the statements that middleware would have asked before it."""
    request = RequestFactory().get("/")
    request.district, request.user = where, user  # type: ignore[attr-defined]

    def call() -> None:
        with district(where):
            for _ in range(requests):
                for sql in before:
                    with connection.cursor() as cursor:
                        cursor.execute(sql)
                        cursor.fetchall()
                view(request)

    return call


def beside(
    bars: Bars, what: str, bar: float, requests: int, ours: Callable[[], Any], view: Callable[[], Any], bare: Any
) -> Took:
    """Print ours beside both floors; the bar is on the first. Gives ours."""
    took = in_turn(ours, view, bare)
    mine, behind, alone = (each.cpu / requests * 1e3 for each in took)
    bars.note(f"{what}: ours", f"{mine:.1f} ms CPU")
    bars.note(f"{what}: floor behind the middleware", f"{behind:.1f} ms CPU")
    bars.note(f"{what}: floor as a bare function", f"{alone:.1f} ms CPU")
    bars.at_most(f"{what}: CPU beside the floor", mine / behind, bar)
    bars.note(f"{what}: beside the bare function", f"{mine / alone:.2f}×")
    return took[0]
