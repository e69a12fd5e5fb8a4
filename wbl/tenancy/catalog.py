"""The step after migrate: it makes PostgreSQL's catalog match the models.

Idempotent, run as the owner. Every tenant table gets row-level security with two policies, grants, unique
(district_id, id), composite foreign keys and the history triggers; global tables get grants alone. Nothing to
remember when a model is added; tests/tenancy/test_catalog.py reads the catalog back.
"""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction

from wbl.tenancy.base import DistrictModel
from wbl.tenancy.history import FUNCTIONS, triggers

RUN, EVERY = "wbl_run", "wbl_every"
CURRENT = "nullif(current_setting('wbl.district', true), '')::bigint"
ALL_RIGHTS = "select, insert, update, delete"
# tables that the application's role may not write; Django deletes an account's (no) entries of its own log with it
RIGHTS = {"tenancy.Change": "select", "admin.LogEntry": "select, delete"}
# access granted and ended is remembered like a district's own rows, though these tables lie outside the walls
WITH_HISTORY = {"accounts.Membership", "partners.PartnerAccess"}
# a second read policy: rows of the regions that the open district belongs to
MORE_READS = {
    "tenancy.Publication": (
        f"district_id in (select region_id from tenancy_regionmember where district_id = {CURRENT})",
        "wbl_region",
    )
}


def tenant_models() -> list[type[DistrictModel]]:
    """Every model behind the walls."""
    return [m for m in apps.get_models(include_auto_created=True) if issubclass(m, DistrictModel) and m._meta.managed]


def global_models() -> list[type[models.Model]]:
    """Every model outside them."""
    return [
        m for m in apps.get_models(include_auto_created=True) if not issubclass(m, DistrictModel) and m._meta.managed
    ]


def composite_keys(model: type[DistrictModel]) -> Iterator[tuple[str, type[DistrictModel]]]:
    """(column, target) of the foreign keys that must stay inside one district."""
    for field in model._meta.local_concrete_fields:
        target = field.related_model
        if isinstance(field, models.ForeignKey) and isinstance(target, type) and issubclass(target, DistrictModel):
            yield field.column, target


def statements() -> Iterator[str]:
    """All SQL of the step, in order."""
    yield f"grant usage on schema public to {RUN}, {EVERY}"
    yield from FUNCTIONS
    tenants = tenant_models()
    for model in tenants:
        yield from _walls(model)
        # the target of composite keys, and the one index by district that every table has
        yield _once(model._meta.db_table, f"{model._meta.db_table}_in_district"[:63], "unique (district_id, id)")
    for model in tenants:
        table = model._meta.db_table
        for column, target in composite_keys(model):
            yield _once(
                table,
                f"{table}_{column}_same_district"[-63:].lstrip("_"),
                f"foreign key (district_id, {column}) references {target._meta.db_table} (district_id, id)"
                " deferrable initially immediate",
            )
            yield _without_plain_key(table, column)
    for outside in global_models():
        yield from _grants(outside._meta.db_table, outside._meta.label)
        if outside._meta.label in WITH_HISTORY:
            yield from triggers(outside)
    yield f"grant select on django_migrations to {RUN}, {EVERY}"
    yield f"grant usage, select on all sequences in schema public to {RUN}"


def _walls(model: type[DistrictModel]) -> Iterator[str]:
    table = model._meta.db_table
    yield f"alter table {table} enable row level security"
    yield f"drop policy if exists wbl_district on {table}"
    yield (
        f"create policy wbl_district on {table} for all to {RUN} "
        f"using (district_id = {CURRENT}) with check (district_id = {CURRENT})"
    )
    yield f"drop policy if exists wbl_every on {table}"
    yield f"create policy wbl_every on {table} for select to {EVERY} using (true)"
    if more := MORE_READS.get(model._meta.label):
        condition, name = more
        yield f"drop policy if exists {name} on {table}"
        yield f"create policy {name} on {table} for select to {RUN} using ({condition})"
    yield from _grants(table, model._meta.label)
    if model.history:
        yield from triggers(model)


def _grants(table: str, label: str) -> Iterator[str]:
    yield f"revoke all on {table} from {RUN}, {EVERY}"
    yield f"grant {RIGHTS.get(label, ALL_RIGHTS)} on {table} to {RUN}"
    yield f"grant select on {table} to {EVERY}"


def _once(table: str, name: str, definition: str) -> str:
    return (
        f"do $$ begin if not exists (select 1 from pg_constraint where conrelid = '{table}'::regclass and conname = '{name}')"
        f" then alter table {table} add constraint {name} {definition}; end if; end $$"
    )


def _without_plain_key(table: str, column: str) -> str:
    """Django's own foreign key says less than the composite one, and would have every row looked up a second time."""
    return (
        f"do $$ declare name text; begin for name in select conname from pg_constraint c where conrelid = '{table}'::regclass"
        " and contype = 'f' and conkey = array[(select attnum from pg_attribute where attrelid = conrelid"
        f" and attname = '{column}')] loop execute format('alter table {table} drop constraint %I', name); end loop; end $$"
    )


def apply(connection: Any) -> int:
    """Run the step over a connection of the owner, in one transaction; returns the number of statements."""
    sql = list(statements())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for statement in sql:
            cursor.execute(statement)
    return len(sql)
