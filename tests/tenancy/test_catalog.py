"""PostgreSQL's catalog, read back: every tenant table has all of its walls, whatever app it came with."""

from typing import Any

import pytest
from django.db import ProgrammingError, connection, transaction

from wbl.tenancy.base import DistrictModel
from wbl.tenancy.catalog import CURRENT, RIGHTS, composite_keys, global_models, tenant_models
from wbl.tenancy.owner import as_owner

TENANTS = pytest.mark.parametrize("model", tenant_models(), ids=lambda m: m._meta.label)


def ask(sql: str, *params: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def squeezed(sql: str | None) -> str:
    """An expression without the parentheses, casts and spaces that PostgreSQL adds."""
    return "".join(str(sql).replace("::text", "").split()).replace("(", "").replace(")", "").lower()


@TENANTS
def test_row_level_security_and_its_policies(db: None, model: type[DistrictModel]) -> None:
    table = model._meta.db_table
    assert ask("select relrowsecurity, relforcerowsecurity from pg_class where oid = %s::regclass", table) == [
        (True, False)
    ]
    found = ask("select policyname, cmd, roles::text, qual, with_check from pg_policies where tablename = %s", table)
    policies = {name: (cmd, roles, squeezed(qual), squeezed(check)) for name, cmd, roles, qual, check in found}
    mine = squeezed(f"district_id = {CURRENT}")
    assert policies.pop("wbl_district") == ("ALL", "{wbl_run}", mine, mine)
    assert policies.pop("wbl_every") == ("SELECT", "{wbl_every}", "true", "none")
    extra = {"wbl_region"} if model._meta.label == "tenancy.Publication" else set()
    assert policies.keys() == extra, "no other door"


@TENANTS
def test_what_each_role_may_do(db: None, model: type[DistrictModel]) -> None:
    def rights(role: str) -> set[str]:
        return {
            r
            for r in ("select", "insert", "update", "delete", "truncate", "references", "trigger")
            if ask("select has_table_privilege(%s, %s, %s)", role, model._meta.db_table, r) == [(True,)]
        }

    test_only = {"truncate"}  # the suite's template may grant it
    allowed = set(RIGHTS.get(model._meta.label, "select, insert, update, delete").split(", "))
    assert rights("wbl_run") - test_only == allowed
    assert rights("wbl_every") == {"select"}


@TENANTS
def test_keys_hold_rows_in_one_district(db: None, model: type[DistrictModel]) -> None:
    table = model._meta.db_table
    constraints = [
        d for (d,) in ask("select pg_get_constraintdef(oid) from pg_constraint where conrelid = %s::regclass", table)
    ]
    assert "UNIQUE (district_id, id)" in constraints
    for column, target in composite_keys(model):
        wanted = f"FOREIGN KEY (district_id, {column}) REFERENCES {target._meta.db_table}(district_id, id) DEFERRABLE"
        assert wanted in constraints, "immediate, so that a wrong one fails where it is written"
        assert not [c for c in constraints if c.startswith(f"FOREIGN KEY ({column})")], "one look-up a row is enough"


@TENANTS
def test_the_history_is_written_by_triggers(db: None, model: type[DistrictModel]) -> None:
    there = {
        n
        for (n,) in ask(
            "select tgname from pg_trigger where tgrelid = %s::regclass and not tgisinternal", model._meta.db_table
        )
    }
    wanted = {"wbl_history_insert", "wbl_history_update", "wbl_history_delete"} if model.history else set()
    assert {n for n in there if n.startswith("wbl_history")} == wanted


def test_who_was_let_in_and_out_is_in_the_history_too(db: None) -> None:
    for table in ("accounts_membership", "partners_partneraccess"):
        assert (3,) in ask(
            "select count(*) from pg_trigger where tgrelid = %s::regclass and tgname like 'wbl_history%%'", table
        )


def test_every_table_of_the_database_is_known(db: None) -> None:
    known = {m._meta.db_table for m in (*tenant_models(), *global_models())} | {"django_migrations"}
    there = {
        t
        for (t,) in ask(
            "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
        )
    }
    assert there <= known, "a table that no model speaks for"


def test_views_and_definer_functions_open_no_other_door(db: None) -> None:
    views = ask(
        "select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace and relname not like 'pg\\_%%'"
    )
    assert views == [], "a view runs with its owner's rights, past the policies"
    definers = ask(
        "select proname, proconfig::text, pg_get_functiondef(oid) from pg_proc"
        " where prosecdef and pronamespace = 'public'::regnamespace"
    )
    for name, config, body in definers:
        assert "search_path" in str(config), f"{name} could be led to somebody else's table"
        assert "wbl.district" in body or name.startswith("wbl_history"), f"{name} reads without the open district"


def test_the_application_hangs_no_history_on_a_table_of_its_own(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("create temporary table forged (district_id bigint, id bigint)")
        with pytest.raises(ProgrammingError, match="permission denied for function"), transaction.atomic():
            cursor.execute(
                "create trigger forge after insert on forged referencing new table as wbl_new"
                " for each statement execute function wbl_history_insert('partners.organization')"
            )


def test_functions_of_the_owner_are_the_applications_alone(db: None) -> None:
    everybodys = ask(
        "select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace"
        " and has_function_privilege('public', oid, 'execute')"
    )
    assert everybodys == []


def test_the_suite_runs_as_the_application_does(db: None) -> None:
    [(user, superuser, bypass, inherit, create)] = ask(
        "select rolname, rolsuper, rolbypassrls, rolinherit, rolcreatedb or rolcreaterole from pg_roles where rolname = current_user"
    )
    assert (user, superuser, bypass, inherit, create) == ("wbl_run", False, False, False, False)
    assert ask("select count(*) from pg_class where relowner = 'wbl_run'::regrole") == [(0,)]
    [(every_super, every_bypass, every_login)] = ask(
        "select rolsuper, rolbypassrls, rolcanlogin from pg_roles where rolname = 'wbl_every'"
    )
    assert (every_super, every_bypass, every_login) == (False, False, False)
    assert ask("select pg_has_role('wbl_run', 'wbl_owner', 'member')") == [(False,)]


@pytest.mark.django_db(transaction=True)
def test_the_step_after_migrate_may_run_again() -> None:
    from wbl.tenancy import catalog

    with as_owner():
        catalog.apply(connection)
        catalog.apply(connection)
