"""The process that opens an uploaded file: bytes on its standard input, JSON lines on its standard output.

A hostile workbook can abort the whole process of its reader, so this one has a limit of memory and time, an empty
environment and no more imports than it needs. Lines are ``{"sheet": …}`` before the rows ``[number, cells]`` of each
sheet, and at the end ``{"done": true}`` or ``{"refused": "sentence"}``.
"""

import json
import resource
import sys
from typing import Any, TextIO

from partners.importing.kinds import read_kind
from partners.importing.limits import CHILD_MEMORY, CHILD_SECONDS, Refused
from partners.importing.vcards import is_vcards, read_vcards


def main() -> None:
    """Read standard input to its end and answer."""
    _limit()
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    data = sys.stdin.buffer.read()
    try:
        _answer(data, name, sys.stdout)
    except Refused as refusal:
        _line(sys.stdout, {"refused": str(refusal)})
    except MemoryError:
        _line(sys.stdout, {"refused": "memory"})


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (CHILD_SECONDS, CHILD_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (CHILD_MEMORY, CHILD_MEMORY))


def _answer(data: bytes, name: str, out: TextIO) -> None:
    if is_vcards(data):
        rows, facts = read_vcards(data)
        _line(out, {"sheet": {"name": "", "hidden": False, "merged": []}, "facts": facts})
        _rows(out, rows)
    elif read_kind(data, name) == "text":
        from partners.importing.texts import read_text

        rows, facts = read_text(data)
        _line(out, {"sheet": {"name": "", "hidden": False, "merged": []}, "facts": facts})
        _rows(out, rows)
    else:
        from partners.importing.workbooks import open_workbook

        for facts, sheet_rows in open_workbook(data):
            _line(out, {"sheet": facts})
            _rows(out, sheet_rows)
    _line(out, {"done": True})


def _rows(out: TextIO, rows: Any) -> None:
    encode = json.JSONEncoder(ensure_ascii=True, check_circular=False, separators=(",", ":")).encode
    for row in rows:
        out.write(encode(row))
        out.write("\n")


def _line(out: TextIO, value: dict[str, Any]) -> None:
    out.write(json.dumps(value))
    out.write("\n")
    out.flush()


if __name__ == "__main__":
    main()
