"""What `up` prints when all is ready."""

from __future__ import annotations

import json
import os

from . import state


def text(address: str) -> str:
    parts = [f"\nwbl is up:  {address}\n", _sign_ins(), _mail(address), NEXT if _demo_users() else FIRST, LAST]
    return "\n".join(part for part in parts if part)


FIRST = """\
A district        python3 manage.py create_district "NAME" --slug SLUG --state OR --time-zone America/Los_Angeles --admin EMAIL"""
NEXT = """\
A real district   python3 manage.py create_district "NAME" --slug SLUG --state OR --time-zone America/Los_Angeles --admin EMAIL
Remove the demo   python3 manage.py remove_demo"""
LAST = """\
Logs              .wbl/logs/
Ctrl-C stops everything; the data stays in .wbl/.
"""


def _demo_users() -> list[dict[str, str]]:
    """Passwords are made per installation and kept in .wbl/demo.json by seed_demo; no file, no demo."""
    try:
        return json.loads((state.folder() / "demo.json").read_text())["users"]
    except (OSError, ValueError, KeyError):
        return []


def _sign_ins() -> str:
    users = _demo_users()
    if not users:
        return ""
    role, email = (max(len(user[name]) for user in users) for name in ("role", "email"))
    lines = [f"  {user['role']:<{role}}  {user['email']:<{email}}  {user['password']}" for user in users]
    return "\n".join(["The demonstration district's people sign in with", *lines, ""])


def _mail(address: str) -> str:
    if os.environ.get("WBL_MAILER"):
        return "Mail              leaves this machine by WBL_MAILER"
    return f"Mail              {address}local/mail/  (every mail ends there; none leaves this machine)"
