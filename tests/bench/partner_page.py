"""A partner's page with 500 timeline entries: queries, and CPU beside a floor that asks the very same SQL and draws one plain template.

`python3 manage.py bench partner_page`
"""

import datetime as dt

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone

from partners.models import Contact, Organization, TimelineEntry
from tests.bench.kit import Bars, analyze, took
from wbl import district_urls
from wbl.accounts.access import can
from wbl.accounts.models import Membership, User
from wbl.home.demo import load
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

REQUESTS, ENTRIES, OF_MIDDLEWARE = 40, 500, 4  # district, session, person, memberships
KINDS = ("call", "note", "meeting", "mail_out")
TEMPLATE = Engine().from_string(
    """<ul>{% for p in people %}<li><a href="/d/contacts/{{ p.id }}/">{{ p.name }}</a> {{ p.title }} {{ p.email }} {{ p.phone }}</li>{% endfor %}</ul>
<ul>{% for t in todos %}<li>{{ t.title }} {{ t.due }} <button name="done" value="{{ t.id }}">Done</button></li>{% endfor %}</ul>
<ol>{% for e in entries %}<li id="entry-{{ e.id }}"><time datetime="{{ e.at }}">{{ e.day }}</time><p>{{ e.kind }}</p><p>{{ e.summary }}</p><p>{{ e.body }}</p>
<p>{{ e.who }} <a href="/d/entries/{{ e.id }}/trouble/">It did not go well</a></p></li>{% endfor %}</ol>"""
)
statements: list[str] = []


@can("view")
def floor(request: HttpRequest) -> HttpResponse:
    """What the page asked after its middleware, word for word, and its people, to-dos and entries."""
    found = {}
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)
            names = [column.name for column in cursor.description]
            rows = cursor.fetchall()
            found[sql.split('"')[1]] = [dict(zip(reversed(names), reversed(row), strict=True)) for row in rows]
    entries = found["partners_timelineentry"]
    for entry in entries:
        entry["day"] = f"{entry['at']:%b %-d}"
    shown = {"people": found["partners_contact"], "todos": found["todo_todo"], "entries": entries}
    return HttpResponse(TEMPLATE.render(Context(shown)))


def ask(address: str) -> None:
    assert client.get(address).status_code == 200


district_urls.urlpatterns.append(path("floor/", floor))
load.seed(districts=1, partners=1000)
user = User.objects.get(email="load@load.example")
Membership.objects.filter(user=user).update(role="admin")
with district(District.objects.get(slug="load-1")):
    partner = Organization.objects.order_by("id").first()
    people = [Contact.objects.create(organization=partner, name=f"Person {n}", email=f"p{n}@x.example") for n in "abc"]
    now = timezone.now()
    TimelineEntry.objects.bulk_create(
        TimelineEntry(
            organization=partner,
            kind=KINDS[n % 4],
            at=now - dt.timedelta(days=n % 300),
            summary=f"Talked of {n}",
            contact=people[n % 3],
            by=user,
        )
        for n in range(ENTRIES)
    )
analyze()
client = Client()
client.force_login(user, backend="wbl.accounts.backends.MembershipBackend")
address = f"/load-1/partners/{partner.pk}/"
ask(address)
with CaptureQueriesContext(connection) as queries:
    ask(address)
asked = [q["sql"] for q in queries.captured_queries if "set_config" not in q["sql"] and "SAVEPOINT" not in q["sql"]]
statements += asked[OF_MIDDLEWARE:]
bars = Bars(f"A partner's page with {ENTRIES} timeline entries")
bars.at_most("queries", len(asked), 14, "")
ours = took(lambda: [ask(address) for _ in range(REQUESTS)], times=5)
bare = took(lambda: [ask("/load-1/floor/") for _ in range(REQUESTS)], times=5)
bars.note("floor", f"{bare.cpu / REQUESTS * 1e3:.1f} ms CPU")
bars.note("ours", f"{ours.cpu / REQUESTS * 1e3:.1f} ms CPU")
bars.at_most("CPU beside the floor", ours.cpu / bare.cpu, 2.5)
bars.finish()
