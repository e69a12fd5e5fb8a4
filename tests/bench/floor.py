"""The floor under the partner list: the same SQL by hand and the same cells in one plain Django template.

A view like any other, asked through the same client and middleware (which find the district, the session, the person and
their membership), so that the ratio is about the page: lists, filters, rail, layout, ORM, against nothing of all that.
"""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine

from wbl.accounts.access import can

OWNERS = "select m.user_id, u.name, u.email from accounts_membership m join accounts_user u on u.id = m.user_id where m.district_id = %s and m.ended_at is null"
PATHWAYS = "select distinct p.id, p.name from pathways_tie t join pathways_pathway p on p.id = t.pathway_id where t.district_id = %s"
VIEWS = """select v.id, v.name, v.query, v.shared, u.name from saved_savedview v join accounts_user u on u.id = v.owner_id where v.district_id = %s
and (v.owner_id = %s or (v.shared and v.name <> '')) and v.removed_at is null and v.list = 'partners' order by v.name, v.id"""
PAGE = """select o.id, o.name, o.stage, u.name, o.last_contact_at from partners_organization o
left join accounts_user u on u.id = o.owner_id where o.district_id = %s and o.archived_at is null order by o.sort_name, o.id limit 51"""
STEPS = """select distinct on (about_id) about_id, title, due from todo_todo where district_id = %s and done_at is null
and about_kind = 'partners.organization' and about_id = any(%s) order by about_id, due, id"""
OFFERS = "select organization_id, count(*) from partners_offer where district_id = %s and closed_at is null and organization_id = any(%s) group by 1"
TIES = """select t.organization_id, string_agg(p.name, ', ') from pathways_tie t join pathways_pathway p on p.id = t.pathway_id
where t.district_id = %s and t.organization_id = any(%s) group by 1"""
LATE = """select count(*) from todo_todo
where district_id = %s and owner_id = %s and done_at is null and due < current_date"""
HELD = "select count(*) from mail_message where district_id = %s and state = 'withheld' and due_at between now() - interval '1 day' and now()"

TEMPLATE = Engine().from_string(
    """<table><thead><tr><th>Partner<th>Stage<th>Owner<th>Last<th>Next step<th>Due<th>Pathways<th>Offers</tr></thead><tbody>
{% for pk, name, stage, owner, last, step, due, pathways, offers in rows %}<tr><td><input type="checkbox" name="rows" value="{{ pk }}" aria-label="Select {{ name }}"></td>
<th scope="row"><a class="name" href="/d/partners/{{ pk }}/">{{ name }}</a></th><td data-label="Stage"><span class="stage">{{ stage }}</span></td>
<td data-label="Owner"><span>{{ owner }}</span></td><td data-label="Last"><span>{{ last }}</span></td><td data-label="Next step"><span>{{ step }}</span></td>
<td data-label="Due"><span>{{ due }}</span></td><td data-label="Pathways"><span>{{ pathways }}</span></td><td data-label="Offers"><span>{{ offers }}</span></td></tr>
{% endfor %}</tbody></table>"""
)


@can("view")
def partner_list(request: HttpRequest) -> HttpResponse:
    """One page of 50 partners: its statements and one template, and nothing else."""
    here, me = request.district.pk, request.user.pk
    for sql, *arguments in (OWNERS, here), (PATHWAYS, here), (VIEWS, here, me), (LATE, here, me), (HELD, here):
        asked(sql, *arguments)
    found = asked(PAGE, here)[:50]
    ids = [row[0] for row in found]
    steps = {pk: (title, f"{due:%b %-d}") for pk, title, due in asked(STEPS, here, ids)}
    offers, ties = dict(asked(OFFERS, here, ids)), dict(asked(TIES, here, ids))
    rows = []
    for pk, name, stage, owner, last in found:
        when = f"{last:%b %-d}" if last else "–"
        rows.append((pk, name, stage, owner, when, *steps.get(pk, "––"), ties.get(pk, "–"), offers.get(pk, "–")))
    return HttpResponse(TEMPLATE.render(Context({"rows": rows})))


def asked(sql: str, *arguments: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, arguments)
        return cursor.fetchall()
