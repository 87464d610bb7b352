"""A table that somebody pastes, or sends as CSV: read by its heads, judged row by row, shown before
anything is changed, and taken as a whole or not at all.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import join_list, normalise
from core.validators import PrintableFormMixin, validate_printable_text

MOST_ROWS, MOST_CHARACTERS = 2000, 400_000
MOST_SENTENCES = 20  # of what is wrong, shown at a time
Made = TypeVar("Made")


@dataclass(frozen=True)
class PastedColumn:
    """A column: its name for the program, the heads by which it is known, and whether it must be
    there. Heads are compared without case and accents."""

    name: str
    heads: tuple[str, ...]
    needed: bool = False


@dataclass
class PastedRow(Generic[Made]):
    """A row as it would be taken: its number as a spreadsheet shows it, what it says in words, what
    becomes of it (new, changed, known), and what is stored of it now."""

    number: int
    made: Made
    words: Sequence[object]
    outcome: str
    stored: object = None


@dataclass
class PastedTable(Generic[Made]):
    """What a table would change, or what is wrong with it."""

    rows: list[PastedRow[Made]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def new(self) -> int:
        """How many rows are not entered yet."""
        return self.count("new")

    @property
    def changed(self) -> int:
        """How many correct what is entered."""
        return self.count("changed")

    @property
    def known(self) -> int:
        """How many say what is entered already."""
        return self.count("known")

    @property
    def stamp(self) -> str:
        """What the preview was made from, so that nothing else is changed than it showed."""
        seen = [(row.number, row.outcome, row.stored) for row in self.rows]
        return hashlib.sha256(repr(seen).encode()).hexdigest()

    def is_confirmed_by(self, request: HttpRequest) -> bool:
        """Whether somebody who saw this preview asks to take the table over."""
        return request.POST.get("stamp") == self.stamp

    def count(self, outcome: str) -> int:
        """How many rows have an outcome."""
        return sum(row.outcome == outcome for row in self.rows)


def cells_of(text: str) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, each with its number as a spreadsheet counts it: tabs, semicolons
    or commas between cells, whichever makes most of the heads. Raises csv.Error."""
    text = text.removeprefix("\ufeff")
    tables = [rows_of(text, separator) for separator in "\t;,"]
    return max(tables, key=lambda rows: len(rows[0][1]) if rows else 0)


def rows_of(text: str, separator: str) -> list[tuple[int, list[str]]]:
    """The same with one separator."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [
        (number, [cell.strip() for cell in row])
        for number, row in enumerate(rows, 1)
        if any(cell.strip() for cell in row)
    ]


def columns_in(heads: Sequence[str], known: Iterable[PastedColumn]) -> dict[str, int]:
    """By name, where each known column stands. Raises ValidationError where one is missing that
    must be there."""
    places: dict[str, int] = {}
    missing = []
    for column in known:
        words = {normalise(head) for head in column.heads}
        found = next((i for i, head in enumerate(heads) if normalise(head) in words), None)
        if found is not None:
            places[column.name] = found
        elif column.needed:
            missing.append(column.heads[0])
    if missing:
        raise ValidationError(
            _("The first line has to name the columns; these are missing: %(names)s.")
            % {"names": join_list(missing)}
        )
    return places


def read_pasted(
    text: str,
    columns: Iterable[PastedColumn],
    read_row: Callable[[int, Mapping[str, str]], PastedRow[Made]],
) -> PastedTable[Made]:
    """The table judged row by row. `read_row` raises ValidationError with what is wrong with one.

    Nothing is raised: what is wrong stands in `errors`, with the number of its row.
    """
    table: PastedTable[Made] = PastedTable()
    too_long = _("The table is too long: at most %(n)s rows at a time.") % {"n": MOST_ROWS}
    if len(text) > MOST_CHARACTERS:
        table.errors.append(too_long)
        return table
    try:
        cells = cells_of(text)
    except csv.Error:
        table.errors.append(
            _(
                "This cannot be read as a table. Copy the cells from a spreadsheet, or save it as CSV."
            )
        )
        return table
    if len(cells) < 2:
        table.errors.append(_("Paste a table, with the names of the columns in the first line."))
        return table
    if len(cells) > MOST_ROWS + 1:
        table.errors.append(too_long)
        return table
    try:
        places = columns_in(cells[0][1], columns)
    except ValidationError as refusal:
        table.errors += refusal.messages
        return table
    for number, row in cells[1:]:
        said = {name: row[i] if i < len(row) else "" for name, i in places.items()}
        try:
            table.rows.append(read_row(number, said))
        except ValidationError as refusal:
            sentence = _("Row %(row)s: %(what)s")
            table.errors += [sentence % {"row": number, "what": m} for m in refusal.messages]
    left_out = len(table.errors) - MOST_SENTENCES
    if left_out > 0:
        del table.errors[MOST_SENTENCES:]
        table.errors.append(_("And %(n)s more.") % {"n": left_out})
    return table


class PastedTableForm(PrintableFormMixin, forms.Form):
    """Where a table is pasted, or a CSV file is chosen."""

    text = forms.CharField(
        label=gettext_lazy("The table"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12, "dir": "auto", "class": "pasted"}),
    )
    file = forms.FileField(label=gettext_lazy("Or a file (CSV, UTF-8)"), required=False)

    def clean(self) -> dict[str, object]:
        """The text of the file where one is chosen; one of the two is needed."""
        given = super().clean() or {}
        sent = given.get("file")
        if isinstance(sent, UploadedFile):
            if sent.size is None or sent.size > MOST_CHARACTERS * 4:
                raise ValidationError(_("The file is too large. Divide it into several files."))
            try:
                given["text"] = sent.read().decode("utf-8-sig")
                validate_printable_text(given["text"])
            except UnicodeDecodeError:
                raise ValidationError(
                    _("The file is not in UTF-8. Save it as “CSV UTF-8”.")
                ) from None
        if not given.get("text") and not self.errors:
            raise ValidationError(_("Paste the table, or choose a file."))
        return given
