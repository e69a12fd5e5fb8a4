"""One box over a district of 5,000 partners, 5,000 people and 100,000 timeline entries: server time of a search.

Server time is the processor's, of the web process and of its PostgreSQL process together: what a search takes on a machine that
does nothing else, and the same on one that does. The clock's time stands beside it.

`python3 manage.py bench search`
"""

from collections.abc import Callable
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import path

from tests.bench import floor
from tests.bench.kit import Bars, Took, analyze, database_cpu, took
from wbl import district_urls
from wbl.accounts.models import Membership, User
from wbl.home.demo import load
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

PEOPLE = """insert into partners_contact (district_id, organization_id, name, sort_name, goes_by, title, email, other_emails, phone, phone_ext,
  mobile, other_phones, prefers, best_time, language, do_not_contact, alumni_school, notes, updated_at)
select district_id, id, 'Ann Lee ' || id, 'ann lee ' || id, '', 'Plant manager', 'ann' || id || '@load.example', '', '', '', '', '', 'email', '', 'en',
  false, '', 'Met at the fair, prefers mornings', now() from partners_organization where district_id = %s"""
ENTRIES = """insert into partners_timelineentry (district_id, organization_id, kind, at, summary, body, about_kind, asked_for, answer, asked_anyway,
  bad_note, updated_at)
select o.district_id, o.id, 'call', now() - n * interval '1 day', 'Call ' || n || ' about the tour of the ' || (array['plant','lab','clinic','office'])[1 + n %% 4],
  'They would show students the line; follow up on lathe number ' || (o.id * 20 + n) || case when n > 10 then ' by the elevator' else '' end, '', '', '', '', '', now()
from partners_organization o, generate_series(1, 20) n where o.district_id = %s"""
TYPED = {
    "a name": "Cedar Machine Company 300",
    "a name, misspelt": "Ceder Mashine Compny 300",
    "a person": "Ann Lee 42",
    "part of a phone": "5550000",
    "a mail address": "ann4@load",
    "a word of notes": "mornings",
    "a common word of the timeline": "tour",
    "a word that stands in the old half of it": "elevator",
    "a rare word of the timeline": "lathe number 1200",
}


def clock(runs: list[Took]) -> tuple[float, float]:
    """The fastest and the median, in ms."""
    return min(run.wall for run in runs) * 1000, median(run.wall for run in runs) * 1000


def asking(client: Client, typed: str) -> Callable[[], Any]:
    def ask() -> None:
        assert client.get("/load-1/search/", {"q": typed}).status_code == 200

    return ask


load.seed(districts=1, partners=5_000)
user = User.objects.get(email="load@load.example")
Membership.objects.filter(user=user, district__slug="load-1").update(role="admin")
one = District.objects.get(slug="load-1")
with district(one), connection.cursor() as cursor:
    cursor.execute("select exists (select from partners_timelineentry where district_id = %s)", [one.pk])
    if not cursor.fetchone()[0]:
        cursor.execute(PEOPLE, [one.pk])
        cursor.execute(ENTRIES, [one.pk])
analyze()
client = Client()
client.force_login(user, backend="wbl.accounts.backends.MembershipBackend")
bars = Bars("Search in 5,000 partners, 5,000 people and 100,000 entries of a timeline")
district_urls.urlpatterns.append(path("floor/", floor.partner_list))
client.get("/load-1/floor/")
base = took(lambda: client.get("/load-1/floor/"), times=15)
TIMES = 9
bars.note("the floor, a page of 50 partners by hand", f"{base.wall * 1000:.1f} ms")
for what, typed in TYPED.items():
    asking(client, typed)()
    before = database_cpu()
    runs = [took(asking(client, typed)) for _ in range(TIMES)]
    cpu = sum(run.cpu for run in runs) / TIMES + (database_cpu() - before) / TIMES
    bars.at_most(f"{what}: “{typed}”", cpu * 1000, 100, " ms")
    bars.note("  by the clock: the fastest, the median", " ".join(f"{ms:.0f}" for ms in clock(runs)) + " ms")
bars.finish()
