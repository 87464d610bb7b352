"""The cache: Django's, which makes a new client for each call; one a thread is enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.cache.backends import redis

if TYPE_CHECKING:
    from redis import Redis

    Key = str | bytes | memoryview


class RedisCacheClient(redis.RedisCacheClient):
    """Keeps the client of its server.

    To make one takes half a millisecond, and a page asks the cache four to ten times. A client
    takes a connection from the pool for each call, and the pool knows when its process was forked.
    """

    kept: Redis | None = None

    def get_client(self, key: Key | None = None, *, write: bool = False) -> Redis:
        """The client of the one server that REDIS_URL names."""
        if self.kept is None:
            self.kept = super().get_client(key, write=write)
        return self.kept


class RedisCache(redis.RedisCache):
    """Django's cache with that client."""

    def __init__(self, server: str | list[str], params: dict[str, object]) -> None:
        super().__init__(server, params)
        self._class = RedisCacheClient

    def count(self, key: str, timeout: int) -> int:
        """How often this has been called with the key, this time included; forgotten after so many
        seconds without a call.

        One trip to the server, where `add` and `incr` make three.
        """
        kept = self.make_and_validate_key(key)
        server: RedisCacheClient = self._cache  # type: ignore[attr-defined]  # Django's, without types
        with server.get_client(kept, write=True).pipeline(transaction=False) as pipeline:
            pipeline.incr(kept)
            pipeline.expire(kept, timeout)
            number, _set = pipeline.execute()
        return int(number)
