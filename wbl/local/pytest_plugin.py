"""`-p wbl.local.pytest_plugin`: servers of the run's own, before pytest-django reads the settings.

Tests run as wbl_run, which row-level security binds. `fixtures` (registered here) holds what tests ask for.
"""

from __future__ import annotations

import os
import pathlib
import sys

import pytest

from . import browser, processes, skips
from .command import placeholders
from .own import ADDRESSES
from .servers import postgres_version, valkey_version
from .slots import Slot

UNEXPECTED = pytest.StashKey[list[str]]()
KEPT = ("WBL_TEST_DATA", "WBL_CHROMIUM", "WBL_PYTHON", "WBL_NO_BOOTSTRAP")
"""What a run may be told; every other setting is the suite's own."""
slot: Slot | None = None
"""The servers of this process; None where xdist's workers run the tests, or none are run."""


def pytest_addoption(parser) -> None:
    about = "a file of skips that are known, one a line: TEST, two spaces, REASON; any other fails the run"
    parser.getgroup("wbl").addoption("--expected-skips", metavar="FILE", help=about)


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


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session, exitstatus) -> None:
    """A suite that skips more and more stays green and tells nothing: with --expected-skips that fails."""
    listed = session.config.getoption("--expected-skips")
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not listed or "PYTEST_XDIST_WORKER" in os.environ or not reporter:
        return
    new = skips.unexpected(reporter.stats.get("skipped", []), pathlib.Path(listed))
    session.config.stash[UNEXPECTED] = new
    if new and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config) -> None:
    if new := config.stash.get(UNEXPECTED, []):
        terminalreporter.section(f"skipped, and not in {config.getoption('--expected-skips')}", red=True)
        for line in new:
            terminalreporter.write_line(line)
    lacking = [
        report for report in terminalreporter.stats.get("skipped", []) if browser.HOW_TO_GET in str(report.longrepr)
    ]
    if lacking:
        terminalreporter.write_line(
            f"wbl: {len(lacking)} browser tests were skipped, {browser.HOW_TO_GET}", yellow=True
        )


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
