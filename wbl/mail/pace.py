"""One speed limit for all workers of the installation: `WBL_MAIL_PER_SECOND`, as mail providers ask for.

Workers share a counter for each second in Valkey. Where Valkey can't be asked, a worker keeps to a quarter of the limit
by itself: slower than allowed, never faster while at most four work.
"""

import time
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Self

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

ALONE = 4  # workers that share the limit where they can't count together
KEPT = 5  # seconds that a counter is kept
# redis-py would try each mail's question three times more before it gives up
ASKED: dict[str, Any] = {"socket_timeout": 2, "socket_connect_timeout": 2, "retry": Retry(NoBackoff(), 0)}


@dataclass
class Pace:
    """`per_second` mails at most, 0 for as many as go."""

    per_second: int
    name: str = "default"
    server: Any = None
    last: float = field(default=0.0)

    @classmethod
    def of_settings(cls) -> Self:
        return cls(settings.WBL_MAIL_PER_SECOND, server=_server() if settings.WBL_MAIL_PER_SECOND else None)

    def wait(self) -> None:
        """Until one more mail may go."""
        if not self.per_second:
            return
        try:
            while not self._counted():
                time.sleep(max(0.005, 1 - time.time() % 1))
        except redis.RedisError:
            time.sleep(max(0.0, self.last + ALONE / self.per_second - time.monotonic()))
        self.last = time.monotonic()

    def _counted(self) -> bool:
        key = f"wbl:mail-pace:{self.name}:{int(time.time())}"
        count, _ = self.server.pipeline().incr(key).expire(key, KEPT).execute()
        return bool(count <= self.per_second)


@cache
def _server() -> Any:
    return redis.Redis.from_url(settings.REDIS_URL, **ASKED)
