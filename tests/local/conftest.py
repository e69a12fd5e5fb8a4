"""wbl started as a person starts it: another process, a folder of its own instead of .wbl/, a signal to end it."""

import contextlib
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from wbl.local import processes, state
from wbl.local.own import ADDRESSES

MANAGE = str(state.ROOT / "manage.py")


def clean_environment(folder: pathlib.Path, **more: str) -> dict[str, str]:
    """This run's environment without what the suite's own servers put into it."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ADDRESSES and not name.startswith(("WBL_", "PYTEST_"))
    }
    return {**kept, "WBL_LOCAL_DIR": str(folder), "WBL_NO_BOOTSTRAP": "1", **more}


class Up:
    """A running `manage.py up`."""

    def __init__(self, folder: pathlib.Path, *arguments: str, user: str = "-", **environment: str):
        folder.mkdir(mode=0o700, exist_ok=True)
        self.folder = folder
        self.out = folder / f"up-{len(list(folder.glob('up-*.out')))}.out"
        with self.out.open("w") as out:
            self.process = subprocess.Popen(
                [*processes.launch_words(user, "SIGTERM"), sys.executable, MANAGE, "up", *arguments],
                env=clean_environment(folder, **environment),
                stdout=out,
                stderr=out,
                start_new_session=True,
                # as a shell hands it on to what it starts in the background: Ctrl-C must work all the same
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_IGN),
            )

    def ready(self) -> "Up":
        """Until it is up, or has ended by itself."""
        processes.wait_until(lambda: "Ctrl-C stops" in self.said() or self.process.poll() is not None, 240)
        assert "Ctrl-C stops" in self.said(), self.said()
        return self

    def said(self) -> str:
        return self.out.read_text()

    @property
    def facts(self) -> dict[str, Any]:
        return json.loads((self.folder / "run.json").read_text())

    def status(self, path: str = "accounts/login/") -> int:
        with urllib.request.urlopen(self.facts["address"] + path, timeout=30) as answer:
            return answer.status

    def sign_in(self, email: str, password: str) -> str:
        """Where a person lands who signs in by hand."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        login = self.facts["address"] + "accounts/login/"
        page = browser.open(login, timeout=60).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token, page
        form = {"csrfmiddlewaretoken": token.group(1), "login": email, "password": password}
        request = urllib.request.Request(login, urllib.parse.urlencode(form).encode(), {"Referer": login})
        return browser.open(request, timeout=60).url

    def family(self) -> list[int]:
        """The process ids of everything that it started, and of what those started."""
        return [pid for pid in _pids() if self._is_ours(pid)]

    def _is_ours(self, pid: int) -> bool:
        with contextlib.suppress(OSError):
            return f"WBL_LOCAL_DIR={self.folder}".encode() in pathlib.Path(f"/proc/{pid}/environ").read_bytes().split(
                b"\0"
            )
        return False

    def end(self, how: signal.Signals = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(120)


def _pids() -> list[int]:
    return [int(path.name) for path in pathlib.Path("/proc").iterdir() if path.name.isdigit()]


@pytest.fixture
def start_up(tmp_path: pathlib.Path) -> Iterator[Callable[..., Up]]:
    """start_up("--port", "8123") → a running one in this test's folder; ended afterwards, whatever happened."""
    started: list[Up] = []

    def start(*arguments: str, demo: bool = False, **options: Any) -> Up:
        if not demo:
            (tmp_path / "seeded").touch()
        started.append(Up(tmp_path, *arguments, **options))
        return started[-1]

    yield start
    for one in started:
        one.end()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Up]:
    """One for all tests of a module that only look at it."""
    folder = tmp_path_factory.mktemp("running")
    (folder / "seeded").touch()
    one = Up(folder, "--port", str(processes.free_port()))
    try:
        yield one.ready()
    finally:
        one.end()


@pytest.fixture
def manage(tmp_path: pathlib.Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """manage("showmigrations") → the finished command, in this test's folder or the one named."""

    def run(*arguments: str, folder: pathlib.Path = tmp_path, **environment: str) -> subprocess.CompletedProcess[str]:
        words = [sys.executable, MANAGE, *arguments]
        return subprocess.run(
            words,
            env=clean_environment(folder, **environment),
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    return run
