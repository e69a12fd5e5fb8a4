"""What `python3 manage.py COMMAND` does before Django sees it: servers, if the command needs a database."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import signal
import sys

from . import own, state
from .processes import Failed

NO_DATABASE = frozenset(
    "help version collectstatic findstatic compilemessages makemessages startapp startproject diffsettings".split()
)
UNPREPARED = frozenset(
    "migrate makemigrations showmigrations sqlmigrate squashmigrations check dbshell make_roles".split()
)
"""Commands that look after the schema themselves, or must work before there is one."""


def run(argv: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wbl.settings")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        _run(argv, argv[1] if len(argv) > 1 else "help")
    except Failed as failed:
        sys.exit(f"wbl: {failed}")
    except OSError as error:
        sys.exit(f"wbl: {_sentence(error)}")
    except KeyboardInterrupt:
        sys.exit(130)


def _sentence(error: OSError) -> str:
    """For the two reasons that a person can mend; any other error goes on as it is."""
    if error.errno == errno.ENOSPC:
        return f"The disk that holds {state.FOLDER} is full. Make room, then run the same command again."
    if error.errno in (errno.EACCES, errno.EPERM) and str(error.filename).startswith(str(state.FOLDER)):
        return (
            f"{error.filename} belongs to another user: an earlier run was theirs. Run as that user, "
            f"or give it to yours: sudo chown -R $(id -u) {state.FOLDER}"
        )
    raise error


def _run(argv: list[str], name: str) -> None:
    if name == "test":
        _test(argv[2:])
    elif name == "up":
        from . import up

        up.main(argv[2:])
    elif name == "bench":
        from . import bench

        bench.main(argv[2:])
    elif name == "make_roles":
        _make_roles()
    elif name.startswith("-") or name in NO_DATABASE or {"-h", "--help", "--version"} & set(argv[2:]):
        os.environ.update(placeholders())
        _django(argv)
    else:
        with environment(name, prepared=name not in UNPREPARED) as settings:
            os.environ.update(settings)
            _django(argv)


def environment(name: str, *, prepared: bool = True) -> contextlib.AbstractContextManager[dict[str, str]]:
    """What to put into os.environ for a command; nothing where the environment says it all already."""
    if not own.foreign():
        return own.for_one_command(name, prepared=prepared)
    return contextlib.nullcontext({}) if own.deployed() else own.beside_foreign_servers(prepared=prepared)


def placeholders() -> dict[str, str]:
    """Settings want addresses even where nobody will use them; these answer nothing."""
    nowhere = {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "DATABASE_OWNER_URL": "postgresql://noone@127.0.0.1:1/nothing",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "WBL_SECRET_KEY": secrets.token_urlsafe(48),
        "WBL_BASE_URL": "http://localhost:8000",
    }
    return {name: value for name, value in nowhere.items() if not os.environ.get(name)}


def _django(argv: list[str]) -> None:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(argv)
    except ImproperlyConfigured as error:
        raise Failed(str(error)) from None


def _test(arguments: list[str]) -> None:
    """The whole suite uses two processors where there are two; a part of it, or anything with -n, is as you say."""
    whole = all(word.startswith("-") and not word.startswith(("-n", "--pdb", "--numprocesses")) for word in arguments)
    if whole and (os.cpu_count() or 1) > 1:
        arguments = ["-n", "2", "--dist", "loadgroup", *arguments]
    os.chdir(state.ROOT)
    os.execv(sys.executable, [sys.executable, "-m", "pytest", *arguments])


def _make_roles() -> None:
    """For servers of your own; DATABASE_ADMIN_URL, a superuser's, also makes the owner and the database."""
    from . import roles

    if not own.foreign():
        raise Failed("make_roles is for servers of your own: set DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL.")
    roles.make(
        owner_url=os.environ["DATABASE_OWNER_URL"],
        run_url=os.environ["DATABASE_URL"],
        admin_url=os.environ.get("DATABASE_ADMIN_URL", ""),
    )
    print("The roles are as they should be.")
