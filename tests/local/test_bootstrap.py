"""The first thing a newcomer runs, with whatever python3 they have."""

import ast
import os
import shutil
import subprocess
import sys

import pytest

import bootstrap
from wbl.local import state


@pytest.mark.parametrize("name", ["bootstrap.py", "manage.py", "wbl/__init__.py"])
def test_an_old_python_can_read_what_it_meets_first(name):
    ast.parse((state.ROOT / name).read_text(), feature_version=(3, 8))


def test_without_a_python_that_is_new_enough_there_is_a_sentence(monkeypatch):
    monkeypatch.setattr(bootstrap, "probe", lambda path: None)
    monkeypatch.delenv("WBL_PYTHON", raising=False)
    with pytest.raises(SystemExit, match=r"needs Python 3\.12 or newer"):
        bootstrap.choose()


def test_the_newest_of_the_candidates_that_run_is_taken(monkeypatch):
    versions = {"/a": ((3, 12, 1), "/a"), "/b": ((3, 14, 0), "/b"), "/shim": None}
    monkeypatch.setattr(bootstrap, "candidates", lambda: iter(versions))
    monkeypatch.setattr(bootstrap, "probe", versions.get)
    monkeypatch.delenv("WBL_PYTHON", raising=False)
    assert bootstrap.choose() == "/b"


def test_a_shim_that_fails_when_called_is_no_python(tmp_path):
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\necho 'command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    assert bootstrap.probe(str(shim)) is None
    assert bootstrap.probe(sys.executable)


def test_a_named_python_that_will_not_do_is_not_replaced_in_silence(monkeypatch):
    monkeypatch.setenv("WBL_PYTHON", "/nowhere/python3.13")
    with pytest.raises(SystemExit, match="does not run"):
        bootstrap.choose()


def test_the_installer_itself_is_pinned():
    text = bootstrap.pinned("uv")
    assert text.startswith("uv==")
    assert "--hash=sha256:" in text
    assert text.count("==") == 1


def test_a_failed_installation_says_what_to_look_at(monkeypatch, tmp_path):
    def fail(want):
        raise subprocess.CalledProcessError(1, ["pip", "install"])

    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "prepared", lambda want: False)
    monkeypatch.setattr(bootstrap, "build", fail)
    with pytest.raises(SystemExit, match="network and the space on the disk"):
        bootstrap.ensure()


def test_the_image_makes_no_environment(tmp_path):
    """With WBL_NO_BOOTSTRAP manage.py goes on with the Python it was called with."""
    for name in ("manage.py", "bootstrap.py"):
        shutil.copy(state.ROOT / name, tmp_path)
    package = tmp_path / "wbl" / "local"
    package.mkdir(parents=True)
    (package / "command.py").write_text("def run(argv):\n    print('ran', argv[1])\n")
    environment = {**os.environ, "WBL_NO_BOOTSTRAP": "1", "PYTHONPATH": ""}
    words = [sys.executable, str(tmp_path / "manage.py"), "check"]
    done = subprocess.run(words, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "ran check\n"
    assert not (tmp_path / ".venv").exists()
