"""A partner's page with 500 timeline entries, and the board of a district of 1,000: queries, and CPU beside floors that
ask the very same SQL and draw one plain template each.

`python3 manage.py bench partner_page` (`--entries 100 --partners 200` loads less)
"""

import argparse
import datetime as dt
import re
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, Template
from django.urls import path
from django.utils import timezone

from partners.models import Contact, Organization, TimelineEntry
from tests.bench import pages
from tests.bench.kit import Bars, analyze
from wbl import district_urls
from wbl.accounts.access import can
from wbl.accounts.models import Membership, User
from wbl.home.demo import load
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

REQUESTS = 15
KINDS = ("call", "note", "meeting", "mail_out")
PAGE = Engine().from_string(
    """<ul>{% for p in people %}<li><a href="/d/contacts/{{ p.id }}/">{{ p.name }}</a> {{ p.title }} {{ p.email }} {{ p.phone }}</li>{% endfor %}</ul>
<ul>{% for t in todos %}<li>{{ t.title }} {{ t.due }} <button name="done" value="{{ t.id }}">Done</button></li>{% endfor %}</ul>
<ol>{% for e in entries %}<li id="entry-{{ e.id }}"><time datetime="{{ e.at }}">{{ e.day }}</time><p>{{ e.kind }}</p><p>{{ e.summary }}</p><p>{{ e.body }}</p>
<p>{{ e.name }} <a href="/d/entries/{{ e.id }}/trouble/">It did not go well</a></p></li>{% endfor %}</ol>"""
)
BOARD = Engine().from_string(
    """{% for column in columns %}<section><h2>{{ column.stage }}</h2><span>{{ column.total }}</span>
{% for row in column.rows %}<div><a href="/d/partners/{{ row.id }}/">{{ row.name }}</a><p>{{ row.days }} days · {{ row.who }}</p>
<form method="post" action="/d/partners/{{ row.id }}/stage/"><input type="hidden" name="token" value="{{ token }}"><input type="hidden" name="next" value="/d/board/">
<select name="stage" aria-label="Stage of {{ row.name }}">{% for key in stages %}<option value="{{ key }}"{% if key == column.stage %} selected{% endif %}>{{ key }}</option>{% endfor %}</select>
<button>Move<span> {{ row.name }}</span></button></form></div>{% endfor %}</section>{% endfor %}"""
)
STAGES = "prospect contacted meeting committed active champion paused declined".split()
Found = dict[str, tuple[list[str], list[tuple]]]


def page_of(found: Found) -> dict:
    people, todos, entries = (
        _named(*found[table]) for table in ("partners_contact", "todo_todo", "partners_timelineentry")
    )
    for entry in entries:
        entry["day"] = f"{entry['at']:%b %-d}"
    return {"people": people, "todos": todos, "entries": entries}


def board_of(found: Found) -> dict:
    today = dt.datetime.now(dt.UTC)
    here: dict[str, list[dict]] = {stage: [] for stage in STAGES}
    for pk, name, stage, since, *_again, owner, _email, total in found["partners_organization"][1]:
        who = "".join(word[0] for word in owner.split())
        here[stage].append({"id": pk, "name": name, "days": (today - since).days, "who": who, "total": total})
    columns = [{"stage": stage, "total": rows[0]["total"] if rows else 0, "rows": rows} for stage, rows in here.items()]
    return {"columns": columns, "stages": STAGES, "token": "x" * 64}


def _named(names: list[str], rows: list[tuple]) -> list[dict]:
    """Of two columns called the same, the first: the entry's, where its people are joined behind it."""
    return [dict(zip(reversed(names), reversed(row), strict=True)) for row in rows]


def floor(asked: list[str], template: Template, shown: Callable[[Found], dict]) -> Callable[..., HttpResponse]:
    """What the page asked after its middleware, word for word, and its rows in one template."""

    @can("view")
    def view(request: HttpRequest) -> HttpResponse:
        found = {}
        with connection.cursor() as cursor:
            for sql in asked[pages.OF_MIDDLEWARE :]:
                cursor.execute(sql)
                found[_table(sql)] = ([column.name for column in cursor.description], cursor.fetchall())
        return HttpResponse(template.render(Context(shown(found))))

    return view


def _table(sql: str) -> str:
    """The table whose rows it gives: the first of ours that it names."""
    found = re.search(r'"((?:partners|todo)_\w+)"', sql)
    return found[1] if found else ""


options = argparse.ArgumentParser(description=__doc__)
options.add_argument("--entries", type=int, default=500)
options.add_argument("--partners", type=int, default=1000)
load_of = options.parse_args()

load.seed(districts=1, partners=load_of.partners)
user = User.objects.get(email="load@load.example")
Membership.objects.filter(user=user).update(role="admin")
one = District.objects.get(slug="load-1")
with district(one):
    partner = Organization.objects.order_by("id").first()
    partner.contacts.all().delete()  # of a run before, where its database was kept
    partner.timeline.all().delete()
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
        for n in range(load_of.entries)
    )
analyze()
client = pages.browser(user)
bars = Bars(f"A partner's page with {load_of.entries} timeline entries; the board of {load_of.partners:,} partners")
for what, address, template, shown in (
    ("page", f"/load-1/partners/{partner.pk}/", PAGE, page_of),
    ("board", "/load-1/partners/board/", BOARD, board_of),
):
    asked = pages.statements_of(client, address)
    bars.at_most(f"{what}: queries", len(asked), 14, "")
    view = floor(asked, template, shown)
    district_urls.urlpatterns.append(path(f"floor-{what}/", view))
    bare = pages.by_hand(view, one, user, asked[: pages.OF_MIDDLEWARE], REQUESTS)
    ours, behind = (pages.asking(client, each, REQUESTS) for each in (address, f"/load-1/floor-{what}/"))
    pages.beside(bars, what, 2.5, REQUESTS, ours, behind, bare)
bars.finish()
