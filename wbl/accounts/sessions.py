"""Sessions in the database, as Django keeps them; read by SQL written once, since every request begins with one."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from wbl.tenancy.prepared import Given, Prepared

STANDING = Prepared(lambda: Session.objects.filter(session_key=Given("key"), expire_date__gt=Given("now")))


class SessionStore(DatabaseStore):
    """One that is unknown or over is none, and gets a new key when something is put into it."""

    @classmethod
    def get_model_class(cls) -> Any:
        return Session

    def _get_session_from_db(self) -> Session | None:
        found = STANDING.first(key=self.session_key, now=timezone.now())
        if found is None:
            self._session_key = None
        return found
