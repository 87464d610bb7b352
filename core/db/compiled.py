"""Queries whose SQL is made once: building it takes longer than running it where one row is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Expression, Field

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import Model, QuerySet
    from django.db.models.sql.compiler import SQLCompiler


class QueryParameter(Expression):
    """A value that is given when the query runs."""

    def __init__(self, name: str, output_field: Field[object, object]) -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        """A placeholder as the field wants it, for which whoever runs the query has the value."""
        field: Any = self.output_field
        if hasattr(field, "get_placeholder"):
            return field.get_placeholder(None, compiler, connection), [self]
        return "%s", [self]


class CompiledQuery:
    """A queryset of `values_list`, built when it is first asked, in whose place its SQL is kept.
    The server plans it anew each time.

    It holds no labels and no names: nothing of it may depend on the language or on a setting.
    """

    def __init__(self, build: Callable[[], QuerySet[Model, tuple[object, ...]]]) -> None:
        self.build = build

    @cached_property
    def _compiled(self) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.build().query.sql_with_params()
        return sql, tuple(params)

    def rows(self, **values: str | int | date) -> list[tuple[object, ...]]:
        """The rows for these values of its parameters. Raises KeyError for one that is missing."""
        sql, params = self._compiled
        given = [values[p.name] if isinstance(p, QueryParameter) else p for p in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return list(cursor.fetchall())
