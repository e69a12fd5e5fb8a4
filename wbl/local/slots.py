"""Servers for tests: each process that runs tests takes a slot, .wbl/test-1 … test-16, with a PostgreSQL and a Valkey of its own.

So several runs, and the workers of one run, never meet, and a test may stop or kill its servers. A migrated template database
stays in the slot; it is made anew when the schema's sources change, and cloned for a run in a third of a second.
"""

from __future__ import annotations

import hashlib
import os
import pathlib
import subprocess
import sys
import time

import psycopg
from psycopg import sql

from . import roles, state
from .own import OWNER, RUN
from .processes import Failed
from .servers import Postgres, Valkey

SLOTS = 16
DATABASE = "wbl_test"
SCHEMA_SOURCES = (
    "*/migrations/*.py",
    "*/models.py",
    "*/models/*.py",
    "*/apps.py",
    "wbl/*/migrations/*.py",
    "wbl/*/models.py",
    "wbl/*/models/*.py",
    "wbl/*/apps.py",
    "wbl/settings.py",
    "wbl/tenancy/**/*.py",
    "wbl/*/management/commands/migrate.py",
    "wbl/local/roles.py",
    "requirements-dev.txt",
)


def schema_key() -> str:
    """Changes with anything that may change what `migrate` makes."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SCHEMA_SOURCES for path in state.ROOT.glob(pattern)}):
        digest.update(str(path.relative_to(state.ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def take(limit: float = 600) -> tuple[pathlib.Path, state.Lock]:
    end = time.monotonic() + limit
    while time.monotonic() < end:
        for number in range(1, SLOTS + 1):
            folder = state.folder() / f"test-{number}"
            folder.mkdir(mode=0o700, exist_ok=True)
            lock = state.Lock(folder / "lock")
            if lock.take(wait=False):
                return folder, lock
            lock.release()
        time.sleep(0.5)
    raise Failed(f"All {SLOTS} slots for test servers have been taken for {limit:.0f} s.")


class Slot:
    """One slot, held until stop()."""

    def __init__(self) -> None:
        self.folder, self.lock = take()
        self.secrets = state.passwords(self.folder / "secrets.json")
        self.postgres = Postgres(self.folder / "postgres", password=self.secrets["postgres"], durable=False)
        self.valkey = Valkey(self.folder / "valkey", password=self.secrets["valkey"])

    def start(self) -> Slot:
        self.postgres.start()
        self.valkey.start()
        self.valkey.wipe()
        self.template = f"template_{schema_key()}"
        if not self._exists(self.template):
            self._build_template()
        self.clone()
        return self

    def owner_url(self, database: str = DATABASE) -> str:
        return self.postgres.url(database, OWNER, self.secrets["owner"])

    def run_url(self, database: str = DATABASE) -> str:
        return self.postgres.url(database, RUN, self.secrets["run"])

    def environment(self, database: str = DATABASE) -> dict[str, str]:
        """For settings, in this process and in those it starts. The mail sink here is none: nothing listens at port 9."""
        return {
            "DATABASE_URL": self.run_url(database),
            "DATABASE_OWNER_URL": self.owner_url(database),
            "REDIS_URL": self.valkey.url(),
            "WBL_SECRET_KEY": self.secrets["secret_key"],
            "WBL_BASE_URL": "http://localhost:8000",
            "WBL_SMTP_URL": "smtp://127.0.0.1:9",
            "WBL_LOCAL_DIR": str(self.folder),
            "WBL_TEST": "1",
        }

    def _admin(self, *statements: sql.Composed) -> None:
        with psycopg.connect(self.postgres.url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def _names(self) -> list[str]:
        with psycopg.connect(self.postgres.url("postgres"), autocommit=True) as connection:
            return [name for (name,) in connection.execute("SELECT datname FROM pg_database")]

    def _exists(self, database: str) -> bool:
        return database in self._names()

    def _build_template(self) -> None:
        """Migrated by wbl_owner under another name, then renamed: one that failed halfway is never taken for a template."""
        old = [name for name in self._names() if name.startswith(("template_", "building", DATABASE))]
        self._admin(*(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)) for name in old))
        owner, run = self.owner_url("building"), self.run_url("building")
        roles.make(owner_url=owner, run_url=run, admin_url=self.postgres.url("postgres"))
        words = [sys.executable, str(state.ROOT / "manage.py"), "migrate", "-v", "0"]
        env = {**os.environ, **self.environment("building"), "WBL_NO_BOOTSTRAP": "1"}
        done = subprocess.run(words, env=env, cwd=state.ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failed(f"The test database could not be migrated:\n{done.stdout[-2000:]}{done.stderr[-6000:]}")
        self._admin(sql.SQL("ALTER DATABASE building RENAME TO {}").format(sql.Identifier(self.template)))

    def clone(self, kept: str = "") -> None:
        """The run's database, as migrated or as once kept, whatever was in it. Ends every connection to the old one."""
        names = sql.Identifier(DATABASE), sql.Identifier(self._kept(kept)), sql.Identifier(OWNER)
        self._admin(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(names[0]),
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(*names),
        )

    def keep(self, name: str) -> None:
        """The run's database as it is now, to be cloned by this name later in the run. Ends every connection to it."""
        names = sql.Identifier(self._kept(name)), sql.Identifier(DATABASE), sql.Identifier(OWNER)
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = {}"
        self._admin(
            sql.SQL(ended).format(sql.Literal(DATABASE)),
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(names[0]),
            sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}").format(*names),
        )

    def _kept(self, name: str) -> str:
        return f"{self.template}_{name}" if name else self.template

    def stop(self) -> None:
        self.valkey.stop()
        self.postgres.stop()
        self.lock.release()
