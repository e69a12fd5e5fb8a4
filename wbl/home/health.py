"""Is this installation well? For load balancers and people on call: database, broker, oldest due mail."""

import datetime as dt

from django.core.cache import cache
from django.db import DatabaseError, connection
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
    from wbl.mail.models import Message

    with every_district():
        oldest = Message.objects.overdue().order_by("due_at").values_list("due_at", flat=True).first()
    return max(0, int((timezone.now() - oldest) / dt.timedelta(seconds=1))) if oldest else 0
