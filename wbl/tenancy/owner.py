"""Working as the owner of the tables: migrations and the step after them, never a request."""

from collections.abc import Iterator
from contextlib import contextmanager

import dj_database_url
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection


@contextmanager
def as_owner() -> Iterator[None]:
    """Reconnect the default connection as the owner (DATABASE_OWNER_URL) for the block.

    Raises ImproperlyConfigured when the owner's address is not set.
    """
    if settings.DATABASE_OWNER_URL == "-":
        raise ImproperlyConfigured("DATABASE_OWNER_URL is not set: migrations run as the owner of the tables.")
    owner = dj_database_url.parse(settings.DATABASE_OWNER_URL)
    kept = {key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    connection.close()
    connection.settings_dict.update({key: owner.get(key, "") for key in kept})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(kept)
