"""Cache keys get the district in front: two districts can never read each other's entries."""

from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient

from wbl.tenancy.scope import current_district_id

GLOBAL = "global:"


def district_key(key: str, key_prefix: str, version: int) -> str:
    """Django's KEY_FUNCTION. Raises NoDistrict unless the key says that it is global (`global:…`) or is allauth's:
    limits of sign-in, used codes, used tokens of other providers."""
    if key.startswith((GLOBAL, "allauth:", "allauth.", "jwt:iss=")):
        return f"{key_prefix}:{version}:{key}"
    return f"{key_prefix}:{version}:{current_district_id()}:{key}"


class KeptClient(RedisCacheClient):
    """Django makes a new redis.Redis for each call, which takes as long as the call; they may be shared by threads."""

    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        pool = self._get_connection_pool(write)
        if not hasattr(pool, "kept_client"):
            pool.kept_client = self._client(connection_pool=pool)
        return pool.kept_client


class Cache(RedisCache):
    """Django's, with clients that are kept."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = KeptClient
