"""The skips that are known, with their reasons: tests/expected_skips.txt."""

from __future__ import annotations

import pathlib
from collections.abc import Iterable
from typing import Any


def expected(path: pathlib.Path) -> dict[str, str]:
    """{test: reason} of a file with one skip a line: TEST or TEST[*], two spaces, how the reason begins. `#` begins a comment."""
    lines = [line.strip() for line in path.read_text().splitlines()]
    pairs = [line.partition("  ") for line in lines if line and not line.startswith("#")]
    return {test: reason.strip() for test, _, reason in pairs}


def unexpected(reports: Iterable[Any], path: pathlib.Path) -> list[str]:
    """Those of pytest's reports of skipped tests that the file does not name, or names for another reason."""
    known = expected(path)
    skipped = {report.nodeid: _reason(report) for report in reports}
    return [f"{test}  {reason}" for test, reason in sorted(skipped.items()) if not _is_known(test, reason, known)]


def _is_known(test: str, reason: str, known: dict[str, str]) -> bool:
    """A test with parameters is named with `[*]` in their place."""
    begins = known.get(test, known.get(f"{test.partition('[')[0]}[*]"))
    return begins is not None and reason.startswith(begins)


def _reason(report: Any) -> str:
    """pytest's longrepr of a skip is (file, line, "Skipped: reason")."""
    text = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return text.removeprefix("Skipped: ")
