"""How many objects a list has: exact while that costs little, then an estimate."""

from __future__ import annotations

from typing import TypedDict

from django.db import connection
from django.db.models import Model, QuerySet
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

EXACT_UP_TO = 1_000


class Count(TypedDict):
    """How many; `exact` unless it is an estimate."""

    count: int
    exact: bool


class CountSerializer(serializers.Serializer[Count]):
    """The answer of `count/`."""

    count = serializers.IntegerField()
    exact = serializers.BooleanField()


def count_or_estimate(queryset: QuerySet[Model]) -> Count:
    """Exact up to a thousand; beyond that what the planner expects, which costs nothing, and
    at least one more."""
    ids = queryset.order_by().values("pk")
    found = ids[: EXACT_UP_TO + 1].count()
    if found <= EXACT_UP_TO:
        return {"count": found, "exact": True}
    sql, params = ids.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        (plan,) = cursor.fetchone()
    expected = int(plan[0]["Plan"]["Plan Rows"])
    return {"count": max(expected, found), "exact": False}


class CountMixin:
    """Adds `GET …/count/` with the same filters as the list."""

    @action(detail=False, methods=["get"], pagination_class=None, serializer_class=CountSerializer)
    def count(self, request: Request) -> Response:
        """How many objects the filters leave."""
        return Response(count_or_estimate(self.filter_queryset(self.get_queryset())))  # type: ignore[attr-defined]
