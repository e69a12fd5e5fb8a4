"""`python3 manage.py up`: the whole of wbl on this machine, until Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import sys
import time

import psycopg

from . import own, processes, roles, state, welcome
from .processes import Failed, Guard, Process
from .sink import Sink

PORT = 8000
PORTS_TRIED = 20
ROOM = 300 * 2**20
"""Bytes of free disk below which starting would only fail later, in the middle of something."""

WEB = "--worker-class gthread --threads 4 --timeout 120 --graceful-timeout 5 --no-control-socket --access-logfile -"
QUIET = {"WBL_NO_BOOTSTRAP": "1", "PYTHONWARNINGS": "ignore:No directory at:UserWarning"}
"""Static files are served from where they lie; that none were collected is no news."""


def main(arguments: list[str]) -> None:
    options = _options(arguments)
    foreign = own.foreign()
    _check_room()
    lock = own.hold("wbl: another command ({kind}, process {pid}) is using the servers; waiting until it is done.")
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):  # a shell may hand SIGINT on as ignored
        signal.signal(number, _leave)
    try:
        _run(options, Foreign() if foreign else own.Own())
    except KeyboardInterrupt:
        pass
    finally:
        lock.release()


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 manage.py up", description="Run all of wbl on this machine.")
    parser.add_argument("--port", type=int, help=f"the web server's port (else {PORT}, or the next that is free)")
    parser.add_argument(
        "--reload", action="store_true", help="for development: errors in the page, code read again when it changes"
    )
    return parser.parse_args(arguments)


def _leave(*_) -> None:
    raise KeyboardInterrupt


def _check_room() -> None:
    free = shutil.disk_usage(state.folder()).free
    if free < ROOM:
        raise Failed(
            f"The disk that holds {state.FOLDER} is full: {free // 2**20} MB are free, wbl needs {ROOM // 2**20} MB. "
            "Make room, then start again."
        )


def choose_port(asked: int | None) -> int:
    """The port asked for or none; without a wish the next free one, so that a second copy starts too."""
    if asked is not None and not 0 < asked < 65536:
        raise Failed(f"{asked} is no port: choose one from 1024 to 65535, for instance --port {PORT}")
    for port in [asked] if asked else range(PORT, PORT + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(
                socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
            )  # else the last run's connections block it for a minute
            try:
                probe.bind(("127.0.0.1", port))
            except PermissionError:
                raise Failed(f"Port {port} needs an administrator; choose one from 1024 on: --port {PORT}") from None
            except OSError:
                continue
        if not asked and port != PORT:
            print(f"wbl: port {PORT} is in use by another program; taking {port}.", file=sys.stderr, flush=True)
        return port
    if asked:
        raise Failed(
            f"Port {asked} is in use by another program. Choose another: python3 manage.py up --port {asked + 1}"
        )
    raise Failed(
        f"The ports {PORT} to {PORT + PORTS_TRIED - 1} are all in use. Choose one: python3 manage.py up --port N"
    )


def ask_broker(url: str) -> None:
    """Without an answer all would start, and no mail would ever go out."""
    import redis  # only here: with servers of its own, `up` has asked them already

    try:
        redis.Redis.from_url(url, socket_connect_timeout=10, socket_timeout=10).ping()
    except ValueError:
        raise Failed("REDIS_URL must look like redis://:PASSWORD@HOST:PORT/0.") from None
    except redis.RedisError as error:
        raise Failed(f"Nothing usable answers at REDIS_URL: {error}") from None


class Foreign:
    """Servers that the environment names: nothing is started here but the mail sink."""

    postgres: None = None
    valkey: None = None

    def __init__(self) -> None:
        self.sink = Sink(state.folder() / "mail")
        self.owner_url = os.environ["DATABASE_OWNER_URL"]

    def start(self) -> None:
        self.sink.start()
        roles.make(owner_url=self.owner_url, run_url=os.environ["DATABASE_URL"])
        roles.connect(os.environ["DATABASE_URL"]).close()
        ask_broker(os.environ["REDIS_URL"])

    def environment(self) -> dict[str, str]:
        return {**{name: os.environ[name] for name in own.ADDRESSES}, **own.local_environment(self.sink)}

    def stop(self) -> None:
        self.sink.stop()


def _run(options: argparse.Namespace, servers: own.Own | Foreign) -> None:
    end_leftovers()
    port = choose_port(options.port)
    address = f"http://localhost:{port}/"
    children: dict[str, Process] = {}
    guard = Guard()
    state.withdraw()
    try:
        servers.start()
        environment = {**servers.environment(), "WBL_BASE_URL": os.environ.get("WBL_BASE_URL") or address.rstrip("/")}
        if options.reload:
            environment["WBL_DEBUG"] = "1"
        own.migrate(environment)
        state.announce({"pid": os.getpid(), "kind": "up", "address": address, "environment": environment})
        _seed(servers, environment)
        for name, words in commands(port, reload=options.reload).items():
            children[name] = _start(name, words, environment)
            guard.watch(children[name])
        _wait_for_answer(port, children["web"])
        print(welcome.text(address), flush=True)
        _watch(servers, children)
    finally:
        _stop(servers, children)
        guard.stop()


def commands(port: int, *, reload: bool = False) -> dict[str, list[str]]:
    """The three programs of wbl. Sized for two processors; a deployment has its own numbers (docs/deploy.md)."""
    root = str(state.ROOT)
    celery = [sys.executable, "-m", "celery", "-A", "wbl", "--workdir", root]
    web = [sys.executable, "-m", "gunicorn", "--chdir", root, "wbl.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    web += WEB.split()
    web += ["--workers", "1" if reload else "2"]
    if reload:
        web.append("--reload")
        for path in sorted(state.ROOT.glob("templates/**/*.*")):
            web += ["--reload-extra-file", str(path)]
    return {
        "web": web,
        "worker": [
            *celery,
            "worker",
            "--concurrency",
            "2",
            "--loglevel",
            "INFO",
            "--without-mingle",
            "--without-gossip",
        ],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--schedule", str(state.folder() / "beat"), "--pidfile", ""],
    }


NEEDLES = {"web": "--chdir {root} wbl.wsgi", "worker": "--workdir {root} worker", "beat": "--workdir {root} beat"}


def end_leftovers() -> None:
    """What a run that was killed left behind. On Linux its children went with it; elsewhere they may be there still."""
    for name, needle in NEEDLES.items():
        processes.end_orphan(_logs() / f"{name}.pid", needle.format(root=state.ROOT), signal.SIGTERM)


def _logs() -> pathlib.Path:
    folder = state.folder() / "logs"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _start(name: str, words: list[str], environment: dict[str, str]) -> Process:
    log = _logs() / f"{name}.log"
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    child = Process(words, log=log, env={**os.environ, **environment, **QUIET})
    (_logs() / f"{name}.pid").write_text(str(child.pid))
    return child


def _seed(servers: own.Own | Foreign, environment: dict[str, str]) -> None:
    """The demonstration district, on a first run: once, and never beside districts that are there already."""
    marker = state.folder() / "seeded"
    if marker.exists() or not any(state.ROOT.glob("wbl/*/management/commands/seed_demo.py")):
        return
    if not _has_districts(servers.owner_url):
        print("wbl: making a demonstration district (the first run only)", file=sys.stderr, flush=True)
        words = [sys.executable, str(state.ROOT / "manage.py"), "seed_demo"]
        env = {**os.environ, **environment, "WBL_NO_BOOTSTRAP": "1"}
        done = subprocess.run(words, env=env, capture_output=True, text=True, start_new_session=True, check=False)
        if done.returncode:
            why = processes.full(state.folder(), "the demonstration district cannot be made", done.stderr)
            raise why or Failed(f"The demonstration district could not be made:\n{done.stderr[-3000:]}")
    marker.touch()


def _has_districts(url: str) -> bool:
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT EXISTS (SELECT FROM tenancy_district)").fetchone()
    return bool(found and found[0])


def _wait_for_answer(port: int, web: Process) -> None:
    if not processes.wait_until(lambda: _answers(port) or not web.running, 120) or not web.running:
        raise processes.why(web.log, "The web server")


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("localhost", port, timeout=20)
    with contextlib.suppress(OSError, http.client.HTTPException):
        connection.request("GET", "/health/")
        return connection.getresponse().status > 0
    return False


def _watch(servers: own.Own | Foreign, children: dict[str, Process]) -> None:
    """Until Ctrl-C, or until a part ends by itself: then the rest would only look as if it worked."""
    while True:
        for name, server in (("PostgreSQL", servers.postgres), ("Valkey", servers.valkey)):
            if server and not server.running:
                raise processes.why(server.log, name, "ended")
        for name, child in children.items():
            if not child.running:
                raise processes.why(child.log, f"The {name} process", "ended")
        time.sleep(0.3)


def _stop(servers: own.Own | Foreign, children: dict[str, Process]) -> None:
    """Web first, so that nothing new comes in, then those that use the servers, then the servers. Not to be interrupted."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    state.withdraw()
    if children:
        print("\nwbl: stopping", file=sys.stderr, flush=True)
    for child in children.values():
        child.signal(signal.SIGTERM)
    for name, child in children.items():
        child.stop(15)
        (_logs() / f"{name}.pid").unlink(missing_ok=True)
    servers.stop()
