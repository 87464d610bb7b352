"""Opening a spreadsheet that somebody sends: CSV or XLSX, with bounds, and a sentence for each way
in which it cannot be read."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.utils.translation import gettext as _

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
DELIMITERS = ",;\t"
NOT_TABLES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"\x1f\x8b", b"BM", b"{\\rtf")
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ARCHIVE = b"PK\x03\x04"


class Unreadable(Exception):
    """The file cannot be read; the text is a sentence for whoever sent it."""


def damaged_file_message(path: Path) -> Unreadable:
    """What is said of a file that is something else, or half of it."""
    sentence = _(
        "“%(name)s” is not a spreadsheet, or it is damaged. Open it in a spreadsheet program and"
        " save it as XLSX or as CSV (UTF-8)."
    )
    return Unreadable(sentence % {"name": path.name})


def too_many_rows(path: Path) -> Unreadable:
    """What is said of a file with more than MOST_ROWS records."""
    sentence = _("“%(name)s” has more than %(most)s rows. Divide it into several files.")
    return Unreadable(sentence % {"name": path.name, "most": f"{MOST_ROWS:,}"})


@dataclass(frozen=True)
class Line:
    """One row: its number as a spreadsheet program shows it, and its cells (text, number, date,
    truth value; empty text for none)."""

    number: int
    cells: Sequence[object]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written in it."""
        return all(isinstance(c, str) and not c.strip() for c in self.cells)


@dataclass(frozen=True)
class Table:
    """One way to read the file: a sheet of a workbook, or a CSV file with one of the separators.

    `lines` reads it from the beginning.
    """

    title: str
    lines: Callable[[], Iterator[Line]]


def read_tables(path: Path) -> list[Table]:
    """The tables in which the records may stand. Raises Unreadable."""
    start = check_file(path)
    if start.startswith(ARCHIVE):
        from assistance.imports import workbook

        return workbook.read_workbook_tables(path)
    if start.startswith(OLD_OFFICE):
        sentence = _(
            "“%(name)s” is in the old Excel format (.xls) or has a password. Save it as XLSX"
            " without a password."
        )
        raise Unreadable(sentence % {"name": path.name})
    if start.startswith(NOT_TABLES) or path.suffix.lower() in (".xlsx", ".xlsm"):
        raise damaged_file_message(path)
    check_text(path, start)
    return [Table("", partial(csv_lines, path, delimiter)) for delimiter in DELIMITERS]


def check_file(path: Path) -> bytes:
    """The first bytes of a file that is there, not empty and not too large. Raises Unreadable."""
    if not path.exists():
        raise Unreadable(_("There is no file “%(path)s”.") % {"path": path})
    if not path.is_file():
        raise Unreadable(_("“%(path)s” is not a file.") % {"path": path})
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Unreadable(
            _(
                "“%(name)s” has %(size)s MB; at most %(most)s MB can be read. Divide it into"
                " several files."
            )
            % {"name": path.name, "size": f"{size / 1048576:.1f}", "most": MOST_BYTES // 1048576}
        )
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise Unreadable(
            _("“%(name)s” cannot be opened: %(why)s.") % {"name": path.name, "why": error.strerror}
        ) from error
    if not start.strip():
        raise Unreadable(_("“%(name)s” is empty.") % {"name": path.name})
    return start


def check_text(path: Path, start: bytes) -> None:
    """That the whole file is text in UTF-8.

    Raises Unreadable, naming the encoding that is needed.
    """
    advice = _("Save it as “CSV UTF-8”, or as XLSX.")
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in start[:200]:
        raise Unreadable(
            _("“%(name)s” is not in UTF-8; it looks like UTF-16 (“Unicode text”).")
            % {"name": path.name}
            + " "
            + advice
        )
    row = 1
    with path.open("rb") as file:
        for piece in file:
            try:
                piece.decode("utf-8")
            except UnicodeDecodeError:
                where = {"name": path.name, "line": row}
                raise Unreadable(
                    _("“%(name)s” is not in UTF-8: line %(line)s has letters of another encoding.")
                    % where
                    + " "
                    + advice
                ) from None
            if b"\0" in piece:
                where = {"name": path.name, "line": row}
                raise Unreadable(
                    _("“%(name)s” is not a table in text: line %(line)s has a zero byte.") % where
                    + " "
                    + advice
                )
            row += 1


def csv_lines(path: Path, delimiter: str) -> Iterator[Line]:
    """The rows of a CSV file, one at a time.

    Raises Unreadable where its quotation marks do not match.
    """
    number = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for cells in csv.reader(file, delimiter=delimiter, strict=True):
                number += 1
                yield Line(number, list(cells))
    except csv.Error:
        raise Unreadable(
            _(
                "Row %(row)s of “%(name)s” cannot be read: a quotation mark is missing, or a cell"
                " is longer than 131,072 characters."
            )
            % {"row": number + 1, "name": path.name}
        ) from None
