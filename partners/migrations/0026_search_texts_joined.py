"""The words of notes, tags and addresses are looked for in texts joined by `||`, which takes half of what concat_ws took: each
search reads those of all partners and people of the district, whatever is typed. None of those columns may be null.

What a search costs is overstated to the planner so that it keeps to the indexes; it must not start workers over that.
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("partners.migrations.0022_search_at_once").TEXT
PARTNER = "concat_ws(E'\\n', o.website, o.domain, o.email, array_to_string(o.tags, E'\\n'), o.industry, o.source_detail, o.notes) all_of"
PARTNER_NOW = r"""lateral (select o.website || E'\n' || o.domain || E'\n' || o.email || E'\n' || o.industry || E'\n' || o.source_detail
             || E'\n' || o.notes || case when o.tags = '{}' then '' else E'\n' || array_to_string(o.tags, E'\n') end as all_of) texts"""
PERSON = "concat_ws(E'\\n', c.email, c.other_emails, c.title, c.notes) all_of"
PERSON_NOW = (
    r"lateral (select c.email || E'\n' || c.other_emails || E'\n' || c.title || E'\n' || c.notes as all_of) texts"
)
TEXT = BEFORE.replace(PARTNER, PARTNER_NOW).replace(PERSON, PERSON_NOW)
ALONE = "alter function {}(text, text, text, int) set max_parallel_workers_per_gather = 0"
AGAIN = "alter function {}(text, text, text, int) reset max_parallel_workers_per_gather"


class Migration(migrations.Migration):
    dependencies = [("partners", "0025_several_alike")]
    operations = [
        # loads pg_trgm's library: in a session that has not, its settings may not be named in a function
        migrations.RunSQL("select similarity('a', 'b')", migrations.RunSQL.noop),
        migrations.RunSQL(TEXT, BEFORE),
        *(
            migrations.RunSQL(ALONE.format(name), AGAIN.format(name))
            for name in ("partners_search_text", "partners_search")
        ),
    ]
