"""Makes the project's own environment, .venv, from requirements-dev.txt.

Standard library only, in the syntax of Python 3.8: an older python3 must be able to read this file, look for a newer
Python and, if there is none, say so.
"""

import contextlib
import glob
import hashlib
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
REQUIREMENTS = ROOT / "requirements-dev.txt"
NEED, BELOW = (3, 12), (3, 16)
PROBE = "import sys, json, venv, ensurepip; print(json.dumps([list(sys.version_info[:3]), sys.executable]))"
NO_PYTHON = (
    """\
wbl needs Python %d.%d or newer, with its venv module, and found none on this machine.
Install one (Debian 13 or Ubuntu 24.04: sudo apt install python3-venv; macOS: brew install python@3.13;
Windows: inside WSL), or name one: WBL_PYTHON=/path/to/python3.13 python3 manage.py ..."""
    % NEED
)


def say(text):
    print("wbl: " + text, file=sys.stderr, flush=True)


def probe(path):
    """(version, path) of an interpreter that runs, is new enough and can make an environment; else None.

    It is run, not looked at: a version manager's shim exists on PATH and still fails when called.
    """
    try:
        done = subprocess.run([path, "-I", "-c", PROBE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=20)
        version, executable = json.loads(done.stdout.decode().strip().splitlines()[-1])
    except (OSError, ValueError, IndexError, subprocess.SubprocessError):
        return None
    return (tuple(version), executable) if NEED <= tuple(version[:2]) < BELOW else None


def candidates():
    """Where a Python may be: this one, those on PATH, then the places of version managers and packages."""
    yield sys.executable
    for minor in range(BELOW[1] - 1, NEED[1] - 1, -1):
        found = shutil.which("python3.%d" % minor)
        if found:
            yield found
    home = os.path.expanduser("~")
    for pattern in (
        os.environ.get("PYENV_ROOT", home + "/.pyenv") + "/versions/3.*/bin/python3",
        home + "/.local/share/uv/python/cpython-3.*/bin/python3",
        home + "/.asdf/installs/python/3.*/bin/python3",
        home + "/.local/share/mise/installs/python/3.*/bin/python3",
        "/usr/local/bin/python3.*[0-9]",
        "/opt/homebrew/bin/python3.*[0-9]",
        "/usr/bin/python3.*[0-9]",
    ):
        for path in sorted(glob.glob(pattern), reverse=True):
            yield path


def choose():
    """The Python to build with: the one that runs this, if it will do, else the newest found."""
    named = os.environ.get("WBL_PYTHON")
    if named:
        got = probe(named)
        if not got:
            sys.exit("WBL_PYTHON=%s does not run, or is older than Python %d.%d." % ((named, *NEED)))
        return got[1]
    best = None
    for path in candidates():
        got = probe(path)
        if got and (best is None or got[0] > best[0]):
            best = got
            if path == sys.executable:
                break
    if best is None:
        sys.exit(NO_PYTHON)
    return best[1]


@contextlib.contextmanager
def locked():
    """One preparation at a time in this folder; the lock goes with its process, so none is ever stale."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    folder = ROOT / ".wbl"
    folder.mkdir(mode=0o700, exist_ok=True)
    with (folder / "bootstrap.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("another run is preparing .venv; waiting for it")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def pinned(name):
    """The lines of requirements-dev.txt that pin one package, with its hashes."""
    found = re.search(r"^%s==.*?(?=^\S|\Z)" % re.escape(name), REQUIREMENTS.read_text(), re.M | re.S)
    return found.group(0)


def install():
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "-r"]
    uv = PYTHON.with_name("uv")
    try:  # several times faster than pip, and itself pinned, so that `sync` keeps it
        if not uv.exists():
            only_uv = VENV / "uv.txt"
            only_uv.write_text(pinned("uv"))
            subprocess.run([*pip, str(only_uv)], check=True)
        sync = [str(uv), "pip", "sync", "-q", "--python", str(PYTHON), "--compile-bytecode", "--require-hashes"]
        subprocess.run([*sync, str(REQUIREMENTS)], check=True)
    except (OSError, subprocess.CalledProcessError):
        say("uv could not install the packages; trying pip")
        subprocess.run([*pip, str(REQUIREMENTS)], check=True)


def prepared(want):
    stamp = VENV / ".stamp"
    return PYTHON.exists() and stamp.exists() and stamp.read_text() == want


def ensure():
    """Make or renew .venv when requirements-dev.txt asks for it; returns its Python."""
    want = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()
    try:
        if not (prepared(want) and probe(str(PYTHON))):
            with locked():
                if not (prepared(want) and probe(str(PYTHON))):
                    build(want)
    except subprocess.CalledProcessError as error:
        sys.exit(
            "wbl: making .venv failed: %s ended with code %s.\n"
            "Its own words are above. The network and the space on the disk (about 700 MB) are the usual reasons;\n"
            "run the same command again when mended." % (" ".join(error.cmd[:4]), error.returncode)
        )
    except OSError as error:
        sys.exit("wbl: making .venv in %s failed: %s" % (ROOT, error))
    return str(PYTHON)


def build(want):
    if not (PYTHON.exists() and probe(str(PYTHON))):
        python = choose()
        say("making .venv with " + python)
        shutil.rmtree(str(VENV), ignore_errors=True)
        subprocess.run([python, "-m", "venv", str(VENV)], check=True)
    say("installing packages (the first time about a minute)")
    install()
    (VENV / ".stamp").write_text(want)


if __name__ == "__main__":
    print(ensure())
