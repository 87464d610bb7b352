"""Opening XLSX files: how far their cells reach is looked at first, since a small file can ask for a lot of memory."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from assistance.imports.reading import MOST_COLUMNS, MOST_ROWS, Line, Table, Unreadable, damaged, too_many_rows

MOST_UNPACKED = 300 * 1024 * 1024
PIECE = 1024 * 1024
CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)(?<!/)>(?:[^<]*<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?(?:[^<]*<(?:\w+:)?v>([^<]*)<)?")
PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
IS_ERROR = re.compile(rb'\bt="e"')
ENDS = (b"</c>", b":c>", b"</row>", b":row>")  # after these a piece can be cut
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, NotImplementedError, RuntimeError, ElementTree.ParseError, ValueError)


@dataclass
class Extent:
    """How far the filled cells of a sheet reach, and which of them hold the error of a formula (calamine reads those as blank)."""

    rows: int = 0  # with a filled cell
    last_row: int = 0
    last_column: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def tables(path: Path) -> list[Table]:
    """A table for each visible sheet, in the workbook's order. Raises Unreadable."""
    try:
        extents = scan(path)
        book = CalamineWorkbook.from_path(path)
        visible = [s.name for s in book.sheets_metadata if s.typ == SheetTypeEnum.WorkSheet and s.visible == SheetVisibleEnum.Visible]
        sheets = [(name, book.get_sheet_by_name(name)) for name in visible]
    except (CalamineError, *DAMAGED) as error:
        raise damaged(path) from error
    return [Table(name, partial(lines, sheet, extents.get(name))) for name, sheet in sheets]


def lines(sheet: CalamineSheet, extent: Extent | None) -> Iterator[Line]:
    """The rows of a sheet from row 1 on, columns from A on, with the errors of formulas in their place."""
    left = sheet.start[1] if sheet.start else 0
    errors: dict[int, dict[int, str]] = {}
    for (row, column), value in (extent.errors if extent else {}).items():
        errors.setdefault(row, {})[column] = value
    for number, cells in enumerate(sheet.iter_rows(), 1):
        whole: list[Any] = [""] * left + cells
        for column, value in errors.get(number, {}).items():
            whole.extend([""] * (column - len(whole)))
            whole[column - 1] = value
        yield Line(number, whole)


def scan(path: Path) -> dict[str, Extent]:
    """The extent of each sheet by its name. Raises Unreadable for what is too large, and one of DAMAGED for what is no workbook."""
    left = MOST_UNPACKED
    found: dict[str, Extent] = {}
    with zipfile.ZipFile(path) as archive:
        members = {m.filename: m for m in archive.infolist()}
        if sum(m.file_size for m in members.values()) > left:
            raise Unreadable(_("“%(name)s” is too large when unpacked. Save only the sheet with the records as CSV (UTF-8).") % {"name": path.name})
        for title, member in sheet_members(archive).items():
            if member in members:
                found[title] = extent = measure(archive, member)
                check_extent(path, title, extent)
    return found


def check_extent(path: Path, title: str, extent: Extent) -> None:
    """Raises Unreadable where reading the sheet would take too much memory."""
    if extent.rows > MOST_ROWS + 100:  # a title and headers are no records
        raise too_many_rows(path)
    if extent.last_column > MOST_COLUMNS or extent.last_row > 4 * MOST_ROWS:
        raise Unreadable(
            _("The sheet “%(sheet)s” has something in row %(row)s and in column number %(column)s, far from the table. Delete it and save again.")
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
        found[str(sheet.get("name"))] = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
    return found


def small_xml(archive: zipfile.ZipFile, member: str) -> ElementTree.Element:
    """A small XML file of the archive. Raises ValueError for one that is large or declares entities, which no spreadsheet program writes."""
    text = archive.read(member) if archive.getinfo(member).file_size <= PIECE else b"<!DOCTYPE"
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise ValueError(member)
    return ElementTree.fromstring(text)  # noqa: S314 - without entities there is nothing to expand


def measure(archive: zipfile.ZipFile, member: str) -> Extent:
    """Looks at each filled cell of a sheet, a piece at a time."""
    extent, rest, row_before = Extent(), b"", 0
    with archive.open(member) as file:
        while piece := file.read(PIECE):
            text = rest + piece
            cut = max(text.rfind(end) + len(end) for end in ENDS if end in text) if any(end in text for end in ENDS) else 0
            row_before, rest = note(extent, text[:cut], row_before), text[cut:]
    note(extent, rest, row_before)
    return extent


def note(extent: Extent, text: bytes, row_before: int) -> int:
    """Adds the cells of a piece to the extent; returns the row of the last one."""
    for cell in CELL.finditer(text):
        place = PLACE.search(cell[1])
        if place is None:
            continue
        row, column = int(place[2]), column_number(place[1])
        if row != row_before:
            extent.rows, row_before = extent.rows + 1, row
        extent.last_row, extent.last_column = max(extent.last_row, row), max(extent.last_column, column)
        if IS_ERROR.search(cell[1]) and len(extent.errors) < MOST_ROWS:
            extent.errors[row, column] = (cell[2] or b"#VALUE!").decode("utf-8", "replace")
    return row_before


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
