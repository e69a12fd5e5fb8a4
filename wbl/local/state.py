"""What this installation keeps in .wbl/: its secrets, who holds the servers, and where they are."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pathlib
import secrets
from collections.abc import Iterator

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FOLDER = pathlib.Path(os.environ.get("WBL_LOCAL_DIR") or ROOT / ".wbl").resolve()
NAMES = ("postgres", "owner", "run", "valkey", "secret_key")


def folder() -> pathlib.Path:
    FOLDER.mkdir(mode=0o700, parents=True, exist_ok=True)
    return FOLDER


def write_private(path: pathlib.Path, text: str) -> None:
    """Written beside and renamed, readable by its owner alone: never half there, never open for a moment."""
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(FileNotFoundError):
        beside.unlink()
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    beside.replace(path)


def passwords(path: pathlib.Path | None = None) -> dict[str, str]:
    """Made once per installation."""
    path = path or folder() / "secrets.json"
    try:
        return json.loads(path.read_text())
    except FileNotFoundError:
        made = {name: secrets.token_urlsafe(48 if name == "secret_key" else 24) for name in NAMES}
        write_private(path, json.dumps(made, indent=1))
        return made


class Lock:
    """An flock on a file of its own. It ends with its holder, however that ends: there are no stale ones."""

    def __init__(self, path: pathlib.Path):
        self.file = path.open("a")

    def take(self, *, shared: bool = False, wait: bool = True) -> bool:
        try:
            fcntl.flock(self.file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        self.file.close()


def announce(facts: dict) -> None:
    write_private(folder() / "run.json", json.dumps(facts, indent=1))


def announced() -> dict | None:
    """The servers somebody runs now; only to be believed while that somebody holds the lock."""
    try:
        return json.loads((folder() / "run.json").read_text())
    except (FileNotFoundError, ValueError):
        return None


def withdraw() -> None:
    (folder() / "run.json").unlink(missing_ok=True)


@contextlib.contextmanager
def using() -> Iterator[dict | None]:
    """The announced servers, kept up while the block runs: whoever started them for one command waits for us."""
    users = Lock(folder() / "users.lock")
    users.take(shared=True)
    try:
        yield announced()
    finally:
        users.release()
