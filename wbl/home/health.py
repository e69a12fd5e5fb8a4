"""Is this installation well? For load balancers and people on call: database, broker, oldest due mail."""

import datetime as dt

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Min
from django.http import HttpRequest, JsonResponse
from django.utils import timezone

from wbl.accounts.access import public
from wbl.tenancy.scope import every_district


@public
def health(request: HttpRequest) -> JsonResponse:
    """200 when database and broker answer, else 503. `oldest_due_mail_seconds` grows when no worker delivers."""
    answer: dict[str, object] = {"database": _database(), "broker": _broker(), "oldest_due_mail_seconds": None}
    if answer["database"] == "ok":
        answer["oldest_due_mail_seconds"] = _oldest_due()
    well = answer["database"] == answer["broker"] == "ok"
    return JsonResponse(answer, status=200 if well else 503)


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("select 1")
    except DatabaseError:
        return "unreachable"
    return "ok"


def _broker() -> str:
    try:
        cache.set("global:health", 1, 10)
        return "ok" if cache.get("global:health") else "forgets"
    except Exception:  # any failure of the client is the same answer
        return "unreachable"


def _oldest_due() -> int:
    """Seconds that the mail which has waited longest is late: one whose time has come, or that a worker took and then
    died over. What waits for its next attempt, or for the end of quiet hours, is not late."""
    from wbl.mail.deliver import LEASE
    from wbl.mail.models import Message, State

    now = timezone.now()
    with every_district():
        waiting = Message.objects.overdue().aggregate(at=Min("next_try_at"))["at"]
        stuck = Message.objects.in_state(State.SENDING).filter(claimed_at__lt=now - LEASE)
        held = stuck.aggregate(at=Min("next_try_at"))["at"]
    oldest = min((at for at in (waiting, held) if at), default=now)
    return max(0, int((now - oldest) / dt.timedelta(seconds=1)))
