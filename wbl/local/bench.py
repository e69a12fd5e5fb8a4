"""`python3 manage.py bench NAME`: tests/bench/NAME.py on servers and a database of its own, durable like a real one."""

from __future__ import annotations

import argparse
import os
import runpy
import sys

import psycopg
from psycopg import sql

from . import own, roles, state
from .processes import Failed
from .servers import Postgres, Valkey

BENCHES = state.ROOT / "tests" / "bench"
running: Servers | None = None  # of the bench that runs: one about failures stops and starts them
NOT_BENCHES = ("__init__", "floor", "kit", "mail_worker", "pages", "smtp_sink")


def main(arguments: list[str]) -> None:
    names = sorted(path.stem for path in BENCHES.glob("*.py") if path.stem not in NOT_BENCHES)
    parser = argparse.ArgumentParser(prog="python3 manage.py bench", description="Measure; see tests/bench/README.md.")
    parser.add_argument("name", choices=names)
    parser.add_argument(
        "--keep", action="store_true", help="go on with the database that the last run of this bench left"
    )
    options, rest = parser.parse_known_args(arguments)
    lock = state.Lock(_folder() / "lock")
    if not lock.take(wait=False):
        raise Failed("Another bench is running here; two at a time would measure each other.")
    global running
    servers = running = Servers(f"bench_{options.name}")
    try:
        servers.start(keep=options.keep)
        os.environ.update(servers.environment())
        own.migrate({})
        sys.argv = [str(BENCHES / f"{options.name}.py"), *rest]
        sys.path.insert(0, str(state.ROOT))
        import django

        django.setup()
        runpy.run_path(sys.argv[0], run_name="__main__")
    finally:
        servers.stop()
        lock.release()


def _folder():
    folder = state.folder() / "bench"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


class Servers:
    """Kept in .wbl/bench/: the cluster stays, each bench has its database."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.secrets = state.passwords(_folder() / "secrets.json")
        self.postgres = Postgres(_folder() / "postgres", password=self.secrets["postgres"])
        self.valkey = Valkey(_folder() / "valkey", password=self.secrets["valkey"])

    def start(self, *, keep: bool) -> None:
        self.postgres.start()
        self.valkey.start()
        self.valkey.wipe()
        admin = self.postgres.url("postgres")
        if not keep:
            with psycopg.connect(admin, autocommit=True) as connection:
                connection.execute(
                    sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.database))
                )
        roles.make(owner_url=self._url(own.OWNER, "owner"), run_url=self._url(own.RUN, "run"), admin_url=admin)

    def _url(self, role: str, secret: str) -> str:
        return self.postgres.url(self.database, role, self.secrets[secret])

    def environment(self) -> dict[str, str]:
        """As in a deployment, but that mail has nowhere to go: a bench that sends starts a sink and names it."""
        return {
            "DATABASE_URL": self._url(own.RUN, "run"),
            "DATABASE_OWNER_URL": self._url(own.OWNER, "owner"),
            "REDIS_URL": self.valkey.url(),
            "WBL_SECRET_KEY": self.secrets["secret_key"],
            "WBL_BASE_URL": "http://localhost:8000",
            "WBL_LOCAL_DIR": str(_folder()),
            "WBL_SMTP_URL": os.environ.get("WBL_SMTP_URL", "smtp://127.0.0.1:9"),
            "WBL_UP": "1",
            "WBL_LOG_LEVEL": "ERROR",
        }

    def stop(self) -> None:
        self.valkey.stop()
        self.postgres.stop()
