"""The floor under the partner list: the same SQL by hand and the same cells in one plain Django template."""

from django.db import connection
from django.template import Context, Engine

PAGE = """select o.id, o.name, o.kind, o.stage, u.name, o.last_contact_at from partners_organization o
left join accounts_user u on u.id = o.owner_id where o.district_id = %s and o.archived_at is null order by o.sort_name, o.id limit 51"""
STEPS = """select distinct on (about_id) about_id, title, due from todo_todo where district_id = %s and done_at is null
and about_kind = 'partners.organization' and about_id = any(%s) order by about_id, due, id"""
OFFERS = "select organization_id, count(*) from partners_offer where district_id = %s and closed_at is null and organization_id = any(%s) group by 1"
SESSION = "select session_data from django_session where session_key = %s and expire_date > now()"
USER = "select * from accounts_user where id = %s"
MEMBER = "select * from accounts_membership m join tenancy_district d on d.id = m.district_id where m.user_id = %s and m.ended_at is null"
OWNERS = "select m.user_id, u.name, u.email from accounts_membership m join accounts_user u on u.id = m.user_id where m.district_id = %s and m.ended_at is null"
LATE = (
    "select count(*) from todo_todo where district_id = %s and owner_id = %s and done_at is null and due < current_date"
)

TEMPLATE = Engine().from_string(
    """<table><thead><tr><th>Partner<th>Stage<th>Owner<th>Last<th>Next step<th>Due<th>Pathways<th>Offers</tr></thead><tbody>
{% for pk, name, stage, owner, last, step, due, offers in rows %}<tr><td><input type="checkbox" name="rows" value="{{ pk }}" aria-label="Select {{ name }}"></td>
<th scope="row"><a class="name" href="/d/partners/{{ pk }}/">{{ name }}</a></th><td data-label="Stage"><span class="stage">{{ stage }}</span></td>
<td data-label="Owner"><span>{{ owner }}</span></td><td data-label="Last"><span>{{ last }}</span></td><td data-label="Next step"><span>{{ step }}</span></td>
<td data-label="Due"><span>{{ due }}</span></td><td data-label="Pathways"><span>–</span></td><td data-label="Offers"><span>{{ offers }}</span></td></tr>
{% endfor %}</tbody></table>"""
)


def page(district_id: int, user_id: int, session_key: str) -> str:
    """One page of 50 partners: 8 statements and one template, and nothing else."""
    with connection.cursor() as cursor:
        for sql, arguments in (
            (SESSION, [session_key]),
            (USER, [user_id]),
            (MEMBER, [user_id]),
            (OWNERS, [district_id]),
            (LATE, [district_id, user_id]),
        ):
            cursor.execute(sql, arguments)
            cursor.fetchall()
        cursor.execute(PAGE, [district_id])
        found = cursor.fetchall()[:50]
        ids = [row[0] for row in found]
        cursor.execute(STEPS, [district_id, ids])
        steps = {pk: (title, due) for pk, title, due in cursor.fetchall()}
        cursor.execute(OFFERS, [district_id, ids])
        offers = dict(cursor.fetchall())
    rows = [
        (pk, name, stage, owner or "–", f"{last:%b %-d}" if last else "–", *_step(steps.get(pk)), offers.get(pk, "–"))
        for pk, name, _kind, stage, owner, last in found
    ]
    return TEMPLATE.render(Context({"rows": rows}))


def _step(step: tuple | None) -> tuple[str, str]:
    return (step[0], f"{step[1]:%b %-d}") if step else ("–", "–")
