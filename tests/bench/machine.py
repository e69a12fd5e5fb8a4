"""What the machine takes for a bare round trip to the database, and what a district's scope adds to it."""

from django.db import connection

from tests.bench.kit import Bars, took
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

TRIPS = 2000


def bare() -> None:
    with connection.cursor() as cursor:
        for _ in range(TRIPS):
            cursor.execute("SELECT 1")


def scoped(one: District) -> None:
    for _ in range(TRIPS):
        with district(one), connection.cursor() as cursor:
            cursor.execute("SELECT 1")


one, _ = District.objects.get_or_create(
    slug="bench",
    defaults={"name": "Bench", "state": "OR", "time_zone": "America/Los_Angeles", "postal_address": "1 Bench Way"},
)
floor = took(bare, times=5)
inside = took(lambda: scoped(one), times=5)
bars = Bars(f"{TRIPS} round trips to the database")
bars.note("bare", f"{floor.wall / TRIPS * 1e6:.0f} µs each")
bars.note("each in a scope of its own", f"{inside.wall / TRIPS * 1e6:.0f} µs each")
bars.note("scope, beside bare", f"{inside.wall / floor.wall:.1f}×")
bars.finish()
