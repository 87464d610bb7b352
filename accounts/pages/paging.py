"""Pages of a list without counting all of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

SIZE = 25
DEEPEST = 2_000  # pages; who looks further narrows the filters


@dataclass
class Page:
    """One page: its rows, and whether there is one before and after."""

    rows: list[Any]
    number: int
    has_next: bool
    size: int = SIZE

    @property
    def has_previous(self) -> bool:
        """Not the first."""
        return self.number > 1

    @property
    def next_page_number(self) -> int:
        """The one after."""
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        """The one before."""
        return self.number - 1

    @property
    def start_index(self) -> int:
        """Number of the first row, from 1."""
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def end_index(self) -> int:
        """Number of the last row."""
        return (self.number - 1) * self.size + len(self.rows)


def page_of(request: HttpRequest, queryset: QuerySet[Any] | Sequence[Any], size: int = SIZE) -> Page:
    """The page that the address asks for (`page`, from 1); what is no number or too deep is the first."""
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isdecimal() and len(asked) < 6 and 1 <= int(asked) <= DEEPEST else 1
    rows = list(queryset[(number - 1) * size : number * size + 1])
    return Page(rows[:size], number, len(rows) > size, size)
