"""Where Chromium is, how it is started for tests, and axe."""

from __future__ import annotations

import functools
import os
import pathlib
import shutil
import subprocess

HOW_TO_GET = (
    "no Chromium here: sudo apt-get install -y --no-install-recommends chromium, "
    "or name one with WBL_CHROMIUM=/path/to/chromium"
)
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-dev-shm-usage"
).split()
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@functools.cache
def path() -> str | None:
    named = os.environ.get("WBL_CHROMIUM")
    if named:
        return named if pathlib.Path(named).exists() else None
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@functools.cache
def described() -> str:
    program = path()
    if not program:
        return HOW_TO_GET
    shown = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    return shown.strip() or program


def violations(
    page, *, standard: tuple[str, ...] = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
) -> list[str]:
    """What axe finds wrong on the page as it is now, one line each: rule, how many places, the first of them."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": list(standard)}})
    return [
        f"{one['id']} ({one['impact']}) at {len(one['nodes'])}: {one['nodes'][0]['html'][:200]}"
        for one in found.response["violations"]
    ]
