"""`python -m wbl.local.healthy web|worker|beat`: ends with 0 if that container does its work. For docker-compose.yml."""

from __future__ import annotations

import http.client
import os
import pathlib
import socket
import subprocess
import sys
import time
from urllib.parse import urlsplit

BEAT_WRITES_WITHIN = 10 * 60
"""Seconds; Celery's beat writes its schedule down every three minutes."""


def web() -> bool:
    """Asks as the proxy would, or the answer is a redirect to https or "400 bad host"."""
    base = urlsplit(os.environ.get("WBL_BASE_URL", "http://localhost:8000"))
    connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=10)
    connection.request("GET", "/health/", headers={"Host": base.netloc, "X-Forwarded-Proto": base.scheme})
    return connection.getresponse().status == 200


def worker() -> bool:
    words = [sys.executable, "-m", "celery", "-A", "wbl", "inspect", "ping", "-d", f"celery@{socket.gethostname()}"]
    return subprocess.run(words, capture_output=True, check=False, timeout=30).returncode == 0


def beat() -> bool:
    """The schedule is a SQLite file whose writes stand in a second one, NAME-wal, for hours: the newest of them counts."""
    schedule = pathlib.Path(os.environ.get("WBL_BEAT_FILE", "/tmp/beat"))
    written = [path.stat().st_mtime for path in schedule.parent.glob(f"{schedule.name}*")]
    return bool(written) and time.time() - max(written) < BEAT_WRITES_WITHIN


if __name__ == "__main__":
    try:
        sys.exit(0 if {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]() else 1)
    except (OSError, http.client.HTTPException, subprocess.SubprocessError) as error:
        sys.exit(f"{sys.argv[1]}: {error}")
