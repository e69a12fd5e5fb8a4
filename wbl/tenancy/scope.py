"""Which district is this code working for? Every tenant row is read and written through here.

Wall 1 is the context variable read by `DistrictManager`; wall 2 is PostgreSQL's row-level security, which reads
the session setting `wbl.district`. Both are opened and closed together by `district(d)`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.signals import connection_created
from django.urls import get_script_prefix, get_urlconf, set_script_prefix, set_urlconf
from django.utils import timezone

if TYPE_CHECKING:
    from wbl.tenancy.models import District

ALL = "all"
_active: ContextVar["District | str | None"] = ContextVar("district", default=None)
_actor: ContextVar[int | None] = ContextVar("actor", default=None)


class NoDistrict(RuntimeError):
    """Tenant rows were asked for while no district was open."""


class StraddledScope(RuntimeError):
    """A district was opened in one transaction and closed in another; the connection was dropped."""


def current_district() -> "District":
    """The open district. Raises NoDistrict."""
    active = _active.get()
    if active is None or active == ALL:
        raise NoDistrict("No district is open. Wrap this code in `with district(d):` (wbl.tenancy.scope).")
    return cast("District", active)


def current_district_id() -> int:
    """The open district's id. Raises NoDistrict."""
    return current_district().pk


def is_open() -> bool:
    """True inside `with district(d):`, false outside and inside `every_district()`."""
    return _active.get() not in (None, ALL)


def sees_all() -> bool:
    """True inside `every_district()`."""
    return _active.get() == ALL


def _setting() -> tuple[str, str]:
    active, actor = _active.get(), _actor.get()
    return (
        "" if active is None or active == ALL else str(cast("District", active).pk),
        "" if actor is None else str(actor),
    )


def _tell_database() -> None:
    """Give PostgreSQL the scope; a closed connection learns it when it opens, a broken transaction by its rollback."""
    if connection.connection is None or connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        cursor.execute("select set_config('wbl.district', %s, false), set_config('wbl.user', %s, false)", _setting())


def _on_connection(sender: object, connection, **kwargs: object) -> None:
    if connection.vendor == "postgresql" and (any(_setting())):
        with connection.cursor() as cursor:
            cursor.execute(
                "select set_config('wbl.district', %s, false), set_config('wbl.user', %s, false)", _setting()
            )


connection_created.connect(_on_connection, dispatch_uid="wbl.tenancy.scope")


def _transaction_now() -> tuple[bool, tuple[str, ...]]:
    return connection.in_atomic_block, tuple(connection.savepoint_ids)


@contextmanager
def district(which: "District | int") -> Iterator["District"]:
    """Open a district (or its id): rows, addresses and time zone are its own until the end of the block.

    Raises District.DoesNotExist for an unknown id and StraddledScope when a transaction began or ended inside
    the block without ending or beginning there too.
    """
    from wbl.tenancy.models import District

    opened = which if isinstance(which, District) else District.objects.get(pk=which)
    before, prefix, urlconf = _transaction_now(), get_script_prefix(), get_urlconf()
    token = _active.set(opened)
    try:
        _tell_database()
        set_script_prefix(f"/{opened.slug}/")
        set_urlconf(settings.DISTRICT_URLCONF)
        with timezone.override(opened.zone):
            yield opened
    finally:
        straddled = _transaction_now() != before and connection.connection is not None
        _active.reset(token)
        set_script_prefix(prefix)
        set_urlconf(urlconf)
        if straddled and not connection.needs_rollback:
            connection.in_atomic_block = False
            connection.close()
            raise StraddledScope("A district was opened inside one transaction and closed inside another.")
        _tell_database()


@contextmanager
def in_any_district(stand_in: object) -> Iterator[None]:
    """For queries that are put into SQL here and asked elsewhere (wbl.tenancy.prepared): `stand_in` is the district's
    id. The database is told nothing, so that nothing can be read."""
    token = _active.set(cast("District", SimpleNamespace(pk=stand_in)))
    try:
        yield
    finally:
        _active.reset(token)


@contextmanager
def acting(user_id: int | None) -> Iterator[None]:
    """Who is at work: written beside every change in the history (wbl.tenancy.history)."""
    token = _actor.set(user_id)
    try:
        if is_open():
            _tell_database()
        yield
    finally:
        _actor.reset(token)
        if is_open():
            _tell_database()


@contextmanager
def every_district() -> Iterator[None]:
    """Read (never write) the rows of all districts: for "who has something due" and for operators.

    A transaction under a role of its own, `wbl_every`, which may only SELECT.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set local role wbl_every")
        token = _active.set(ALL)
        try:
            yield
        finally:
            _active.reset(token)
            if not connection.needs_rollback:
                with connection.cursor() as cursor:
                    cursor.execute("set local role none")


@contextmanager
def outside_districts() -> Iterator[None]:
    """Addresses of the table without districts (`/accounts/…`), from inside a district."""
    prefix, urlconf = get_script_prefix(), get_urlconf()
    set_script_prefix("/")
    set_urlconf(None)
    try:
        yield
    finally:
        set_script_prefix(prefix)
        set_urlconf(urlconf)


def absolute(path: str) -> str:
    """The full address of a path of this installation, for mails."""
    return settings.WBL_BASE_URL + path
