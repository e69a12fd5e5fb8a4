"""Beat's sweep, and the work of one district. Safe to run twice, late, or beside itself."""

import datetime as dt
from collections import Counter

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone

from wbl.celery import app
from wbl.mail import aftermath, planner
from wbl.mail import deliver as delivery
from wbl.mail.models import Message, Rule
from wbl.tenancy.scope import every_district

PLAN_EVERY = 3  # beats
SHARE = 500  # due mails of a district that one more worker is called for
AT_MOST = 4


@app.task(global_task=True)
def sweep() -> None:
    """Which districts have something due? One look at all, then a task for each."""
    for pk, times in who_is_due().items():
        for _ in range(times):
            deliver.apply_async(headers={"wbl_district": pk}, expires=settings.WBL_BEAT_SECONDS * 10)


def who_is_due() -> Counter[int]:
    """Districts with due or stuck mail or a rule that was not looked at for a while, and how many workers each may use."""
    now = timezone.now()
    stale = now - dt.timedelta(seconds=settings.WBL_BEAT_SECONDS * PLAN_EVERY)
    found: Counter[int] = Counter()
    with every_district():
        due = Message.objects.overdue().values("district").annotate(n=Count("pk")).order_by()
        for row in due:
            found[row["district"]] = min(AT_MOST, 1 + row["n"] // SHARE)
        stuck = Message.objects.filter(state="sending", claimed_at__lt=now - delivery.LEASE)
        untold = Message.objects.filter(sent_at__lt=now - dt.timedelta(minutes=1), told_at=None)
        rules = Rule.objects.filter(Q(planned_at=None) | Q(planned_at__lt=stale)).filter(active_since__isnull=False)
        for rows in (stuck, untold, rules):
            for pk in rows.values_list("district", flat=True).distinct().order_by():
                found[pk] = found[pk] or 1
    return found


@app.task
def deliver() -> None:
    """Plan if it is time, then send what is due."""
    plan_if_stale()
    aftermath.tell_late()
    delivery.deliver()


def plan_if_stale() -> bool:
    """Whoever moves the clock of the rules plans; a second worker sees that it is moved."""
    now = timezone.now()
    stale = now - dt.timedelta(seconds=settings.WBL_BEAT_SECONDS * PLAN_EVERY)
    old = Rule.objects.on().filter(Q(planned_at=None) | Q(planned_at__lt=stale))
    if not old.update(planned_at=now):
        return False
    planner.plan()
    return True
