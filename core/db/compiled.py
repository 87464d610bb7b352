"""Queries whose SQL is made once: building it takes longer than running it where one row is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import (
    BigAutoField,
    BigIntegerField,
    Expression,
    Field,
    ForeignKey,
    Lookup,
    Model,
)

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models import QuerySet
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


class AnyOf(Lookup):  # type: ignore[type-arg]  # the class takes none where it runs
    """`case__any=…`: one of an array, whose length leaves the SQL as it is, as `in` does not."""

    lookup_name = "any"
    prepare_rhs = False

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        """The comparison."""
        left, params = self.process_lhs(compiler, connection)
        right, values = self.process_rhs(compiler, connection)
        return f"{left} = ANY({right})", [*params, *values]


for _kind in (BigAutoField, ForeignKey):
    _kind.register_lookup(AnyOf)


def ids_parameter(name: str = "ids") -> QueryParameter:
    """Ids that are given when the query runs, for `case__any`."""
    return QueryParameter(name, ArrayField(BigIntegerField()))


M = TypeVar("M", bound=Model)


def columns_of(model: type[Model]) -> list[str]:
    """Names of all columns of a model, as an object of it is made of them."""
    return [field.attname for field in model._meta.concrete_fields]


@cache
def _readers_of(model: type[Model]) -> list[tuple[int, Callable[..., object]]]:
    """By place, how the columns are read that the driver gives otherwise than the model has them:
    names by language come as text."""
    fields = model._meta.concrete_fields
    readers = ((i, getattr(field, "from_db_value", None)) for i, field in enumerate(fields))
    return [(i, reader) for i, reader in readers if reader is not None]


def objects_of(model: type[M], rows: Iterable[Sequence[object]]) -> list[M]:
    """Objects out of rows of all their columns."""
    names, readers = columns_of(model), _readers_of(model)
    if not readers:
        return [model.from_db("default", names, row) for row in rows]
    found = []
    for row in rows:
        values = list(row)
        for i, reader in readers:
            values[i] = reader(values[i], None, connection)
        found.append(model.from_db("default", names, values))
    return found


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

    def rows(self, **values: str | int | date | list[int]) -> list[tuple[object, ...]]:
        """The rows for these values of its parameters. Raises KeyError for one that is missing."""
        sql, params = self._compiled
        given = [values[p.name] if isinstance(p, QueryParameter) else p for p in params]
        with connection.cursor() as cursor:
            cursor.execute(sql, given)
            return list(cursor.fetchall())


@cache
def _by_ids(model: type[Model]) -> CompiledQuery:
    """All columns of some rows of a model."""
    return CompiledQuery(
        lambda: (
            model._default_manager.order_by()
            .filter(pk__any=ids_parameter())
            .values_list(*columns_of(model))
        )
    )


def objects_by_id(model: type[M], ids: Iterable[int]) -> dict[int, M]:
    """The rows that the reader may see of those with some ids, by their ids, which are numbers."""
    wanted = list(ids)
    rows = _by_ids(model).rows(ids=wanted) if wanted else []
    return {found.pk: found for found in objects_of(model, rows)}
