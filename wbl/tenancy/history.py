"""The history of every tenant row: SQL of the triggers that write `tenancy_change`.

One trigger per table and operation, FOR EACH STATEMENT with transition tables: no bulk update or SQL escapes it, and
ten thousand rows cost one INSERT … SELECT. The functions belong to the owner (SECURITY DEFINER), so the application
can read the history of its district and cannot alter it.
"""

from collections.abc import Iterator

from django.db import models

_HEAD = "returns trigger language plpgsql security definer set search_path = public, pg_temp as $$ begin"
_COLUMNS = "insert into tenancy_change (district_id, kind, record_id, op, at, user_id, before, after)"
_WHO = "now(), nullif(current_setting('wbl.user', true), '')::bigint"
# argument 0 is the kind, the others are columns whose values are not kept
_OMIT = "array['updated_at'] || tg_argv[1:]"

FUNCTIONS = (
    (
        f"create or replace function wbl_history_insert() {_HEAD} {_COLUMNS}"
        f" select district_id, tg_argv[0], id, 'insert', {_WHO}, null, null from wbl_new; return null; end $$"
    ),
    (
        f"create or replace function wbl_history_delete() {_HEAD} {_COLUMNS}"
        f" select district_id, tg_argv[0], id, 'delete', {_WHO}, to_jsonb(o) - ({_OMIT}), null"
        " from wbl_old o where exists (select 1 from tenancy_district d where d.id = o.district_id); return null; end $$"
    ),
    (
        f"create or replace function wbl_history_update() {_HEAD} {_COLUMNS}"
        f" select n.district_id, tg_argv[0], n.id, 'update', {_WHO}, d.before, d.after from wbl_new n join wbl_old o using (id),"
        # `offset 0` keeps PostgreSQL from making both documents anew for every key
        f" lateral (select to_jsonb(o) - ({_OMIT}) as old, to_jsonb(n) as new offset 0) j,"
        " lateral (select jsonb_object_agg(b.key, b.value) as before, jsonb_object_agg(b.key, j.new -> b.key) as after"
        " from jsonb_each(j.old) b where b.value is distinct from j.new -> b.key) d"
        " where d.before is not null; return null; end $$"
    ),
    # else the application could hang one on a temporary table of its own, and write history for any district
    "revoke all on function wbl_history_insert(), wbl_history_update(), wbl_history_delete() from public",
)
_TRANSITIONS = {
    "insert": "new table as wbl_new",
    "update": "old table as wbl_old new table as wbl_new",
    "delete": "old table as wbl_old",
}


def triggers(model: type[models.Model]) -> Iterator[str]:
    """The three triggers of a table."""
    table, arguments = model._meta.db_table, ", ".join(f"'{a}'" for a in (model._meta.label_lower, *_columns(model)))
    for operation, transition in _TRANSITIONS.items():
        yield (
            f"create or replace trigger wbl_history_{operation} after {operation} on {table} referencing {transition}"
            f" for each statement execute function wbl_history_{operation}({arguments})"
        )


def _columns(model: type[models.Model]) -> list[str]:
    named = {f.name: f for f in model._meta.concrete_fields if isinstance(f, models.Field)}
    return [named[name].column for name in getattr(model, "history_omits", ())]
