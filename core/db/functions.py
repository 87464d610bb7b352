"""Expressions that several models ask for: ranges made of two columns, labels of choices."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Case, Func, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from core.text import Label


class DateRange(Func):
    """`daterange(from, until)`, half-open; a missing end is open.

    >>> DateRange("valid_from", "valid_until")
    """

    function = "daterange"
    output_field = DateRangeField()

    def __init__(self, start: str | Combinable, end: str | Combinable, **extra: Any) -> None:
        super().__init__(start, end, Value("[)"), **extra)


def choice_label(path: str, choices: Iterable[tuple[object, Label]]) -> Case:
    """The label of a column with choices, in the active language; a value that is none of them as
    it is."""
    cases = [When(**{path: code}, then=Value(str(label))) for code, label in choices]
    return Case(*cases, default=Cast(path, TextField()), output_field=TextField())
