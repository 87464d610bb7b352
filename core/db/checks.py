"""Constraints of a row that is about to be saved: what the row itself tells of, in one statement."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import BooleanField, CheckConstraint, UniqueConstraint
from django.db.models.functions import Coalesce
from django.db.models.sql import Query

from core.db.compiled import QueryParameter

Constraints = list[tuple[type[models.Model], Sequence[models.BaseConstraint]]]


class Checks:
    """The check constraints of a model, and its unique ones with a condition, which a row keeps
    that does not meet it; as one query whose SQL is made once."""

    def __init__(self, model: type[models.Model]) -> None:
        self.constraints = [
            c
            for c in model._meta.constraints
            if isinstance(c, CheckConstraint)
            or (isinstance(c, UniqueConstraint) and c.condition is not None)
        ]
        self.reads = [fields_of(constraint) for constraint in self.constraints]
        self.fields = {f.name: f for f in model._meta.local_concrete_fields if not f.generated}
        query = Query(None)
        for name, field in self.fields.items():
            query.add_annotation(QueryParameter(name, field), name, select=False)
        for number, constraint in enumerate(self.constraints):
            condition: Any = constraint.condition
            kept = condition if isinstance(constraint, CheckConstraint) else ~condition
            holds = Coalesce(kept, True, output_field=BooleanField())
            query.add_annotation(holds, f"check_{number}")
        self.sql, self.params = query.get_compiler(using="default").as_sql()

    def held_by(self, row: models.Model, unknown: AbstractSet[str]) -> set[str]:
        """Names of the constraints that the row keeps, without those that read a field whose value
        is `unknown`."""
        cells: list[object] = []
        for part in self.params:
            if isinstance(part, QueryParameter) and part.name in unknown:
                cells.append(None)
            elif isinstance(part, QueryParameter):
                field = self.fields[part.name]
                cells.append(field.get_db_prep_value(getattr(row, field.attname), connection))
            else:
                cells.append(part)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, cells)  # type: ignore[arg-type]  # what the fields made of them
            answers = cursor.fetchone()
        return {
            constraint.name
            for constraint, read, holds in zip(self.constraints, self.reads, answers, strict=True)
            if holds and not unknown & read
        }


def fields_of(constraint: CheckConstraint | UniqueConstraint) -> set[str]:
    """Names of the fields that it reads."""
    found: Any = models.Model
    return {path for path, *_rest in found._get_expr_references(constraint.condition)}


checks_of = cache(Checks)


class CheckedModel(models.Model):
    """A model with several check constraints.

    Django asks the database about each of them by a statement of its own between two savepoints:
    thirty statements to save a request. Here those that hold are found by one; only of the others
    Django is asked, for their sentences.
    """

    class Meta:
        abstract = True

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Raises ValidationError. Rows that foreign keys lead to, and that are here already, are not
        asked for once more: the database holds that they exist."""
        loaded = {
            field.name
            for field in self._meta.concrete_fields
            if isinstance(field, models.ForeignKey)
            and field.is_cached(self)
            and getattr(self, field.attname) is not None
        }
        super().clean_fields(exclude={*(exclude or ()), *loaded})

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Raises ValidationError with the sentences of those that the row breaks. `exclude`: fields
        whose values are not to be judged."""
        self._held: set[str] = set()
        if not any(hasattr(value, "resolve_expression") for value in self.__dict__.values()):
            self._held = checks_of(type(self)).held_by(self, set(exclude or ()))
        try:
            super().validate_constraints(exclude=exclude)
        finally:
            del self._held

    def get_constraints(self) -> Constraints:
        """Those that Django is to judge."""
        held: set[str] = self.__dict__.get("_held", set())
        return [
            (model, [c for c in own if c.name not in held])
            for model, own in super().get_constraints()
        ]
