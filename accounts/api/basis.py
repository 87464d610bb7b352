"""What every part of the API shares: pages by cursor, counts, entity tags, creation that is safe to repeat."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import APIException
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.models import IdempotencyKey

EXACT_UP_TO = 10_000


class Cursor(CursorPagination):
    """Pages by cursor, newest first: a page deep in the list costs what the first one does."""

    ordering = "-id"
    page_size_query_param = "page_size"
    max_page_size = 100


class Precondition(APIException):
    """What the client changes is not what it read."""

    status_code = 412
    default_code = "precondition_failed"


class KeyReused(APIException):
    """The idempotency key stands for another creation."""

    status_code = 422
    default_code = "idempotency_key_reused"


class CountSerializer(serializers.Serializer[Any]):
    """The answer of `count/`."""

    count = serializers.IntegerField()
    exact = serializers.BooleanField()


def count_or_estimate(queryset: Any) -> dict[str, Any]:
    """Exact up to ten thousand; beyond that what the planner expects, which costs nothing."""
    found = queryset.order_by()[: EXACT_UP_TO + 1].count()
    if found <= EXACT_UP_TO:
        return {"count": found, "exact": True}
    sql, params = queryset.order_by().values("pk").query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        (plan,) = cursor.fetchone()
    return {"count": int(plan[0]["Plan"]["Plan Rows"]), "exact": False}


class CountMixin:
    """Adds `GET …/count/` with the same filters as the list."""

    @action(detail=False, methods=["get"], pagination_class=None, serializer_class=CountSerializer)
    def count(self, request: Request) -> Response:
        """How many objects the filters leave."""
        return Response(count_or_estimate(self.filter_queryset(self.get_queryset())))  # type: ignore[attr-defined]


def etag_of(obj: Any) -> str:
    """The entity tag of an object that carries a version."""
    return f'"{obj.pk}-{obj.version}"'


def expected_version(request: Request, pk: object) -> int | None:
    """The version that `If-Match` speaks of; None where the header is missing or `*`. Raises Precondition for a tag of something else."""
    header = request.headers.get("If-Match", "").strip()
    if header in ("", "*"):
        return None
    tag = header.removeprefix("W/").strip('"')
    number, dash, version = tag.rpartition("-")
    if not dash or number != str(pk) or not version.isdigit():
        raise Precondition(_("If-Match does not name a version of this object. Send the ETag that you got with it."))
    return int(version)


def once(request: Request, create: Callable[[], Response]) -> Response:
    """Runs a creation; with an `Idempotency-Key`, at most once: who repeats it gets the first answer again.

    Two at the same time: the second waits for the first at the unique key. A creation that fails keeps nothing, and may be tried again.
    """
    key = request.headers.get("Idempotency-Key", "")[:200]
    if not key:
        with transaction.atomic():
            return create()
    digest = hashlib.sha256(request.path.encode() + b"\0" + _body_of(request)).hexdigest()
    with transaction.atomic():
        IdempotencyKey.objects.bulk_create(
            [IdempotencyKey(user_id=request.user.pk, key=key, path=request.path, body_hash=digest)], ignore_conflicts=True
        )
        row = IdempotencyKey.objects.select_for_update().get(user_id=request.user.pk, key=key)
        if row.body_hash != digest:
            raise KeyReused(_("This Idempotency-Key was used for another creation. Use a new one for each."))
        if row.status:
            return Response(row.answer, status=row.status, headers={"Idempotency-Replayed": "true"})
        response = create()
        row.status, row.answer = response.status_code, _as_json(response)
        row.save(update_fields=["status", "answer"])
        return response


def _body_of(request: Request) -> bytes:
    """What was sent, in a form that does not depend on how it was read."""
    import json

    return json.dumps(request.data, sort_keys=True, default=str).encode()


def _as_json(response: Response) -> Any:
    """The response's data as plain JSON."""
    import json

    from rest_framework.utils.encoders import JSONEncoder

    return json.loads(json.dumps(response.data, cls=JSONEncoder))
