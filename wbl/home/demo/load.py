"""Districts and partners by the thousand, for benchmarks: the same every time, written by SQL in a few statements."""

from django.db import connection, transaction

from wbl.accounts.models import Membership, User
from wbl.tenancy.models import District
from wbl.tenancy.scope import district

WORDS = "Cedar Prairie Redbud Summit Harbor Pioneer Valley Granite Liberty Willow Eagle Sunrise Frontier Maple Canyon Meadow".split()
TRADES = "Machine Dental Welding Logistics Electric Foods Health Software Builders Printing Aviation Energy Motors Supply Media Farms".split()
FORMS = "Company Inc LLC Partners Group Works".split()

_ORGANIZATIONS = """
insert into partners_organization (district_id, name, sort_name, name_key, kind, subkind, stage, stage_since, owner_id, phone, phone_ext, email, website,
  domain, naics, industry, employees, source, source_detail, tags, notes, last_contact_at, updated_at)
select %(district)s, name, lower(name), lower(name), 'employer', '', (array['prospect','contacted','meeting','committed','active','champion'])[1 + n %% 6], now(),
  %(owner)s, '+1555' || lpad((n %% 10000000)::text, 7, '0'), '', '', '', '', '332710', 'Machine shop', n %% 500, 'import', '', '{}', '',
  now() - (n %% 200) * interval '1 day', now()
from (select n, (%(words)s::text[])[1 + n %% 16] || ' ' || (%(trades)s::text[])[1 + (n / 16) %% 16] || ' ' || (%(forms)s::text[])[1 + (n / 256) %% 6] || ' ' || n as name
      from generate_series(1, %(count)s) n) made
"""
_OFFERS = """insert into partners_offer (district_id, organization_id, type, times, per, months, place, how_often, limits, "when", updated_at)
select district_id, id, 'tour', 2, 'year', '{}', '', '', '', '', now() from partners_organization where district_id = %(district)s and id %% 2 = 0"""
_TODOS = """insert into todo_todo (district_id, kind, title, note, due, owner_id, about_kind, about_id, about_label, person_kind, source_kind, updated_at)
select district_id, 'follow_up', 'Follow up', '', current_date + (id %% 30)::int, owner_id, 'partners.organization', id, name, '', '', now()
from partners_organization where district_id = %(district)s and id %% 3 = 0"""


def seed(*, districts: int, partners: int, first: int = 0) -> int:
    """`partners` in each of `districts` (slugs load-1 …), `first` in the first; how many partners were made."""
    coordinator = User.objects.filter(email="load@load.example").first() or User.objects.create_user(
        "load@load.example", name="Load Tester"
    )
    made = 0
    for number in range(1, districts + 1):
        count = first if number == 1 and first else partners
        with transaction.atomic():
            made += count
            _one(number, count, coordinator)
    return made


def _one(number: int, count: int, coordinator: User) -> None:
    where, created = District.objects.get_or_create(
        slug=f"load-{number}", defaults={"name": f"Load District {number}", "state": "OK", "is_demo": True}
    )
    if not created:
        return
    Membership.objects.create(user=coordinator, district=where, role="coordinator")
    facts = {
        "district": where.pk,
        "owner": coordinator.pk,
        "count": count,
        "words": WORDS,
        "trades": TRADES,
        "forms": FORMS,
    }
    with district(where), connection.cursor() as cursor:
        for sql in (_ORGANIZATIONS, _OFFERS, _TODOS):
            cursor.execute(sql, facts)
