"""What tests ask for by name: a clean database, real servers to stop, a mail sink, a worker, a browser.

live_smtp               a real SMTP server; .messages, .url, .delay, .answer
celery_worker_process   start(worker=True, beat=False, env={…}) → a real process; .stop(), .kill(), .log_text()
database_servers        .postgres and .valkey of this run: .stop(), .kill(), .restart(); .valkey.wipe()
browser_page            open(color_scheme="dark", width=390, height=844) → a Playwright page
axe                     axe(page) → a list of what is wrong
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import os
import sys
from typing import Any

import pytest

from . import browser, processes, pytest_plugin
from .processes import Failed, Process
from .slots import Slot


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """Replaces pytest-django's: the database is a clone that the plugin made, and each transactional test gets a fresh one."""
    from django.test import TransactionTestCase

    TransactionTestCase._fixture_teardown = lambda self: fresh_database()  # type: ignore[attr-defined]


def fresh_database(kept: str = "") -> None:
    """Instead of emptying every table: keeps what migrations wrote, needs no TRUNCATE for wbl_run, resets sequences."""
    _hang_up()
    servers().clone(kept)


def keep_database(name: str) -> None:
    """What took long to make (a whole district) is made once in a run: fresh_database(name) is a copy of it."""
    _hang_up()
    servers().keep(name)


def _hang_up() -> None:
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if close_pool := getattr(connection, "close_pool", None):
            close_pool()


def servers() -> Slot:
    """This process's own; a test that runs has them."""
    assert pytest_plugin.slot
    return pytest_plugin.slot


@pytest.fixture(autouse=True)
def _empty_valkey():
    """Nothing in the cache or the queue outlives its test."""
    yield
    if servers().valkey.running:
        servers().valkey.wipe()


@pytest.fixture
def database_servers(transactional_db):
    """This run's servers, to be stopped, killed and restarted at the same address. Both run again afterwards."""
    slot = servers()
    yield slot
    for server in (slot.postgres, slot.valkey):
        if not server.running:
            server.restart()


class LiveSMTP:
    """A real SMTP server in a thread. What a test may set: `delay` in seconds before each answer, `answer` (e.g. "451 later")."""

    def __init__(self) -> None:
        self.messages: list[Any] = []  # EmailMessage, with envelope_from and envelope_to
        self.delay = 0.0
        self.answer = ""
        self.controller: Any = None

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 (aiosmtpd's name)
        await asyncio.sleep(self.delay)
        if self.answer:
            return self.answer
        message: Any = email.message_from_bytes(envelope.original_content, policy=email.policy.default)
        message.envelope_from, message.envelope_to = envelope.mail_from, list(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 kept"

    def start(self) -> LiveSMTP:
        from aiosmtpd.controller import Controller

        self.port = processes.free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port, data_size_limit=64 * 2**20)
        self.controller.start()
        return self

    def stop(self) -> None:
        if self.controller:
            self.controller.stop(no_assert=True)
            self.controller = None

    @property
    def host(self) -> str:
        return "127.0.0.1"

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def wait_for(self, count: int, seconds: float = 20) -> list[Any]:
        """Until so many have come; the caller compares, so that too few and too many both fail with their subjects."""
        processes.wait_until(lambda: len(self.messages) >= count, seconds)
        return self.messages


@pytest.fixture
def live_smtp():
    server = LiveSMTP().start()
    yield server
    server.stop()


class CeleryProcess:
    """A worker or a beat as in production: another process, on this test's database and broker."""

    def __init__(self, kind: str, folder, number: int, env: dict[str, str], arguments: list[str]):
        words = [sys.executable, "-m", "celery", "-A", "wbl", kind, "--loglevel", "INFO"]
        if kind == "worker":
            words += [
                "--concurrency",
                "1",
                "--without-mingle",
                "--without-gossip",
                "-n",
                f"test-{os.getpid()}-{number}@localhost",
            ]
        else:
            words += ["--schedule", str(folder / f"beat-{number}"), "--pidfile", ""]
        self.kind = kind
        self.process = Process(
            [*words, *arguments],
            log=folder / f"{kind}-{number}.log",
            env={**os.environ, "WBL_LOG_LEVEL": "INFO", **env},
        )
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        word = " ready." if self.kind == "worker" else "beat: Starting"
        if (
            not processes.wait_until(lambda: word in self.log_text() or not self.process.running, 60)
            or not self.process.running
        ):
            self.kill()
            raise Failed(f"celery {self.kind} did not start:\n{self.log_text()[-3000:]}")

    def log_text(self) -> str:
        return self.process.log_text()

    @property
    def running(self) -> bool:
        return self.process.running

    def stop(self) -> None:
        """Ask it to end; it finishes what it holds."""
        self.process.stop(30)

    def kill(self) -> None:
        """As a crash would."""
        self.process.kill()


@pytest.fixture
def celery_worker_process(transactional_db, tmp_path):
    """start(kind="worker" or "beat", env={…}, arguments=[…]): real processes. They see committed rows only, hence a
    transactional test; settings changed in Python don't reach them, `env` does (e.g. WBL_SMTP_URL=live_smtp.url)."""
    started: list[CeleryProcess] = []

    def start(
        kind: str = "worker", *, env: dict[str, str] | None = None, arguments: list[str] | None = None
    ) -> CeleryProcess:
        started.append(CeleryProcess(kind, tmp_path, len(started), env or {}, arguments or []))
        return started[-1]

    yield start
    for process in started:
        if process.running:
            process.stop()


@pytest.fixture(scope="session")
def _chromium():
    if not browser.path():
        pytest.skip(browser.HOW_TO_GET)
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = (
        "true"  # Playwright's loop runs in this thread; the ORM sees it and would refuse
    )
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser.path(), args=browser.FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def browser_page(_chromium, live_server):
    """open(…) → a page in a context of its own whose addresses are relative to the live server. Errors of the page's
    scripts and refusals of its Content-Security-Policy fail the test at its end."""
    contexts, wrong = [], []

    def open_page(*, color_scheme: str = "light", width: int = 1280, height: int = 800, **options):
        context = _chromium.new_context(
            base_url=live_server.url,
            color_scheme=color_scheme,
            viewport={"width": width, "height": height},
            locale="en-US",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if "Content Security Policy" in line.text else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == [], "\n".join(wrong)


@pytest.fixture(scope="session")
def axe():
    return browser.violations
