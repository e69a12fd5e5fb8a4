"""Search behind row-level security: ILIKE and trigram operators are not leakproof, so behind a policy their index is not
used (20,000 rows: 24–45 ms instead of 2). A function of the owner reads the same setting and uses the index."""

from django.db import migrations

CREATE = r"""
create function partners_search(key text, typed text, digits text, most int)
returns table (organization_id bigint, contact_id bigint, score real)
language sql stable security definer
set search_path = public, pg_temp set pg_trgm.word_similarity_threshold = 0.45
as $$
  with scope as (select nullif(current_setting('wbl.district', true), '')::bigint as d),
  hits as (
    select o.id as organization_id, null::bigint as contact_id, o.name_key as matched,
           greatest(word_similarity(key, o.name_key), similarity(key, o.name_key)) as score
      from partners_organization o, scope where o.district_id = d and o.archived_at is null and key <> '' and key <% o.name_key
    union all
    select c.organization_id, c.id, c.sort_name, word_similarity(typed, c.sort_name) * 0.95
      from partners_contact c, scope where c.district_id = d and typed <> '' and typed <% c.sort_name
    union all
    select c.organization_id, c.id, c.email, 1.0
      from partners_contact c, scope where c.district_id = d and typed like '%@%' and lower(c.email) = typed
    union all
    select o.id, null, o.domain, 1.0
      from partners_organization o, scope where o.district_id = d and o.archived_at is null and typed like '%.%' and o.domain = typed
    union all
    select o.id, null, o.phone, 1.0
      from partners_organization o, scope where o.district_id = d and o.archived_at is null and digits <> '' and o.phone = digits
    union all
    select c.organization_id, c.id, c.phone, 1.0
      from partners_contact c, scope where c.district_id = d and digits <> '' and c.phone = digits
  )
  select organization_id, (array_agg(contact_id order by score desc))[1], max(score)::real
    from hits group by organization_id
   order by max(score) desc, min(length(matched)), organization_id limit most
$$;
revoke all on function partners_search(text, text, text, int) from public;
grant execute on function partners_search(text, text, text, int) to wbl_run;
"""


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]
    operations = [
        # loads pg_trgm's library: before that its settings are unknown and may not be named in a function
        migrations.RunSQL("select similarity('a', 'b')", migrations.RunSQL.noop),
        migrations.RunSQL(CREATE, "drop function partners_search(text, text, text, int)"),
    ]
