"""Every kind of search in well under 100 ms, of 5,000 partners and 100,000 entries of a timeline.

The planner took the words for common ones and read the timeline from its newest entry on, making the words of each: 1.5 s for
a word that stands nowhere in it. So the newest two hundred are read (a common word is found there), then the index is asked.
Texts of partners and people are read as one text each, and folded as ASCII where what was typed is ASCII: a tenth of the time.
Comparing two names and finding the words of a text cost as much as forty other comparisons. The planner is told, else it reads
all rows of the district, the more surely while it knows nothing yet of what was loaded a minute ago.
"""

from importlib import import_module

from django.db import migrations

TEXT = r"""
create or replace function partners_search_text(typed text, words text, digits text, most int)
returns table (organization_id bigint, contact_id bigint, entry_id bigint, what text)
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan set jit = off set cpu_operator_cost = 0.1
as $$
#variable_conflict use_column
declare
  d bigint := nullif(current_setting('wbl.district', true), '')::bigint;
  pattern text := '%' || replace(replace(replace(typed, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  number text := '%' || digits || '%';
  plain boolean := typed !~ '[^\x01-\x7f]';
  newest bigint[];
begin
  if typed <> '' then
    return query
    select o.id, null::bigint, null::bigint, case
        when digits <> '' and o.phone like number then 'phone'
        when o.website ilike pattern or o.domain ilike pattern then 'web'
        when o.email ilike pattern then 'email'
        when exists (select from unnest(o.tags) tag where tag ilike pattern) then 'tag'
        when o.industry ilike pattern then 'industry'
        when o.source_detail ilike pattern then 'referred'
        else 'note' end
      from partners_organization o,
           concat_ws(E'\n', o.website, o.domain, o.email, array_to_string(o.tags, E'\n'), o.industry, o.source_detail, o.notes) all_of
     where o.district_id = d and o.archived_at is null
       and (digits <> '' and o.phone like number
            or plain and all_of ilike pattern collate "C" or not plain and all_of ilike pattern)
     limit most;
    return query
    select c.organization_id, c.id, null::bigint, case
        when digits <> '' and (c.phone like number or c.mobile like number or c.other_phones like number) then 'phone'
        when c.email ilike pattern or c.other_emails ilike pattern then 'email'
        when c.title ilike pattern then 'title'
        else 'note' end
      from partners_contact c, concat_ws(E'\n', c.email, c.other_emails, c.title, c.notes) all_of
     where c.district_id = d
       and c.organization_id not in (select id from partners_organization where district_id = d and archived_at is not null)
       and (digits <> '' and (c.phone like number or c.mobile like number or c.other_phones like number)
            or plain and all_of ilike pattern collate "C" or not plain and all_of ilike pattern)
     limit most;
  end if;
  if words = '' then
    return;
  end if;
  newest := array(
    select e.id
      from (select id, organization_id, at, summary, body from partners_timelineentry
             where district_id = d order by at desc, id desc limit 200) e
     where to_tsvector('simple', e.summary || ' ' || left(e.body, 20000)) @@ to_tsquery('simple', words)
       and e.organization_id not in (select id from partners_organization where district_id = d and archived_at is not null)
     order by e.at desc, e.id desc limit most);
  if cardinality(newest) < most then
    newest := array(
      select e.id
        from (select id, at from partners_timelineentry
               where district_id = d and to_tsvector('simple', summary || ' ' || left(body, 20000)) @@ to_tsquery('simple', words)
                 and organization_id not in (select id from partners_organization where district_id = d and archived_at is not null)
              offset 0) e
       order by e.at desc, e.id desc limit most);
  end if;
  return query
  select e.organization_id, e.contact_id, e.id, 'timeline' from partners_timelineentry e
   where e.id = any(newest) order by e.at desc, e.id desc;
end
$$;
"""
NAMES = "alter function partners_search(text, text, text, int) set cpu_operator_cost = 0.1 set jit = off"
NAMES_BEFORE = "alter function partners_search(text, text, text, int) reset cpu_operator_cost reset jit"
TEXT_BEFORE = import_module("partners.migrations.0017_search_text").CREATE.replace(
    "create function", "create or replace function"
)


class Migration(migrations.Migration):
    dependencies = [("partners", "0021_handover")]
    operations = [
        # loads pg_trgm's library: in a session that has not, its settings may not be named in a function
        migrations.RunSQL("select similarity('a', 'b')", migrations.RunSQL.noop),
        migrations.RunSQL(TEXT, TEXT_BEFORE),
        migrations.RunSQL(NAMES, NAMES_BEFORE),
    ]
