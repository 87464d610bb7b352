"""A table in a form: rows of a few columns, as many as are needed, with and without scripts
(static/rows.js)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, Unpack

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.api.serializers import LONGEST_NAME, MOST_NAMED
from core.forms import FieldArguments

MOST_ROWS = 100
FIRST_ROWS = 3  # blank ones of an empty table
CHANGE = (
    "change_rows"  # name of the buttons “Add a row” and “Remove”; `steps:add`, `steps:remove:4`
)
PLACE, NUMBER = "__place__", "__number__"  # in the row from which scripts make others
SAMPLE = Decimal("1234567.89")  # shows a script how the reader's language writes numbers


class RowsWidget(forms.Widget):
    """Reads `name-0-column`, `name-1-column` … of a page, or a list of objects of a program.

    Keeps what was typed, blank rows too. `sums` are the columns that are added up, each with its
    currency; `against`, the name and amount of what their sum is compared with.
    """

    template_name = "forms/rows.html"

    def __init__(
        self,
        columns: Sequence[tuple[str, forms.Field]],
        sums: Mapping[str, str] | None = None,
        against: Against | None = None,
        attrs: dict[str, object] | None = None,
    ) -> None:
        self.columns, self.sums, self.against = list(columns), dict(sums or {}), against
        # what the field refused, by place and column
        self.wrong: dict[tuple[int | str, str], list[str]] = {}
        self.changed = False  # a row was just added or removed: the rows are shown as they are
        self.focus: int | None = None  # place of the row in which the person goes on
        super().__init__(attrs)

    def value_from_datadict(self, data: Mapping[str, object], files: object, name: str) -> object:
        """A list with one dictionary of texts a row, in the order of their numbers."""
        if not hasattr(data, "getlist") and name in data:
            return data[name]
        pattern = re.compile(rf"{re.escape(name)}-([0-9]{{1,4}})-(\w+)")
        rows: dict[int, dict[str, object]] = {}
        for key in data:
            match = pattern.fullmatch(key)
            if match:
                rows.setdefault(int(match[1]), {})[match[2]] = data[key]
        return [rows[number] for number in sorted(rows)]

    def value_omitted_from_data(self, data: Mapping[str, object], files: object, name: str) -> bool:
        """Whether no row was sent at all."""
        return not self.value_from_datadict(data, files, name)

    def id_for_label(self, id_: str) -> str:
        """Where a list of errors leads: the first cell that is wrong, else the table."""
        return "{}-{}-{}".format(id_, *next(iter(self.wrong))) if self.wrong else id_

    def get_context(
        self, name: str, value: object, attrs: dict[str, object] | None
    ) -> dict[str, object]:
        """The rows that there are, with a blank one to go on in, and what they add up to."""
        context = super().get_context(name, None, attrs)
        rows = self._shown(value)
        blank = self._line(name, PLACE, NUMBER, {})
        context["widget"] |= {
            "columns": blank["cells"],
            "rows": [self._line(name, place, place + 1, row) for place, row in enumerate(rows)],
            "blank": blank,
            "most": MOST_ROWS,
            "full": len(rows) >= MOST_ROWS,
            "totals": [self._total(column, field, rows) for column, field in self.columns],
            "change": CHANGE,
        }
        return context

    def _shown(self, value: object) -> list[Mapping[str, object]]:
        """Every row up to the last one with something in it, and a blank one; just changed, all of
        them."""
        rows: list[Mapping[str, object]] = (
            [row if isinstance(row, dict) else {} for row in value]
            if isinstance(value, list)
            else []
        )
        if not self.changed:
            while rows and not any(rows[-1].values()):
                rows.pop()
            if rows and len(rows) < MOST_ROWS:
                rows.append({})
        return rows or [{} for _number in range(FIRST_ROWS)]

    def _line(
        self, name: str, place: int | str, number: int | str, row: Mapping[str, object]
    ) -> dict[str, object]:
        """One row: an input a column, each with a name for who does not see the table."""
        cells: list[dict[str, object]] = []
        for column, field in self.columns:
            label, key = self._label(column, field), f"{name}-{place}-{column}"
            attributes = field.widget.attrs | {
                "aria-label": _("%(column)s, row %(number)s") % {"column": label, "number": number},
                "id": f"id_{key}",
            }
            wrong = " ".join(self.wrong.get((place, column), ()))
            if wrong:
                attributes |= {"aria-invalid": "true", "aria-describedby": f"id_{key}_error"}
            if not cells and place == self.focus:
                attributes["autofocus"] = True
            shown = field.widget.render(key, row.get(column), attributes)
            cells.append(
                {
                    "id": f"id_{key}",
                    "label": label,
                    "shape": shape_of(field),
                    "input": shown,
                    "wrong": wrong,
                }
            )
        remove = _("Remove row %(number)s") % {"number": number}
        return {"place": place, "number": number, "cells": cells, "remove": remove}

    def _label(self, column: str, field: forms.Field) -> str:
        """A column's name, with the currency of what is added up."""
        return f"{field.label} ({self.sums[column]})" if column in self.sums else str(field.label)

    def _against(self, total: Decimal) -> dict[str, object]:
        """What the sum is compared with, and what is left of it; nothing where there is no such."""
        if self.against is None:
            return {}
        label, amount = self.against
        left = amount - total
        return {
            "label": label,
            "value": written(amount),
            "cents": int(amount * 100),
            "left": written(left),
            "is_over": left < 0,
        }

    def _total(
        self, column: str, field: forms.Field, rows: Sequence[Mapping[str, object]]
    ) -> dict[str, object]:
        """What a column adds up to, with the numbers of the rows that could not be read; nothing of
        one that is not added up."""
        if column not in self.sums:
            return {}
        total, unread = Decimal(0), []
        for number, row in enumerate(rows, 1):
            try:
                total += (
                    field.clean(str(row.get(column) if row.get(column) is not None else "")) or 0
                )
            except ValidationError:
                unread.append(str(number))
        return {
            "column": column,
            "currency": self.sums[column],
            "value": written(total),
            "against": self._against(total),
            "unread": ", ".join(unread),
            "sample": number_format(SAMPLE, 2, use_l10n=True, force_grouping=True),
        }


