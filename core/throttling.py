"""How often one person, or one program with their token, may call in a minute: pages, exports and
the API alike."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from core.view_flags import flags_of

if TYPE_CHECKING:  # the framework's views look for this module when they are loaded
    from rest_framework.views import APIView

MINUTE = 60  # seconds


class CountingCache(Protocol):
    """The cache, of which one thing is asked here."""

    def count(self, key: str, timeout: int) -> int:
        """How often this has been called with the key."""


calls = cast("CountingCache", cache)
log = logging.getLogger(__name__)


def is_over_limit(user_pk: int) -> bool:
    """Counts a call of somebody in this minute of the clock, and whether it is beyond
    `CALLS_PER_MINUTE`.

    Where the cache does not answer, nobody is held off: focal points must not be shut out because a
    cache restarts.
    """
    key = f"calls.{user_pk}.{int(time.time()) // MINUTE}"
    try:
        return calls.count(key, timeout=2 * MINUTE) > settings.CALLS_PER_MINUTE
    except (RedisError, OSError) as wrong:  # not reachable
        log.warning("Calls are not counted: %s", type(wrong).__name__)
        return False


def until_the_next_minute() -> int:
    """Seconds, at least one, for the header Retry-After."""
    return MINUTE - int(time.time()) % MINUTE


class PerUserThrottle(BaseThrottle):
    """The API's door: whatever session or token somebody uses.

    Strangers are refused before they are counted.
    """

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Counts the call; False beyond the number, which DRF answers with 429."""
        return not (request.user.is_authenticated and is_over_limit(request.user.pk))

    def wait(self) -> float:
        """Seconds."""
        return until_the_next_minute()


def limit_calls(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The pages' door, a middleware after the one that knows the user; the API counts for itself,
    as it knows tokens."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            flags_of(request).is_api
            or not request.user.is_authenticated
            or not is_over_limit(request.user.pk)
        ):
            return get_response(request)
        response = render(request, "429.html", status=429)
        response.headers["Retry-After"] = str(until_the_next_minute())
        return response

    return middleware
