"""Search finds what is further off ("halverson" for Halvorsen), and keeps to the index however large the database grows.

The plan is made for the words that were typed. One plan for all words, as a function in SQL keeps, knows neither them
nor the district: among 500 districts it read all partners of the district (135 ms; now 12, of 5,000 among 500,000).
"""

from importlib import import_module

from django.db import migrations

SEARCH = r"""
create or replace function partners_search(key text, typed text, digits text, most int)
returns table (organization_id bigint, contact_id bigint, score real)
language plpgsql stable security definer
set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.39 set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare d bigint := nullif(current_setting('wbl.district', true), '')::bigint;
begin
  return query
  with hits as (
    select o.id as organization_id, null::bigint as contact_id, o.name_key::text as matched,
           greatest(word_similarity(key, o.name_key), similarity(key, o.name_key)) as score
      from partners_organization o where o.district_id = d and o.archived_at is null and key <> '' and key <% o.name_key
    union all
    select c.organization_id, c.id, c.sort_name, word_similarity(typed, c.sort_name) * 0.95
      from partners_contact c where c.district_id = d and typed <> '' and typed <% c.sort_name
    union all
    select c.organization_id, c.id, c.email, 1.0
      from partners_contact c where c.district_id = d and typed like '%@%' and lower(c.email) = typed
    union all
    select o.id, null, o.domain, 1.0
      from partners_organization o where o.district_id = d and o.archived_at is null and typed like '%.%' and o.domain = typed
    union all
    select o.id, null, o.phone, 1.0
      from partners_organization o where o.district_id = d and o.archived_at is null and digits <> '' and o.phone = digits
    union all
    select c.organization_id, c.id, c.phone, 1.0
      from partners_contact c where c.district_id = d and digits <> '' and c.phone = digits
  )
  select organization_id, (array_agg(contact_id order by score desc))[1], max(score)::real
    from hits group by organization_id
   order by max(score) desc, min(length(matched)), organization_id limit most;
end
$$;
"""


BEFORE = import_module("partners.migrations.0002_search").CREATE.replace(
    "create function", "create or replace function"
)


class Migration(migrations.Migration):
    dependencies = [("partners", "0017_search_text")]
    operations = [
        # loads pg_trgm's library: in a session that has not, its settings may not be named in a function
        migrations.RunSQL("select similarity('a', 'b')", migrations.RunSQL.noop),
        migrations.RunSQL(SEARCH, BEFORE),
    ]
