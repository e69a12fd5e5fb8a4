"""`-p wbl.local.pytest_plugin`: servers of the run's own, before pytest-django reads the settings.

Tests run as wbl_run, which row-level security binds. `fixtures` (registered here) holds what tests ask for.
"""

from __future__ import annotations

import os
import sys

import pytest

from . import browser, processes
from .command import placeholders
from .own import ADDRESSES
from .servers import postgres_version, valkey_version
from .slots import Slot

KEPT = ("WBL_TEST_DATA", "WBL_CHROMIUM", "WBL_PYTHON", "WBL_NO_BOOTSTRAP")
"""What a run may be told; every other setting is the suite's own."""
slot: Slot | None = None
"""The servers of this process; None where xdist's workers run the tests, or none are run."""


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config, parser, args):
    """A wrapper, so that it comes before pytest-django's part of the same hook.

    Whatever the environment says: a run can never touch the servers that DATABASE_URL names.
    """
    global slot
    options = early_config.known_args_namespace
    for name in [name for name in os.environ if name in ADDRESSES or (name.startswith("WBL_") and name not in KEPT)]:
        del os.environ[name]
    try:
        if _runs_no_test(options):
            os.environ.update(placeholders())
            os.environ["WBL_TEST"] = "1"
        else:
            slot = Slot()
            slot.start()
            os.environ.update(slot.environment())
    except processes.Failed as failed:
        _end()
        pytest.exit(f"wbl: {failed}", returncode=3)
    except BaseException:
        _end()
        raise
    return (yield)


def _runs_no_test(options) -> bool:
    distributed = getattr(options, "numprocesses", None) and "PYTEST_XDIST_WORKER" not in os.environ
    return bool(distributed or options.help or options.version or options.collectonly)


def pytest_configure(config) -> None:
    from . import fixtures

    config.pluginmanager.register(fixtures, "wbl-fixtures")  # after pytest-django's, so that ours win


def pytest_unconfigure() -> None:
    _end()


def _end() -> None:
    global slot
    if slot:
        slot.stop()
        slot = None


def pytest_report_header() -> list[str]:
    try:
        servers = f"PostgreSQL {postgres_version()} as wbl_run, Valkey {valkey_version()}, both of this run's own"
    except processes.Failed as failed:
        servers = str(failed)
    return [f"wbl: {servers}; Python {sys.version.split()[0]}", f"browser: {browser.described()}"]


def pytest_collection_modifyitems(items) -> None:
    if not browser.path():
        lacking = pytest.mark.skip(reason=browser.HOW_TO_GET)
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(lacking)
