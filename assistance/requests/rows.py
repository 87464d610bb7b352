"""A table in a form: rows of a few columns, as many as are needed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.api.basis import LONGEST_NAME, MOST_NAMED

MOST_ROWS = 100
SPARE_ROWS = 3  # blank ones under what is there


class RowsWidget(forms.Widget):
    """Reads `name-0-column`, `name-1-column` … of a page, or a list of objects of a program; keeps what was typed, blank rows too."""

    template_name = "forms/rows.html"

    def __init__(self, columns: Sequence[tuple[str, forms.Field]], attrs: dict[str, Any] | None = None) -> None:
        self.columns = list(columns)
        super().__init__(attrs)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:
        """A list with one dictionary of texts a row, in the order of their numbers."""
        if not hasattr(data, "getlist") and name in data:
            return data[name]
        pattern = re.compile(rf"{re.escape(name)}-([0-9]{{1,4}})-(\w+)")
        rows: dict[int, dict[str, Any]] = {}
        for key in data:
            match = pattern.fullmatch(key)
            if match:
                rows.setdefault(int(match[1]), {})[match[2]] = data[key]
        return [rows[number] for number in sorted(rows)]

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Whether no row was sent at all."""
        return not self.value_from_datadict(data, files, name)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """The rows that there are, and some blank ones."""
        context = super().get_context(name, None, attrs)
        rows = [row if isinstance(row, dict) else {} for row in value] if isinstance(value, list) else []
        while rows and not any(rows[-1].values()):
            rows.pop()
        lines = [self._line(name, number, row) for number, row in enumerate(rows + [{}] * min(SPARE_ROWS, max(0, MOST_ROWS - len(rows))))]
        context["widget"] |= {"columns": [field.label for _name, field in self.columns], "rows": lines}
        return context

    def _line(self, name: str, number: int, row: Mapping[str, Any]) -> dict[str, Any]:
        """One row: an input a column, each with a name for who does not see the table."""
        cells = []
        for column, field in self.columns:
            label = _("%(column)s, row %(number)s") % {"column": field.label, "number": number + 1}
            attributes = field.widget.attrs | {"aria-label": label, "id": f"id_{name}-{number}-{column}"}
            cells.append({"label": field.label, "input": field.widget.render(f"{name}-{number}-{column}", row.get(column), attributes)})
        return {"number": number + 1, "cells": cells}


class RowsField(forms.Field):
    """Its cleaned value is a list of dictionaries of cleaned column values; rows left entirely blank are not there."""

    def __init__(self, *, columns: Sequence[tuple[str, forms.Field]], **kwargs: Any) -> None:
        self.columns = list(columns)
        super().__init__(**({"widget": RowsWidget(self.columns)} | kwargs))

    def clean(self, value: Any) -> list[dict[str, Any]]:
        """Raises ValidationError with a sentence for each cell that is not right, naming row and column."""
        if value in self.empty_values:
            value = []
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise ValidationError(
                _("Send a list of objects, one a row, with: %(columns)s.") % {"columns": ", ".join(name for name, _field in self.columns)}
            )
        if len(value) > MOST_ROWS:
            raise ValidationError(_("At most %(most)s rows can be sent; here are %(count)s.") % {"most": MOST_ROWS, "count": len(value)})
        rows, errors = [], []
        for number, row in enumerate(value, 1):
            if all(v is None or str(v).strip() == "" for v in row.values()):
                continue
            cleaned, wrong = self._clean_row(number, row)
            rows.append(cleaned)
            errors += wrong
            if len(errors) > MOST_NAMED:
                break
        if errors:
            raise ValidationError(errors[:MOST_NAMED])
        if self.required and not rows:
            raise ValidationError(_("Fill in one row or more."), code="required")
        return rows

    def _clean_row(self, number: int, row: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """The row's cleaned values, and what is wrong with it."""
        known = dict(self.columns)
        unknown = [str(name)[:LONGEST_NAME] for name in row if name not in known][:MOST_NAMED]
        errors = [_("Row %(number)s: there is no column “%(column)s”.") % {"number": number, "column": name} for name in unknown]
        cleaned = {}
        for name, field in self.columns:
            value = row.get(name)
            try:
                if isinstance(value, list | dict):
                    raise ValidationError(_("Write one value, not a list."))
                cleaned[name] = field.clean("" if value is None else str(value))
            except ValidationError as error:
                errors += [_("Row %(number)s, %(column)s: %(error)s") % {"number": number, "column": field.label, "error": m} for m in error.messages]
        return cleaned, errors
