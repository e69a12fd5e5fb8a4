"""The partner list of a district of 5,000 among 500,000: queries, CPU beside the floor, requests beside the admin's.

`python3 manage.py bench partner_list` (loading takes minutes; `--keep` goes on with what is loaded).
"""

import time
from collections.abc import Callable
from statistics import median
from typing import Any

from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path

from partners.listing import complete
from partners.models import Organization
from partners.search import find_ids
from tests.bench import floor
from tests.bench.kit import Bars, analyze, took
from wbl import district_urls
from wbl.accounts.models import Membership, User
from wbl.home.demo import load
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

REQUESTS, DISTRICTS, FIRST = 60, 500, 5000


class Same(admin.ModelAdmin):
    """The admin's list with the columns of ours."""

    list_display = ("name", "stage", "owner", "last_contact_at", "next_step", "due", "pathways", "offers_open")
    list_select_related = ("owner",)
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False
    ordering = ("sort_name", "id")

    def _whole(self, row: Any) -> Any:
        return row if hasattr(row, "next_step") else complete([row])[0]

    def next_step(self, row: Any) -> str:
        return self._whole(row).next_step

    def due(self, row: Any) -> Any:
        return row.due

    def pathways(self, row: Any) -> str:
        return row.pathway_names

    def offers_open(self, row: Any) -> int:
        return row.offer_count

    def get_changelist_instance(self, request: Any) -> Any:
        changes = super().get_changelist_instance(request)
        changes.result_list = complete(changes.result_list)
        return changes


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="wbl.accounts.backends.MembershipBackend")
    return client


def many(work: Callable[[], Any]) -> Callable[[], None]:
    def run() -> None:
        for _ in range(REQUESTS):
            work()

    return run


def get(client: Client, path: str) -> Callable[[], Any]:
    def ask() -> None:
        assert client.get(path).status_code == 200

    return ask


district_urls.urlpatterns.append(path("floor/", floor.partner_list))
load.seed(districts=1, partners=FIRST)
analyze()
user = User.objects.get(email="load@load.example")
Membership.objects.filter(user=user, district__slug="load-1").update(role="admin")
one = District.objects.get(slug="load-1")
client = browser(user)
ours = get(client, "/load-1/partners/")
ours()
alone = took(many(ours), times=5)

load.seed(districts=DISTRICTS, partners=1000, first=FIRST)
analyze()
Membership.objects.filter(user=user).exclude(district=one).delete()
bars = Bars(f"Partner list, 50 rows, {FIRST:,} partners of {DISTRICTS * 1000:,}")
with CaptureQueriesContext(connection) as queries:
    ours()
statements = [
    q["sql"] for q in queries.captured_queries if "set_config" not in q["sql"] and "SAVEPOINT" not in q["sql"]
]
bars.at_most("queries", len(statements), 12, "")
among = took(many(ours), times=5)
bare = took(many(get(client, "/load-1/floor/")), times=5)
bars.note("floor", f"{bare.cpu / REQUESTS * 1e3:.1f} ms CPU")
bars.note("ours", f"{among.cpu / REQUESTS * 1e3:.1f} ms CPU")
bars.at_most("CPU beside the floor", among.cpu / bare.cpu, 2)
admin.site._registry[Organization] = Same(Organization, admin.site)
theirs = took(many(get(client, "/load-1/admin/partners/organization/")), times=5)
bars.note("admin changelist", f"{REQUESTS / theirs.wall:.0f} requests/s")
bars.note("ours", f"{REQUESTS / among.wall:.0f} requests/s")
bars.at_least("requests/s beside the admin", theirs.wall / among.wall, 1.5)
bars.at_most("500 districts beside 1", among.wall / alone.wall, 1.2)
with district(one):
    names = Organization.objects.order_by("id").values_list("name", flat=True)[100:200]
    misspelt = [name[:2] + name[3:8] + name[9:] for name in names]
    spent = []
    for typed in misspelt:
        begin = time.perf_counter()
        assert find_ids(typed)
        spent.append((time.perf_counter() - begin) * 1e3)
    bars.at_most("misspelt search, median of 100", median(spent), 30, " ms")
bars.finish()
