"""Words in notes, tags and the timeline, parts of phones, web and mail addresses: what the search by names leaves.

The timeline is the one table that grows without end, so its words have an index; partners and contacts of one district
are few thousand rows and are read. As with `partners_search`, the function is the owner's, since the operators would
not use an index behind a policy, and it reads only the open district.
"""

from django.db import migrations

INDEX = """
create index timeline_words on partners_timelineentry
 using gin (district_id, to_tsvector('simple', summary || ' ' || left(body, 20000)))
"""
CREATE = r"""
create function partners_search_text(typed text, words text, digits text, most int)
returns table (organization_id bigint, contact_id bigint, entry_id bigint, what text)
language plpgsql stable security definer
set search_path = public, pg_temp set plan_cache_mode = force_custom_plan
as $$
#variable_conflict use_column
declare
  d bigint := nullif(current_setting('wbl.district', true), '')::bigint;
  pattern text := '%' || replace(replace(replace(typed, '\', '\\'), '%', '\%'), '_', '\_') || '%';
  number text := '%' || digits || '%';
begin
  if typed <> '' then
    return query
    select found.* from (
      select o.id, null::bigint, null::bigint, case
          when digits <> '' and o.phone like number then 'phone'
          when o.website ilike pattern or o.domain ilike pattern then 'web'
          when o.email ilike pattern then 'email'
          when exists (select from unnest(o.tags) tag where tag ilike pattern) then 'tag'
          when o.industry ilike pattern then 'industry'
          when o.source_detail ilike pattern then 'referred'
          when o.notes ilike pattern then 'note' end as what
        from partners_organization o where o.district_id = d and o.archived_at is null
    ) found where found.what is not null limit most;
    return query
    select found.* from (
      select c.organization_id, c.id, null::bigint, case
          when digits <> '' and (c.phone like number or c.mobile like number or c.other_phones like number) then 'phone'
          when c.email ilike pattern or c.other_emails ilike pattern then 'email'
          when c.title ilike pattern then 'title'
          when c.notes ilike pattern then 'note' end as what
        from partners_contact c join partners_organization o on o.id = c.organization_id and o.district_id = d
       where c.district_id = d and o.archived_at is null
    ) found where found.what is not null limit most;
  end if;
  if words <> '' then
    return query
    select e.organization_id, e.contact_id, e.id, 'timeline'
      from partners_timelineentry e join partners_organization o on o.id = e.organization_id and o.district_id = d
     where e.district_id = d and o.archived_at is null
       and to_tsvector('simple', e.summary || ' ' || left(e.body, 20000)) @@ to_tsquery('simple', words)
     order by e.at desc, e.id desc limit most;
  end if;
end
$$;
revoke all on function partners_search_text(text, text, text, int) from public;
grant execute on function partners_search_text(text, text, text, int) to wbl_run;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0016_mailings"),
    ]
    operations = [
        migrations.RunSQL(INDEX, "drop index timeline_words"),
        migrations.RunSQL(CREATE, "drop function partners_search_text(text, text, text, int)"),
    ]
