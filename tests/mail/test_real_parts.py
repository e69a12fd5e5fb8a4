"""PostgreSQL, Valkey, Celery's worker and beat, SMTP: whatever stops, runs twice or forgets, each mail goes out once."""

import datetime as dt
import time
from collections import Counter
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from partners.models import Contact, TimelineEntry
from wbl.local.processes import wait_until
from wbl.mail.models import Message, Rule
from wbl.tenancy.scope import district
from wbl.todo.models import Todo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def parts(live_smtp, celery_worker_process) -> Any:
    """parts("worker"), parts("beat"): real processes that sweep every second and mail to the sink."""
    env = {"WBL_SMTP_URL": live_smtp.url, "WBL_BEAT_SECONDS": "1", "WBL_MAIL_CONNECTIONS": "2", "WBL_MAIL_LEASE": "4"}
    return lambda kind="worker": celery_worker_process(kind, env=env)


def letters(ray: Contact, people: Any, count: int, *, start: int = 0) -> None:
    """Rows as `Message.write` makes them, without telling a worker: a sweep has to find them."""
    with district(ray.district_id):
        rows = [Message.addressed(_to(ray), ray.organization, people.coordinator) for _ in range(count)]
        for n, message in enumerate(rows, start):
            message.rule_key, message.step, message.by_hand = "partners.letter", str(n), True
            message.subject, message.source, message.category, message.state = f"Letter {n}", "Hello", "requests", "due"
            message.due_at = message.next_try_at = timezone.now()
        Message.objects.bulk_create(rows)


def _to(ray: Contact) -> Any:
    from wbl.mail.people import recipient_of

    return recipient_of(ray)


def settled(cedar: Any, count: int) -> bool:
    def all_sent() -> bool:
        with district(cedar):
            return Message.objects.filter(state="sent", told_at__isnull=False).count() == count

    return wait_until(all_sent, 60)


def once_each(smtp: Any, count: int) -> None:
    times = Counter(m["Message-ID"] for m in smtp.messages)
    assert (len(times), set(times.values())) == (count, {1}), [s for s, n in times.items() if n > 1]


def test_a_follow_up_that_comes_due_is_mailed_once_by_beat_and_worker(parts, live_smtp, cedar, people, acme):
    with district(cedar):
        rule = Rule.of("partners.follow_up_due")
        rule.quiet_hours = rule.school_days = False
        rule.hour = dt.time(0, 0)
        rule.switch_on(by=people.coordinator)
        todo = Todo.open(title="Follow up", due=cedar.today() + dt.timedelta(7), owner=people.coordinator, about=acme)
    parts("worker")
    parts("beat")
    assert wait_until(lambda: _count(cedar, "planned") == 1, 30)
    with district(cedar):  # the day comes
        Rule.objects.update(active_since=timezone.now() - dt.timedelta(3))
        Todo.objects.filter(pk=todo.pk).update(due=cedar.today())
    live_smtp.wait_for(1, 30)
    assert settled(cedar, 1)
    time.sleep(1.5)  # one more beat comes by
    once_each(live_smtp, 1)
    with district(cedar):
        todo.refresh_from_db()
        assert todo.mail_sent_at and not todo.done_at
        assert TimelineEntry.objects.filter(kind="mail_out").count() == 1
        states = Counter(Message.objects.values_list("state", flat=True))
    assert states == {"sent": 1, "cancelled": 1}


def _count(cedar: Any, state: str) -> int:
    with district(cedar):
        return Message.objects.filter(state=state).count()


def test_two_beats_two_workers_a_kill_a_restart_and_a_wiped_broker_lose_nothing_and_repeat_what_was_in_flight(
    parts, live_smtp, database_servers, cedar, people, acme
):
    """The small sister of `manage.py bench chaos`."""
    with district(cedar):
        ray = Contact.objects.select_related("organization").get()
    letters(ray, people, 120)
    live_smtp.delay = 0.02
    first = parts("worker")
    parts("beat")
    live_smtp.wait_for(10, 30)
    parts("beat")
    second = parts("worker")
    first.stop()  # it hands over what it holds, and ends
    database_servers.valkey.wipe()
    letters(ray, people, 30, start=120)
    parts("worker")
    live_smtp.wait_for(60, 30)
    second.kill()
    connection.close()
    database_servers.postgres.stop()
    database_servers.postgres.restart()
    assert settled(cedar, 150)
    time.sleep(1.5)
    times = Counter(m["Message-ID"] for m in live_smtp.messages)
    assert len(times) == 150
    assert sum(times.values()) - 150 <= (1 + 1) * 2  # kills and restarts × connections of a worker
    with district(cedar):
        assert TimelineEntry.objects.filter(kind="mail_out").count() == 150
        assert {m.message_id for m in Message.objects.all()} == set(times)
