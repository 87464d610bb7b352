"""A figure as it was counted: value, unit, ids of the rows that it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection


@dataclass
class Figure:
    """One value; `ids` are the rows that it counts, as `kind` says.

    `numerator` and `denominator` are what a share or a quotient was worked out from; of a mean or a
    sum that only some rows state, how many do and of how many.
    """

    unit: str
    value: Any
    kind: str
    ids: list[int] = field(default_factory=list)
    numerator: int | Decimal | None = None
    denominator: int | None = None
    counted: int | None = None  # of a sum or median: over how many rows
    others: int | None = None  # of a shared cost: how many other countries took part

    def as_json(self) -> dict[str, Any]:
        """For the snapshot: decimals as text, empty things left out."""
        kept = {
            "unit": self.unit,
            "value": decimal_as_text(self.value),
            "rows": {"kind": self.kind, "ids": self.ids},
        }
        more = {k: getattr(self, k) for k in ("numerator", "denominator", "counted", "others")}
        return kept | {k: decimal_as_text(v) for k, v in more.items() if v is not None}


Figures = dict[str, Figure]


def decimal_as_text(value: Any) -> Any:
    """A value as JSON keeps it: decimals as text."""
    return str(value) if isinstance(value, Decimal) else value


def fetch_rows(sql: str, parameters: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """Rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def share(numerator: int, denominator: int) -> float | None:
    """A share to four places; none of nothing is no share."""
    return round(numerator / denominator, 4) if denominator else None


def as_text(value: Any) -> str | None:
    """For the snapshot: dates and decimals as text."""
    return None if value is None else str(value)
