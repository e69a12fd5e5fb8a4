"""Opening an uploaded list: one child process per file, whose crash, hunger or slowness is a sentence here."""

import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from partners.importing.limits import CHILD_SECONDS, Refused, check_size

DECODED_AT_ONCE = 500
ROOT = Path(__file__).resolve().parents[2]
TOO_HUNGRY = "Reading the file takes more memory than a list may need: copy the list to a new workbook, or save it as CSV, and upload that file."
TOO_SLOW = f"Reading the file takes longer than {CHILD_SECONDS} seconds: split the list and upload its parts."
BROKE = "The file can't be read, it seems to be damaged: open it, save it as XLSX or CSV and upload that file."


@dataclass(slots=True)
class Sheet:
    """One worksheet, or the whole of a text file: filled rows in their order, blank ones left out.

    Rows are kept as the child's lines and decoded one by one, so that a large list stays small in memory.
    """

    name: str
    hidden: bool = False
    merged: list[list[int]] = field(default_factory=list)
    lines: Sequence[bytes] = ()

    def __len__(self) -> int:
        return len(self.lines)

    def rows(self, start: int = 0, stop: int | None = None) -> Iterator[tuple[int, list[str]]]:
        """Yield ``(row number, cells)``; the number is the one that a spreadsheet shows."""
        wanted = self.lines[start:stop]
        for at in range(0, len(wanted), DECODED_AT_ONCE):
            yield from json.loads(b"[%b]" % b",".join(wanted[at : at + DECODED_AT_ONCE]))


@dataclass(slots=True)
class Sheets:
    """What was read of one file; ``encoding`` and ``delimiter`` are empty for a workbook, ``cards`` is true of vCards."""

    filename: str
    sheets: list[Sheet]
    encoding: str = ""
    delimiter: str = ""
    cards: bool = False

    def named(self, name: str) -> Sheet:
        """Return the sheet of that name; raise `Refused` when the workbook has none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise Refused(f"The workbook has no sheet “{name}”: choose one of {', '.join(s.name for s in self.sheets)}.")


def read_file(source: bytes | str | os.PathLike[str], filename: str = "") -> Sheets:
    """Read a list from its bytes or its path; raise `Refused` with one sentence when it can't be read."""
    if isinstance(source, bytes):
        data = source
    else:
        path = Path(source)
        filename = filename or path.name
        check_size(path.stat().st_size)
        data = path.read_bytes()
    check_size(len(data))
    return _collect(_run(data, filename), filename)


def _run(data: bytes, filename: str) -> bytes:
    """Return what the child wrote. It inherits no environment, so no secret of ours is near a hostile file."""
    command = [
        sys.executable,
        "-X",
        "utf8",
        "-B",
        "-m",
        "partners.importing.child",
        Path(filename).name[-200:].replace("\x00", ""),
    ]
    environment = {"PATH": os.defpath, "PYTHONPATH": str(ROOT), "MALLOC_ARENA_MAX": "1", "RUST_BACKTRACE": "0"}
    child = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        answer, _ = child.communicate(data, timeout=CHILD_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.communicate()
        raise Refused(TOO_SLOW) from None
    if child.returncode == -signal.SIGXCPU:
        raise Refused(TOO_SLOW)
    if child.returncode in (-signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV):
        raise Refused(TOO_HUNGRY)
    return answer


def _collect(answer: bytes, filename: str) -> Sheets:
    lines = answer.splitlines()
    last = _facts(lines[-1]) if lines else {}
    if last.get("refused") == "memory":
        raise Refused(TOO_HUNGRY)
    if "refused" in last:
        raise Refused(str(last["refused"]))
    if "done" not in last:
        raise Refused(BROKE)
    result = Sheets(filename, [])
    begins = [at for at, line in enumerate(lines) if line.startswith(b"{")]
    for at, end in itertools.pairwise(begins):
        meta = _facts(lines[at])
        facts = meta.get("facts", {})
        result.encoding, result.delimiter = facts.get("encoding", ""), facts.get("delimiter", "")
        result.cards = bool(facts.get("cards"))
        result.sheets.append(Sheet(**meta["sheet"], lines=lines[at + 1 : end]))
    return result


def _facts(line: bytes) -> dict:
    try:
        value = json.loads(line)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
