"""How a figure is measured: aggregates over rows of facts, and the value made of them.

Names of tables and columns are constants of this package, never what somebody typed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.figures.counting import Figure, share

CENT = Decimal("0.01")


def filtered(aggregate: str, *conditions: str) -> str:
    """The SQL of an aggregate over the rows that meet some conditions."""
    wanted = " AND ".join(filter(None, conditions))
    return f"{aggregate} FILTER (WHERE {wanted})" if wanted else aggregate


@dataclass(frozen=True, kw_only=True)
class Measure(ABC):
    """What is worked out over the rows of `source`, a table or a SELECT in brackets.

    `where` says which of them count. `key` is the column with the id of what is counted, once where
    `distinct`.
    """

    source: str
    where: str = ""
    key: str = "id"
    distinct: bool = False

    @property
    def counted(self) -> str:
        """The SQL condition on the rows that stand behind the figure."""
        return self.where

    def columns(self, *, lists: bool = True) -> list[str]:
        """The SQL of its aggregates: how many rows are counted, their ids, and what `amounts` adds.
        Without `lists` there are ids only where they say how many."""
        once = "DISTINCT " if self.distinct else ""
        ids = filtered(f"array_agg({once}{self.key} ORDER BY {self.key})", self.counted)
        return [
            filtered("count(*)", self.counted),
            ids if lists or self.distinct else "NULL::bigint[]",
            *self.amounts(),
        ]

    def amounts(self) -> list[str]:
        """The SQL of further aggregates."""
        return []

    @abstractmethod
    def figure(self, unit: str, kind: str, rows: int, ids: list[int], *amounts: Any) -> Figure:
        """The figure out of the values of its columns; `kind` is that of its rows."""


@dataclass(frozen=True, kw_only=True)
class Count(Measure):
    """How many."""

    def figure(self, unit: str, kind: str, rows: int, ids: list[int], *amounts: object) -> Figure:
        """The number of rows, or of ids where each counts once."""
        return Figure(unit, len(ids) if self.distinct else rows, kind, ids)


@dataclass(frozen=True, kw_only=True)
class Sum(Measure):
    """The sum of a column over the rows that state it: a whole number, or a Decimal.

    `says_rows` puts beside it over how many rows; `says_stated` how many of all state it. Stored
    snapshots write a sum of zeros as 0 or, with `keeps_zeros`, as the column has it: 0.00.
    `others` is the SQL of how many other countries a shared amount is for.
    """

    column: str
    decimal: bool = False
    says_rows: bool = False
    says_stated: bool = False
    keeps_zeros: bool = False
    others: str = ""

    @property
    def counted(self) -> str:
        """Rows that state the column."""
        return " AND ".join(filter(None, (self.where, f"{self.column} IS NOT NULL")))

    def amounts(self) -> list[str]:
        """The sum; how many rows there are; how many others."""
        found = [filtered(f"sum({self.column})", self.counted)]
        found += [filtered("count(*)", self.where)] if self.says_stated else []
        return found + ([self.others] if self.others else [])

    def figure(self, unit: str, kind: str, rows: int, ids: list[int], *amounts: Any) -> Figure:
        """The sum; nothing stated is zero."""
        total, *more = amounts
        nothing = Decimal(0) if self.decimal else 0
        value = total if total or (self.keeps_zeros and rows) else nothing
        found = Figure(unit, value if self.decimal else int(value), kind, ids)
        if self.says_rows:
            found.counted = rows
        if self.says_stated:
            found.numerator, found.denominator = rows, more[0]
        if self.others:
            found.others = more[-1]
        return found


@dataclass(frozen=True, kw_only=True)
class Share(Measure):
    """What part of a whole: `part` and `whole` are what each row adds to either, whole numbers."""

    part: str
    whole: str = "1"

    def amounts(self) -> list[str]:
        """Numerator and denominator."""
        return [
            f"COALESCE({filtered(f'sum({amount})', self.where)}, 0)::bigint"
            for amount in (self.part, self.whole)
        ]

    def figure(self, unit: str, kind: str, rows: int, ids: list[int], *amounts: Any) -> Figure:
        """The share; None where there is no whole."""
        part, whole = amounts
        return Figure(unit, share(part, whole), kind, ids, part, whole)


@dataclass(frozen=True, kw_only=True)
class Median(Measure):
    """The middle of a column's values, as a float; None where there are none."""

    column: str

    @property
    def counted(self) -> str:
        """Rows that have a value."""
        return " AND ".join(filter(None, (self.where, f"({self.column}) IS NOT NULL")))

    def amounts(self) -> list[str]:
        """The median."""
        return [
            filtered(f"percentile_cont(0.5) WITHIN GROUP (ORDER BY {self.column})", self.counted)
        ]

    def figure(self, unit: str, kind: str, rows: int, ids: list[int], *amounts: Any) -> Figure:
        """The median, and over how many."""
        return Figure(unit, amounts[0], kind, ids, counted=rows)


@dataclass(frozen=True, kw_only=True)
class Mean(Measure):
    """The mean of answers, to two places, as a float; None where nobody answered."""

    column: str

    @property
    def counted(self) -> str:
        """Rows with an answer."""
        return " AND ".join(filter(None, (self.where, f"{self.column} IS NOT NULL")))

    def amounts(self) -> list[str]:
        """The mean, and of how many it could have been."""
        return [
            f"round({filtered(f'avg({self.column})', self.counted)}, 2)",
            filtered("count(*)", self.where),
        ]

    def figure(self, unit: str, kind: str, rows: int, ids: list[int], *amounts: Any) -> Figure:
        """The mean; how many answered, of how many that were asked."""
        mean, asked = amounts
        value = None if mean is None else float(mean)
        return Figure(unit, value, kind, ids, rows, asked, rows)


@dataclass(frozen=True, kw_only=True)
class Quotient(Measure):
    """One sum divided by another, in money to the cent; None where there is nothing to divide by."""

    dividend: str
    divisor: str

    def amounts(self) -> list[str]:
        """Both sums."""
        return [filtered(f"sum({c})", self.where) for c in (self.dividend, self.divisor)]

    def figure(self, unit: str, kind: str, rows: int, ids: list[int], *amounts: Any) -> Figure:
        """The quotient with both sums, and over how many rows."""
        dividend, divisor = amounts
        if not divisor:
            return Figure(unit, None, kind, ids)
        value = (dividend / divisor).quantize(CENT)
        return Figure(unit, value, kind, ids, dividend, int(divisor), rows)


@dataclass(frozen=True, kw_only=True)
class MeanOfSums(Measure):
    """Sums of several groups, divided by how many they are of, to one place, as a float: never a mean of
    means. None where there are none."""

    total: str
    number: str

    def amounts(self) -> list[str]:
        """The mean, and of how many it is."""
        total, number = (filtered(f"sum({c})", self.where) for c in (self.total, self.number))
        return [f"round({total} / NULLIF({number}, 0), 1)", number]

    def figure(self, unit: str, kind: str, rows: int, ids: list[int], *amounts: Any) -> Figure:
        """The mean, and over how many."""
        mean, number = amounts
        value = None if mean is None else float(mean)
        return Figure(unit, value, kind, ids, counted=int(number or 0))
