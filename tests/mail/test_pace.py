"""One speed limit for all workers of the installation."""

import time

import pytest
import redis
from django.conf import settings

from wbl.mail.pace import ASKED, Pace


def seconds(work) -> float:
    begin = time.monotonic()
    work()
    return time.monotonic() - begin


def test_two_workers_share_one_limit():
    server = redis.Redis.from_url(settings.REDIS_URL)
    first, second = Pace(5, "shared", server), Pace(5, "shared", server)

    def twelve() -> None:
        for _ in range(6):
            first.wait()
            second.wait()

    assert seconds(twelve) > 1


def test_without_valkey_a_worker_keeps_to_its_share():
    alone = Pace(40, "gone", redis.Redis(port=1, **ASKED))
    assert 0.3 < seconds(lambda: [alone.wait() for _ in range(4)]) < 3, "each mail asks once"


@pytest.mark.parametrize("limit", [0])
def test_without_a_limit_nobody_waits(limit):
    assert seconds(lambda: [Pace(limit).wait() for _ in range(1000)]) < 0.5
