"""Recognising which column holds what: headers in English, French and Spanish, with their usual
spellings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from assistance.imports.reading import Line
from assistance.imports.words import WORDS
from core.text import normalise

LOOKED_AT = 20  # rows from the top in which the headers may stand, below titles
# by column; the first is the name that messages use where the file has none
HEADERS = WORDS["headers"]
KNOWN = {normalise(header): name for name, headers in HEADERS.items() for header in headers}
CURRENCY = re.compile(r"\(\s*([A-Z]{3})\s*\)|\s([A-Z]{3})$|\((US\$)\)")
BRACKETS = re.compile(r"\([^)]*\)")


@dataclass
class Header:
    """The row of headers that was found: where each known column stands and how it is written
    there."""

    row: int
    places: dict[str, int] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    currency: str = "USD"
    warnings: list[str] = field(default_factory=list)
    mistakes: list[str] = field(default_factory=list)

    def label(self, name: str) -> str:
        """How the file, or else this programme, calls a column."""
        return self.written.get(name) or HEADERS[name][0]

    def values(self, line: Line) -> dict[str, object]:
        """The cells of a row by the name of their column."""
        return {
            name: line.cells[place] if place < len(line.cells) else ""
            for name, place in self.places.items()
        }


def recognise_header(cell: object) -> str:
    """The name of the column that a header stands for; an empty string for none."""
    if not isinstance(cell, str):
        return ""
    text = cell.strip()
    return (
        KNOWN.get(normalise(text))
        or KNOWN.get(normalise(BRACKETS.sub(" ", text)))
        or KNOWN.get(normalise(CURRENCY.sub(" ", text)), "")
    )


def best_row(lines: Iterable[Line]) -> tuple[int, Line | None]:
    """Of the first rows the one with the most known headers, and their number; two different ones
    at least."""
    best: tuple[int, Line | None] = (0, None)
    for line in islice(lines, LOOKED_AT):
        known = len({recognise_header(cell) for cell in line.cells} - {""})
        if known >= 2 and known > best[0]:
            best = (known, line)
    return best


def column_letter(place: int) -> str:
    """A for 0, AA for 26: how a spreadsheet program calls a column."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_header(line: Line) -> Header:
    """What the row of headers says, with warnings for unknown columns and mistakes for needed ones
    that miss or stand twice."""
    header = Header(line.number)
    currencies: dict[str, str] = {}
    for place, cell in enumerate(line.cells):
        text = " ".join(str(cell).split())
        name = recognise_header(cell)
        if not text:
            continue
        if not name:
            header.warnings.append(
                _("Column %(letter)s, “%(header)s”, is not known and is ignored.")
                % {
                    "letter": column_letter(place),
                    "header": text,
                }
            )
        elif name in header.places:
            header.mistakes.append(
                _(
                    "Columns %(first)s, “%(one)s”, and %(second)s, “%(other)s”, are the same"
                    " column. Remove one of them."
                )
                % {
                    "first": column_letter(header.places[name]),
                    "one": header.written[name],
                    "second": column_letter(place),
                    "other": text,
                }
            )
        else:
            header.places[name], header.written[name] = place, text
            currency = CURRENCY.search(text)
            if currency and name in ("budget", "expense"):
                currencies[name] = (currency[1] or currency[2] or "USD").upper()
    check_needed(header)
    if len(set(currencies.values())) > 1:
        header.mistakes.append(
            _("Budget and expense are in different currencies (%(list)s). One currency a file.")
            % {"list": ", ".join(currencies.values())}
        )
    header.currency = next(iter(currencies.values()), "USD")
    return header


def check_needed(header: Header) -> None:
    """Title, and Country or ISO2, are needed."""
    if "title" not in header.places:
        header.mistakes.append(_("The column “Title” is missing."))
    if not {"country", "iso2"} & header.places.keys():
        header.mistakes.append(_("A column “Country” or “ISO2” is missing."))
