"""`/healthz` and `/readyz`: for load balancers and for whoever waits for `make run`."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse

from config.tasks import PULSE_KEY


@login_not_required
def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the web process answers at all."""
    return JsonResponse({"status": "alive"})


@login_not_required
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when database, broker, worker and beat do their part; else 503 with what is missing."""
    found = {"database": _database(), "broker": False, "worker_and_beat": False}
    try:
        found["worker_and_beat"] = cache.get(PULSE_KEY) is not None
        found["broker"] = True
    except Exception:  # whatever the client raises, the answer is: not ready
        found["broker"] = False
    ready = all(found.values())
    return JsonResponse(
        {"status": "ready" if ready else "not ready", **found}, status=200 if ready else 503
    )


def _database() -> bool:
    """Whether the database answers a query."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # as above
        return False
    return True
