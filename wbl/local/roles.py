"""The database's roles, wherever it is: the second wall between districts stands on them.

    wbl_owner   owns the database and its tables; migrates, backs up
    wbl_run     the application: data only, no owner, no superuser; row-level security binds it
    wbl_every   no sign-in; wbl_run takes it for the length of a transaction to read across districts

The owner may have another name, the one in DATABASE_OWNER_URL; policies and grants name the other two. Nothing here is done
twice: on a database that has all it needs, no right beyond reading the catalog is used.
"""

from __future__ import annotations

from dataclasses import dataclass

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from .processes import Failed

RUN, EVERY = "wbl_run", "wbl_every"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin")
LIMITS = "NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"


@dataclass(frozen=True)
class Account:
    """Who signs in to which database, as a connection URL tells it."""

    url: str
    name: str
    password: str
    database: str

    @classmethod
    def of(cls, url: str) -> Account:
        try:
            parts = conninfo_to_dict(url)
        except psycopg.ProgrammingError:  # its words would show the password
            parts = {}
        if not parts.get("user") or not parts.get("dbname"):
            raise Failed("A database address must look like postgresql://USER:PASSWORD@HOST:PORT/DATABASE.")
        return cls(url, str(parts["user"]), str(parts.get("password") or ""), str(parts["dbname"]))


def make(*, owner_url: str, run_url: str, admin_url: str = "") -> bool:
    """Make what is missing; True if the database itself was made.

    With `admin_url`, a superuser's, also the owner and the database; else these exist and the owner needs CREATEROLE.
    """
    owner, run = Account.of(owner_url), Account.of(run_url)
    if run.name not in {RUN, owner.name}:
        raise Failed(
            f"DATABASE_URL signs in as {run.name}; the application's role is {RUN}: policies and grants name it."
        )
    if owner.name == run.name:
        raise Failed("DATABASE_URL and DATABASE_OWNER_URL name the same role: the application must not own its tables.")
    if owner.database != run.database:
        raise Failed("DATABASE_URL and DATABASE_OWNER_URL name two databases.")
    created = _make_database(admin_url, owner) if admin_url else False
    with connect(owner_url) as connection:
        missing = [*_missing_roles(connection, owner, run), *_missing_extensions(connection)]
    if missing:
        url = _same_database(admin_url, owner.database) if admin_url else owner_url
        _execute(url, missing, owner, run)
    return created


def connect(url: str) -> psycopg.Connection:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.OperationalError as error:
        who = Account.of(url)
        raise Failed(f"Cannot open the database {who.database} as {who.name}: {str(error).strip()}") from None


def _same_database(url: str, database: str) -> str:
    return make_conninfo(url, dbname=database)


def _make_database(admin_url: str, owner: Account) -> bool:
    with connect(admin_url) as connection:
        role = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [owner.name]).fetchone()
        if not role:
            connection.execute(_create_login(owner, "LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"))
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [owner.database]).fetchone():
            return False
        names = sql.Identifier(owner.database), sql.Identifier(owner.name)
        connection.execute(sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING 'UTF8'").format(*names))
        return True


def _create_login(account: Account, options: str) -> sql.Composed:
    words = "CREATE ROLE {} " + options + " PASSWORD {}"
    return sql.SQL(words).format(sql.Identifier(account.name), sql.Literal(account.password))


def _missing_roles(connection: psycopg.Connection, owner: Account, run: Account) -> list[sql.Composed]:
    found = {
        name: rest
        for name, *rest in connection.execute(
            "SELECT rolname, rolcanlogin, rolinherit, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole"
            " FROM pg_roles WHERE rolname = ANY(%s)",
            [[run.name, EVERY]],
        )
    }
    missing = []
    every, runs = sql.Identifier(EVERY), sql.Identifier(run.name)
    if EVERY not in found:
        missing.append(sql.SQL("CREATE ROLE {} NOLOGIN NOINHERIT " + LIMITS).format(every))
    elif any(found[EVERY][2:]):
        missing.append(sql.SQL("ALTER ROLE {} NOLOGIN " + LIMITS).format(every))
    if run.name not in found:
        missing.append(_create_login(run, "LOGIN NOINHERIT " + LIMITS))
    elif found[run.name] != [True, False, False, False, False, False]:
        missing.append(sql.SQL("ALTER ROLE {} LOGIN NOINHERIT " + LIMITS).format(runs))
    if run.name not in found or not _is_member(connection, run.name, EVERY):
        missing.append(sql.SQL("GRANT {} TO {}").format(every, runs))
    if run.name in found and _is_member(connection, run.name, owner.name):
        missing.append(sql.SQL("REVOKE {} FROM {}").format(sql.Identifier(owner.name), runs))
    return missing


def _is_member(connection: psycopg.Connection, name: str, of: str) -> bool:
    return bool(
        connection.execute(
            "SELECT 1 FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid JOIN pg_roles u ON u.oid = m.member"
            " WHERE r.rolname = %s AND u.rolname = %s",
            [of, name],
        ).fetchone()
    )


def _missing_extensions(connection: psycopg.Connection) -> list[sql.Composed]:
    there = {name for (name,) in connection.execute("SELECT extname FROM pg_extension")}
    words = sql.SQL("CREATE EXTENSION IF NOT EXISTS {} SCHEMA public")
    return [words.format(sql.Identifier(name)) for name in EXTENSIONS if name not in there]


def _execute(url: str, statements: list[sql.Composed], owner: Account, run: Account) -> None:
    with connect(url) as connection:
        for number, statement in enumerate(statements):
            try:
                connection.execute(statement)
            except psycopg.errors.InsufficientPrivilege as error:
                rest = ";\n".join(one.as_string(connection) for one in statements[number:])
                if run.password:
                    rest = rest.replace(
                        sql.Literal(run.password).as_string(connection), "'the password in DATABASE_URL'"
                    )
                raise Failed(
                    f"{owner.name} may not make the database's roles ({str(error).strip().splitlines()[0]}). Give it CREATEROLE,\n"
                    f"or run this as an administrator, in the database {owner.database}, then start again:\n\n{rest};\n"
                ) from None
