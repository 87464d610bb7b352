"""A figure as it was counted: value, unit, ids of the rows that it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from django.db import connection

from reports.snapshots.types import FigureData, Number, Rows

Amount: TypeAlias = int | Decimal
# what SQL of figures and facts is given, by name; instants are dates too
Parameter: TypeAlias = int | str | date | list[int] | list[str] | None
Parameters: TypeAlias = dict[str, Parameter]


@dataclass
class Figure:
    """One value; `ids` are the rows that it counts, as `kind` says.

    `numerator` and `denominator` are what a share or a quotient was worked out from; of a mean or a
    sum that only some rows state, how many do and of how many.
    """

    unit: str
    value: Amount | float | None
    kind: str
    ids: list[int] = field(default_factory=list)
    numerator: Amount | None = None
    denominator: int | None = None
    counted: int | None = None  # of a sum or median: over how many rows
    others: int | None = None  # of a shared cost: how many other countries took part

    @property
    def amount(self) -> Amount:
        """The value of a count or a sum."""
        assert isinstance(self.value, int | Decimal), self.value
        return self.value

    def as_json(self) -> FigureData:
        """For the snapshot: decimals as text, empty things left out."""
        rows = Rows(kind=self.kind, ids=self.ids)
        kept = FigureData(unit=self.unit, value=number_as_json(self.value), rows=rows)
        if self.numerator is not None:
            kept["numerator"] = amount_as_json(self.numerator)
        if self.denominator is not None:
            kept["denominator"] = self.denominator
        if self.counted is not None:
            kept["counted"] = self.counted
        if self.others is not None:
            kept["others"] = self.others
        return kept


Figures = dict[str, Figure]


def number_as_json(value: Amount | float | None) -> Number:
    """A number as JSON keeps it: decimals as text."""
    return str(value) if isinstance(value, Decimal) else value


def amount_as_json(value: Amount) -> int | str:
    """An amount as JSON keeps it: decimals as text."""
    return str(value) if isinstance(value, Decimal) else value


def fetch_rows(
    sql: str, parameters: Mapping[str, Parameter] | None = None
) -> list[tuple[Any, ...]]:
    """Rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def share(numerator: int, denominator: int) -> float | None:
    """A share to four places; none of nothing is no share."""
    return round(numerator / denominator, 4) if denominator else None


def as_text(value: object) -> str | None:
    """For the snapshot: dates and decimals as text."""
    return None if value is None else str(value)