def written(amount: Decimal) -> str:
    """An amount as the reader writes it, with cents only where there are some."""
    return number_format(amount, 2 if amount % 1 else 0, use_l10n=True, force_grouping=True)


def shape_of(field: forms.Field) -> str:
    """How wide a column is and how it is set: a date, a number, or words."""
    if isinstance(field, forms.DateField):
        return "date"
    return "n" if isinstance(field, forms.DecimalField | forms.IntegerField) else "words"


class Against(NamedTuple):
    """What the sum of a table is compared with."""

    label: str
    amount: Decimal


class RowsField(forms.Field):
    """Its cleaned value is a list of dictionaries of cleaned column values; rows left entirely
    blank are not there.

    `agree` says what in a row whose cells are right does not go together: a sentence by column.
    """

    widget: RowsWidget

    def __init__(
        self,
        *,
        columns: Sequence[tuple[str, forms.Field]],
        sums: Mapping[str, str] | None = None,
        against: Against | None = None,
        agree: Callable[[Mapping[str, object]], dict[str, str]] = lambda row: {},
        **kwargs: Unpack[FieldArguments],
    ) -> None:
        self.columns, self.agree = list(columns), agree
        super().__init__(widget=RowsWidget(self.columns, sums, against), **kwargs)

    def clean(self, value: object) -> list[dict[str, object]]:
        """Raises ValidationError with a sentence for each cell that is not right, naming row and
        column."""
        self.widget.wrong = {}
        if value in self.empty_values:
            value = []
        if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise ValidationError(
                _("Send a list of objects, one a row, with: %(columns)s.")
                % {"columns": ", ".join(name for name, _field in self.columns)}
            )
        if len(value) > MOST_ROWS:
            raise ValidationError(
                _("At most %(most)s rows can be sent; here are %(count)s.")
                % {"most": MOST_ROWS, "count": len(value)}
            )
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

    def _clean_row(
        self, number: int, row: Mapping[str, object]
    ) -> tuple[dict[str, object], list[str]]:
        """The row's cleaned values, and what is wrong with it."""
        known = dict(self.columns)
        unknown = [str(name)[:LONGEST_NAME] for name in row if name not in known][:MOST_NAMED]
        errors = [
            _("Row %(number)s: there is no column “%(column)s”.")
            % {"number": number, "column": name}
            for name in unknown
        ]
        cleaned: dict[str, object] = {}
        wrong: dict[str, list[str]] = {}
        for name, field in self.columns:
            value = row.get(name)
            try:
                if isinstance(value, list | dict):
                    raise ValidationError(_("Write one value, not a list."))
                cleaned[name] = field.clean("" if value is None else str(value))
            except ValidationError as error:
                wrong[name] = error.messages
        if not wrong and not errors:
            wrong = {name: [sentence] for name, sentence in self.agree(cleaned).items()}
        for name, sentences in wrong.items():
            self.widget.wrong[number - 1, name] = sentences
            about = {"number": number, "column": known[name].label}
            errors += [
                _("Row %(number)s, %(column)s: %(error)s") % (about | {"error": m})
                for m in sentences
            ]
        return cleaned, errors


def show_changed(form: forms.BaseForm, data: Mapping[str, object]) -> None:
    """Puts what was typed into a form without data, unjudged, with the row added or removed that a
    button asked for.

    Files are not kept: a browser sends them once. A button that asks for anything else changes
    nothing.
    """
    table, _colon, wanted = str(data.get(CHANGE, "")).partition(":")
    for name, field in form.fields.items():
        typed = field.widget.value_from_datadict(data, {}, form.add_prefix(name))
        if isinstance(field, RowsField):
            field.widget.changed = True
            if name == table:
                typed, field.widget.focus = with_change(typed, wanted)
        form.initial[name] = typed


def with_change(
    rows: list[dict[str, object]], wanted: str
) -> tuple[list[dict[str, object]], int | None]:
    """The rows after `add` or `remove:<number>`, and the place of the one in which the person goes
    on."""
    number = wanted.removeprefix("remove:")
    if wanted == "add" and len(rows) < MOST_ROWS:
        return [*rows, {}], len(rows)
    if wanted != number and number.isdecimal() and len(number) < 5 and 0 < int(number) <= len(rows):
        left = [row for place, row in enumerate(rows, 1) if place != int(number)] or [{}]
        return left, min(int(number), len(left)) - 1
    return rows, None
