"""Opening XLSX files: how far their cells reach is looked at first, since a small file can ask for
a lot of memory."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from assistance.imports.reading import (
    MOST_COLUMNS,
    MOST_ROWS,
    Line,
    Table,
    Unreadable,
    damaged_file_message,
    too_many_rows,
)

MOST_UNPACKED = 300 * 1024 * 1024
PIECE = 1024 * 1024
# bytes: 32,767 characters, which Excel allows, each in a format of its own
LONGEST_CELL = 8 * PIECE
# no part of this runs over the next tag's beginning: a sheet of tags without an end would take time
# by their square
CELL = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)(?<!/)>(?:[^<]*<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?"
    rb"(?:[^<]*<(?:\w+:)?v>([^<]*)<)?"
)
STRING = re.compile(rb"<(?:\w+:)?si\b")
LAST_CELL = re.compile(rb".*(?=<(?:\w+:)?c\s)", re.DOTALL)  # up to where the last cell begins
LAST_STRING = re.compile(rb".*(?=<(?:\w+:)?si\b)", re.DOTALL)
PLACE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
IS_ERROR = re.compile(rb"""\bt=["']e["']""")
IS_SHARED = re.compile(rb"""\bt=["']s["']""")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ElementTree.ParseError,
    ValueError,
)


@dataclass
class Extent:
    """How far the filled cells of a sheet reach, and which of them hold the error of a formula
    (calamine reads those as blank)."""

    rows: int = 0  # with a filled cell
    last_row: int = 0
    last_column: int = 0
    # bytes of the shared texts, each counted as often as a cell shows it: so often it is kept in
    # memory
    shared_text: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def read_workbook_tables(path: Path) -> list[Table]:
    """A table for each visible sheet, in the workbook's order. Raises Unreadable."""
    try:
        extents = scan_sheets(path)
        book = CalamineWorkbook.from_path(path)
        visible = [
            s.name
            for s in book.sheets_metadata
            if s.typ == SheetTypeEnum.WorkSheet and s.visible == SheetVisibleEnum.Visible
        ]
        sheets = [(name, book.get_sheet_by_name(name)) for name in visible]
    except (CalamineError, *DAMAGED) as error:
        raise damaged_file_message(path) from error
    return [Table(name, partial(sheet_rows, sheet, extents.get(name))) for name, sheet in sheets]


def sheet_rows(sheet: CalamineSheet, extent: Extent | None) -> Iterator[Line]:
    """The rows of a sheet from row 1 on, columns from A on, with the errors of formulas in their
    place."""
    left = sheet.start[1] if sheet.start else 0
    errors: dict[int, dict[int, str]] = {}
    for (row, column), value in (extent.errors if extent else {}).items():
        errors.setdefault(row, {})[column] = value
    for number, cells in enumerate(sheet.iter_rows(), 1):
        whole: list[object] = [*[""] * left, *cells]
        for column, value in errors.get(number, {}).items():
            whole.extend([""] * (column - len(whole)))
            whole[column - 1] = value
        yield Line(number, whole)


def scan_sheets(path: Path) -> dict[str, Extent]:
    """The extent of each sheet by its name.

    Raises Unreadable for what is too large, and one of DAMAGED for what is no workbook.
    """
    left = MOST_UNPACKED
    found: dict[str, Extent] = {}
    with zipfile.ZipFile(path) as archive:
        members = {m.filename: m for m in archive.infolist()}
        if sum(m.file_size for m in members.values()) > left:
            raise too_large(path)
        texts = text_sizes(path, archive)
        for title, member in sheet_members(archive).items():
            if member in members:
                found[title] = extent = measure_sheet(path, archive, member, texts)
                check_extent(path, title, extent)
    return found


def too_large(path: Path) -> Unreadable:
    """What is said of a file that unpacks to too much."""
    return Unreadable(
        _(
            "“%(name)s” is too large when unpacked. Save only the sheet with the records as CSV"
            " (UTF-8)."
        )
        % {"name": path.name}
    )


def check_extent(path: Path, title: str, extent: Extent) -> None:
    """Raises Unreadable where reading the sheet would take too much memory."""
    if extent.rows > MOST_ROWS + 100:  # a title and headers are no records
        raise too_many_rows(path)
    if extent.last_column > MOST_COLUMNS or extent.last_row > 4 * MOST_ROWS:
        raise Unreadable(
            _(
                "The sheet “%(sheet)s” has something in row %(row)s and in column number"
                " %(column)s, far from the table. Delete it and save again."
            )
            % {"sheet": title, "row": extent.last_row, "column": extent.last_column}
        )


