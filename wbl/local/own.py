"""This installation's own servers: started, given roles and a database, announced to other commands, stopped."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import Iterator

from . import roles, state
from .processes import Failed, full, wait_until
from .servers import Postgres, Valkey
from .sink import Sink

ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")
DATABASE, OWNER, RUN = "wbl", "wbl_owner", "wbl_run"


def foreign() -> bool:
    """True if the environment names servers of somebody else's; all three of them or none."""
    given = [name for name in ADDRESSES if os.environ.get(name)]
    if given and len(given) < len(ADDRESSES):
        lacking = " and ".join(name for name in ADDRESSES if name not in given)
        raise Failed(
            f"{' and '.join(given)} {'is' if len(given) == 1 else 'are'} set, but not {lacking}. Set all three to use servers of your own, "
            "or none to have them started here."
        )
    return bool(given)


def deployed() -> bool:
    """True if the environment brings its own key, and in the image, where a key made up on the spot would void every session."""
    made_here = (state.FOLDER / "secrets.json").exists()
    return bool(os.environ.get("WBL_SECRET_KEY")) or (bool(os.environ.get("WBL_NO_BOOTSTRAP")) and not made_here)


class Own:
    """PostgreSQL, Valkey and the mail sink in .wbl/, held by one process at a time."""

    def __init__(self) -> None:
        self.secrets = state.passwords()
        self.postgres = Postgres(state.folder() / "postgres", password=self.secrets["postgres"])
        self.valkey = Valkey(state.folder() / "valkey", password=self.secrets["valkey"])
        self.sink = Sink(state.folder() / "mail")

    def start(self) -> None:
        self.postgres.start()
        self.valkey.start()
        self.sink.start()
        admin = self.postgres.url("postgres")
        roles.make(owner_url=self.owner_url, run_url=self.run_url, admin_url=admin)

    @property
    def owner_url(self) -> str:
        return self.postgres.url(DATABASE, OWNER, self.secrets["owner"])

    @property
    def run_url(self) -> str:
        return self.postgres.url(DATABASE, RUN, self.secrets["run"])

    def environment(self) -> dict[str, str]:
        return {
            "DATABASE_URL": self.run_url,
            "DATABASE_OWNER_URL": self.owner_url,
            "REDIS_URL": self.valkey.url(),
            **local_environment(self.sink),
        }

    def stop(self) -> None:
        for server in (self.sink, self.valkey, self.postgres):
            server.stop()


def is_new(owner_url: str) -> bool:
    """True until a first migration has begun."""
    with roles.connect(owner_url) as connection:
        return connection.execute("SELECT to_regclass('public.django_migrations')").fetchone() == (None,)


def local_environment(sink: Sink, base_url: str = "http://localhost:8000") -> dict[str, str]:
    """What settings need on this machine, besides the servers; what the environment says itself goes first."""
    ours = {
        "WBL_SECRET_KEY": state.passwords()["secret_key"],
        "WBL_BASE_URL": base_url,
        "WBL_SMTP_URL": sink.url,
        "WBL_LOCAL_DIR": str(state.folder()),
        "WBL_UP": "1",
    }
    return {name: os.environ.get(name) or value for name, value in ours.items()}


def migrate(environment: dict[str, str]) -> None:
    words = [sys.executable, str(state.ROOT / "manage.py"), "migrate", "-v", "0"]
    done = subprocess.run(
        words, env={**os.environ, **environment, "WBL_NO_BOOTSTRAP": "1"}, start_new_session=True, check=False
    )
    if done.returncode:
        why = full(state.folder(), "the database cannot be migrated")
        raise why or Failed("The database could not be migrated; the reason is above.")


@contextlib.contextmanager
def for_one_command(name: str, *, prepared: bool) -> Iterator[dict[str, str]]:
    """The environment for a command: of the servers that run already, else of servers started for its duration."""
    lock = state.Lock(state.folder() / "servers.lock")
    end = time.monotonic() + 60
    while not lock.take(wait=False):
        with state.using() as facts:
            if facts:
                yield facts["environment"]
                return
        if time.monotonic() > end:
            raise Failed(
                "Another run has been starting or stopping its servers for a minute; try again when it is done."
            )
        time.sleep(0.1)
    try:
        with _held(Own(), name, prepared=prepared) as environment:
            yield environment
    finally:
        lock.release()


@contextlib.contextmanager
def beside_foreign_servers(*, prepared: bool) -> Iterator[dict[str, str]]:
    """For a command on servers that the environment names: the key and the sink of the `up` that uses them, else of ours."""
    if prepared and is_new(os.environ["DATABASE_OWNER_URL"]):
        raise Failed("The database that DATABASE_URL names holds nothing yet: run python3 manage.py migrate first.")
    with state.using() as facts:
        announced = (facts or {}).get("environment", {})
        if all(announced.get(name) == os.environ[name] for name in ADDRESSES):
            yield announced
            return
    sink = Sink(state.folder() / "mail").start()
    try:
        yield local_environment(sink)
    finally:
        sink.stop()


@contextlib.contextmanager
def _held(own: Own, name: str, *, prepared: bool) -> Iterator[dict[str, str]]:
    state.withdraw()
    try:
        own.start()
        environment = own.environment()
        if prepared and is_new(own.owner_url):
            migrate(environment)
        state.announce({"pid": os.getpid(), "kind": name, "environment": environment})
        yield environment
        _wait_for_users(name)
    finally:
        state.withdraw()
        own.stop()


def _wait_for_users(name: str) -> None:
    users = state.Lock(state.folder() / "users.lock")
    if not users.take(wait=False):
        print(
            f"wbl: {name} is done; another command still uses its servers. Waiting for it.", file=sys.stderr, flush=True
        )
        users.take()
    state.withdraw()
    users.release()


def hold(wait_message: str) -> state.Lock:
    """The lock on .wbl/, for `up`; waits for a command that is using the servers, refuses beside another `up`."""
    lock = state.Lock(state.folder() / "servers.lock")
    told = False
    while not lock.take(wait=False):
        facts = state.announced() or {}
        if facts.get("kind") == "up":
            raise Failed(
                f"wbl is already up here, at {facts.get('address')} (process {facts.get('pid')}). Ctrl-C there stops it."
            )
        if not told and facts:
            print(wait_message.format(**facts), file=sys.stderr, flush=True)
            told = True
        wait_until(lambda: False, 0.2)
    return lock
