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


STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


@functools.cache
def _axe_script() -> str:
    from axe_playwright_python.sync_playwright import Axe

    return Axe().axe_script


def violations(
    page, *, standard: tuple[str, ...] = STANDARD, rules: tuple[str, ...] = (), but: tuple[str, ...] = ()
) -> list[str]:
    """What axe finds wrong on the page as it is now, one line each: rule, how many places, the first of them.
    With `rules` only those are asked (a second look in another theme need not repeat what no colour changes),
    with `but` all of the standard except those."""
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(_axe_script())
    only = {"type": "rule", "values": list(rules)} if rules else {"type": "tag", "values": list(standard)}
    # preload would write the page's stylesheets into <style> elements, which a strict policy refuses
    options = {"runOnly": only, "resultTypes": ["violations"], "preload": False}
    options["rules"] = {rule: {"enabled": False} for rule in but}
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    return [
        f"{one['id']} ({one['impact']}) at {len(one['nodes'])}: {one['nodes'][0]['html'][:200]}"
        f"{_contrast(one['nodes'][0])}"
        for one in found
    ]


def _contrast(node: dict) -> str:
    """The colours and their ratio, where that is what is wrong."""
    data = next((check["data"] for check in node["any"] if check["id"] == "color-contrast"), None) or {}
    return f" [{data['fgColor']} on {data['bgColor']}: {data['contrastRatio']}]" if data.get("contrastRatio") else ""