def sheet_members(archive: zipfile.ZipFile) -> dict[str, str]:
    """In which file of the archive each sheet stands, by the sheet's name."""
    links = small_xml(archive, "xl/_rels/workbook.xml.rels")
    targets = {str(link.get("Id")): str(link.get("Target")) for link in links}
    book = small_xml(archive, "xl/workbook.xml")
    found: dict[str, str] = {}
    for sheet in book.iter(f"{MAIN}sheet"):
        target = targets.get(str(sheet.get(LINK)), "")
        found[str(sheet.get("name"))] = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join("xl", target))
        )
    return found


def small_xml(archive: zipfile.ZipFile, member: str) -> ElementTree.Element:
    """A small XML file of the archive.

    Raises ValueError for one that is large or declares entities, which no spreadsheet program
    writes.
    """
    text = archive.read(member) if archive.getinfo(member).file_size <= PIECE else b"<!DOCTYPE"
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise ValueError(member)
    return ElementTree.fromstring(text)  # noqa: S314 - without entities there is nothing to expand


def measure_sheet(path: Path, archive: zipfile.ZipFile, member: str, texts: array[int]) -> Extent:
    """Looks at each filled cell of a sheet, a piece at a time.

    Raises Unreadable for a cell that is too long or texts that are too many.
    """
    extent, row_before = Extent(), 0
    for text in read_in_pieces(path, archive, member, LAST_CELL):
        row_before = note_cells(extent, text, row_before, texts)
        if extent.shared_text > MOST_UNPACKED:
            raise too_large(path)
    return extent


def text_sizes(path: Path, archive: zipfile.ZipFile) -> array[int]:
    """The bytes of each text that cells share, in the workbook's order. Raises Unreadable."""
    member = next((n for n in archive.namelist() if n.lower() == "xl/sharedstrings.xml"), "")
    if not member:
        return array("I")
    sizes = array("I")
    for text in read_in_pieces(path, archive, member, LAST_STRING):
        begins = [found.start() for found in STRING.finditer(text)]
        sizes.extend(
            end - begin for begin, end in zip(begins, [*begins[1:], len(text)], strict=False)
        )
        if len(sizes) > MOST_ROWS * MOST_COLUMNS:
            raise too_large(path)
    return sizes


def read_in_pieces(
    path: Path, archive: zipfile.ZipFile, member: str, last: re.Pattern[bytes]
) -> Iterator[bytes]:
    """A part of the archive in pieces, parted only where the `last` thing in one begins.

    Raises Unreadable where one takes more than LONGEST_CELL.
    """
    rest = b""
    with archive.open(member) as file:
        while piece := file.read(PIECE):
            text = rest + piece
            begins = last.match(text)
            cut = begins.end() if begins else max(text.rfind(b"<"), 0)
            rest = text[cut:]
            if len(rest) > LONGEST_CELL:
                raise Unreadable(
                    _(
                        "“%(name)s” has a cell with far more text than a spreadsheet program saves."
                        " Save the sheet with the records as CSV (UTF-8)."
                    )
                    % {"name": path.name}
                )
            yield text[:cut]
    yield rest


def note_cells(extent: Extent, text: bytes, row_before: int, texts: array[int]) -> int:
    """Adds the cells of a piece to the extent; returns the row of the last one."""
    for cell in CELL.finditer(text):
        place = PLACE.search(cell[1])
        if place is None:
            continue
        row, column = int(place[2]), column_number(place[1])
        if row != row_before:
            extent.rows, row_before = extent.rows + 1, row
        extent.last_row, extent.last_column = (
            max(extent.last_row, row),
            max(extent.last_column, column),
        )
        if (
            IS_SHARED.search(cell[1])
            and (number := (cell[2] or b"").strip()).isdigit()
            and len(number) < 9
        ):
            extent.shared_text += texts[int(number)] if int(number) < len(texts) else 0
        if IS_ERROR.search(cell[1]) and len(extent.errors) < MOST_ROWS:
            extent.errors[row, column] = (cell[2] or b"#VALUE!").decode("utf-8", "replace")
    return row_before


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
