"""What `/health/` says of mail: how late the latest is, over all districts, and nothing else."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from wbl.mail import deliver
from wbl.mail.models import Message
from wbl.tenancy.scope import district

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def letter(clock, in_cedar, people, ray, acme) -> Message:
    return Message.write(
        kind="partners.letter",
        record=acme,
        recipient=ray,
        subject="Tour?",
        body="When?",
        by=people.coordinator,
        step="1",
    )


def late() -> int:
    answer = Client().get("/health/")
    assert answer.status_code == 200
    return int(answer.json()["oldest_due_mail_seconds"])


def change(message: Message, **new: object) -> None:
    with district(message.district):
        Message.objects.filter(pk=message.pk).update(**new)


def test_mail_whose_time_has_come_is_late_and_what_waits_is_not(letter, clock):
    assert late() == 0
    clock.shift(HOUR)
    assert late() == 3600
    change(letter, state="planned", next_try_at=timezone.now() + HOUR)  # another attempt, or the end of quiet hours
    assert late() == 0
    change(letter, state="sent", next_try_at=timezone.now() - HOUR)
    assert late() == 0


def test_mail_that_a_worker_died_over_is_late_though_somebody_holds_it(letter, clock):
    clock.shift(HOUR)
    change(letter, state="sending", claimed_at=timezone.now())
    assert late() == 0, "it is being sent"
    clock.shift(deliver.LEASE + dt.timedelta(seconds=1))
    assert late() == 3600 + deliver.LEASE.total_seconds() + 1


def test_it_tells_no_names_and_no_numbers_of_districts(letter, clock):
    clock.shift(HOUR)
    answer = Client().get("/health/")
    assert answer.json() == {"database": "ok", "broker": "ok", "oldest_due_mail_seconds": 3600}


def test_without_a_broker_it_is_not_well_but_says_so_without_a_trace(letter, monkeypatch):
    def gone(*args: object, **kwargs: object) -> None:
        raise OSError("redis://user:secret@broker.internal:6379")

    monkeypatch.setattr(cache, "set", gone)
    answer = Client().get("/health/")
    assert answer.status_code == 503 and answer.json()["broker"] == "unreachable" and b"secret" not in answer.content
