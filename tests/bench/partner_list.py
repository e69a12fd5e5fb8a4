"""The partner list of a district of 5,000 among 500,000: queries, CPU beside the floor, requests beside the admin's.

`python3 manage.py bench partner_list` (loading takes minutes; `--keep` goes on with what is loaded;
`--districts 5 --first 1000` loads less).
"""

import argparse
import time
from statistics import median
from typing import Any

from django.contrib import admin
from django.urls import path

from partners.listing import complete
from partners.models import Organization
from partners.search import find_ids
from tests.bench import floor, pages
from tests.bench.kit import Bars, analyze, both_cpu, copied, in_turn
from wbl import district_urls
from wbl.accounts.models import Membership, User
from wbl.home.demo import load
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

REQUESTS = 20
LIST = "/load-1/partners/"


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


def beside_one(bars: Bars) -> None:
    """The same district among all others, and in a copy of the database from before they were loaded: in turn."""
    alone = pages.asking(on_the_copy(lambda: pages.browser(user))(), LIST, REQUESTS)
    spent = [(both_cpu(ours), on_the_copy(lambda: both_cpu(alone))()) for _ in range(22)]
    many, one = (median(runs) / REQUESTS * 1e3 for runs in zip(*spent[1:], strict=True))
    bars.note("CPU of web and PostgreSQL: among them; alone", f"{many:.2f}; {one:.2f} ms")
    bars.at_most(f"{load_of.districts} districts beside 1", many / one, 1.2)


options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--districts", type=int, default=500)
options.add_argument("--first", type=int, default=5000, help="partners in the district that is asked")
options.add_argument("--partners", type=int, default=1000, help="in each other district")
load_of = options.parse_args()

district_urls.urlpatterns.append(path("floor/", floor.partner_list))
load.seed(districts=1, partners=load_of.first)
analyze()
user = User.objects.get(email="load@load.example")
Membership.objects.filter(user=user, district__slug="load-1").update(role="admin")
one = District.objects.get(slug="load-1")
client = pages.browser(user)
ours = pages.asking(client, LIST, REQUESTS)
ours()
on_the_copy = copied("bench_partner_list_of_one", fresh=District.objects.count() == 1)

load.seed(districts=load_of.districts, partners=load_of.partners, first=load_of.first)
analyze()
Membership.objects.filter(user=user).exclude(district=one).delete()
everywhere = load_of.first + (load_of.districts - 1) * load_of.partners
bars = Bars(f"Partner list, 50 rows, {load_of.first:,} partners of {everywhere:,}")
asked = pages.statements_of(client, LIST)
bars.at_most("queries", len(asked), 12, "")
behind = pages.asking(client, "/load-1/floor/", REQUESTS)
bare = pages.by_hand(floor.partner_list, one, user, asked[: pages.OF_MIDDLEWARE], REQUESTS)
pages.beside(bars, "list", 2, REQUESTS, ours, behind, bare)
admin.site._registry[Organization] = Same(Organization, admin.site)
among, theirs = in_turn(ours, pages.asking(client, "/load-1/admin/partners/organization/", REQUESTS))
bars.note("admin changelist", f"{REQUESTS / theirs.wall:.0f} requests/s, {theirs.cpu / REQUESTS * 1e3:.1f} ms CPU")
bars.note("ours", f"{REQUESTS / among.wall:.0f} requests/s")
bars.at_least("requests/s beside the admin", theirs.wall / among.wall, 1.5)
beside_one(bars)
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
