"""XLSX: one sheet a table, numbers as numbers, heads frozen."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from reports.documents.charts import BEFORE, MOST_BARS, NOW, describe_bars, is_bar, said_of_line
from reports.documents.structure import BARS, LINE, Cell, Column, Document, Table, group_digits

FORMATS = {
    "count": "#,##0",
    "people": "#,##0",
    "share": "0%",
    "money": "#,##0.00",
    "working_days": "#,##0.0",
    "calendar_days": "#,##0.0",
    "days": "#,##0.##",
    "hours": "#,##0.##",
    "score": "0.00",
    "points": "0.0",
    "date": "yyyy-mm-dd",
}
CREATED = datetime(2000, 1, 1)
LONGEST_NAME = 31  # characters of a sheet's name


def as_xlsx(document: Document) -> bytes:
    """The workbook of a document: a first sheet with the headline figures, then every table."""
    out = io.BytesIO()
    book = Workbook(
        out,
        {
            "constant_memory": True,  # each row is written as it comes, and let go of
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {"title": document.heading, "author": document.programme, "created": CREATED}
    )
    styles = {
        kind: book.add_format({"num_format": pattern}) for kind, pattern in FORMATS.items()
    } | {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
        "text": book.add_format({"valign": "top"}),
    }
    with translation.override(document.language):
        first_sheet(book, document, styles)
        names: set[str] = {_("Overview").lower()}
        for section in document.sections:
            for table in section.tables:
                write_sheet(book, table, styles, sheet_name(table.caption, names), document)
        if document.notes:
            write_notes(book, document, styles, sheet_name(_("Notes on method"), names))
    book.close()
    return out.getvalue()


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that spreadsheets accept: at most 31 characters, none of []:*?/\\, no two alike."""
    name = re.sub(r"[\[\]:*?/\\']", " ", wanted).strip()[:LONGEST_NAME] or "–"
    base, number = name, 2
    while name.lower() in taken:
        mark = f" {number}"
        name, number = base[: LONGEST_NAME - len(mark)] + mark, number + 1
    taken.add(name.lower())
    return name


def print_on(page: Worksheet) -> None:
    """A4, one page wide."""
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def first_sheet(book: Workbook, document: Document, styles: dict[str, Format]) -> None:
    """Title, facts, headline figures."""
    page = book.add_worksheet(_("Overview"))
    print_on(page)
    if document.direction == "rtl":
        page.right_to_left()
    page.set_column(0, 0, 44)
    page.set_column(1, 2, 30)
    page.write_string(0, 0, document.heading, styles["title"])
    page.write_string(1, 0, " · ".join(filter(None, (document.programme, document.kind))))
    line = 3
    for label, value in document.facts:
        page.write_string(line, 0, label)
        page.write_string(line, 1, value)
        line += 1
    line += 1
    if any(headline.cell.parts for headline in document.headlines):
        page.write_string(line, 3, _("Numerator"), styles["head"])
        page.write_string(line, 4, _("Denominator"), styles["head"])
        page.set_column(3, 4, 14)
        line += 1
    for headline in document.headlines:
        page.write_string(line, 0, headline.label)
        write_cell(page, line, 1, headline.cell, styles)
        page.write_string(line, 2, headline.change)
        for column, number in enumerate(headline.cell.parts or (), 3):
            page.write_number(line, column, float(number), styles["count"])
        line += 1
    for part in document.highlights.split("\n"):
        line += 1
        page.write_string(line, 0, part)


def with_parts(table: Table) -> Table:
    """A table with what its shares were worked out from in columns of their own at its end, as
    numbers: a spreadsheet's cell shows a share alone."""
    shares = [i for i in range(len(table.columns)) if any(row[i].parts for row in table.rows)]
    if not shares:
        return table
    heads = [
        Column(text % {"column": table.columns[i].label}, True)
        for i in shares
        for text in (_("%(column)s: numerator"), _("%(column)s: denominator"))
    ]
    rows = [
        [*row, *(part_cell(row[i], place) for i in shares for place in (0, 1))]
        for row in table.rows
    ]
    return replace(table, columns=[*table.columns, *heads], rows=rows)


def part_cell(cell: Cell, place: int) -> Cell:
    """The numerator (0) or the denominator (1) of a cell; empty where it has none."""
    if cell.parts is None:
        return Cell("")
    number = Decimal(cell.parts[place])
    return Cell(group_digits(number), number, "count")


def write_sheet(
    book: Workbook, table: Table, styles: dict[str, Format], name: str, document: Document
) -> None:
    """One table: caption, heads, rows."""
    page, table = book.add_worksheet(name), with_parts(table)
    if document.direction == "rtl":
        page.right_to_left()
    page.write_string(0, 0, table.caption, styles["title"])
    widths = [len(c.label) for c in table.columns]
    for column, head in enumerate(table.columns):
        page.write_string(2, column, head.label, styles["head"])
    for line, row in enumerate(table.rows, 3):
        for column, cell in enumerate(row):
            write_cell(page, line, column, cell, styles)
            widths[column] = max(widths[column], len(cell.text))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(60, max(10, width + 2)))
    page.freeze_panes(3, 1)
    if table.rows:
        page.autofilter(2, 0, len(table.rows) + 2, len(table.columns) - 1)
    print_on(page)
    page.repeat_rows(2)
    if table.note:
        page.write_string(len(table.rows) + 4, 0, table.note)
    if table.code in BARS:
        add_chart(book, page, table, name, document)
    elif table.code == LINE:
        line_chart(book, page, table, name, document)


def new_chart(book: Workbook, kind: str) -> Chart:
    """An empty chart. Raises ValueError for a kind that there is none of."""
    made = book.add_chart({"type": kind})
    if made is None:
        raise ValueError(f"There are no charts of the kind “{kind}”.")
    return made


def add_chart(book: Workbook, page: Worksheet, table: Table, name: str, document: Document) -> None:
    """Bars of the table beside it, which follow its cells when somebody changes them."""
    lines = [line for line, row in enumerate(table.rows, 3) if is_bar(row)][:MOST_BARS]
    if not lines:
        return
    page.set_landscape()  # the chart stands beside the table
    bars = new_chart(book, "bar")
    for column, colour in ((1, NOW), (2, BEFORE))[: len(table.columns) - 1]:
        bars.add_series(
            {
                "name": [name, 2, column],
                "categories": [name, lines[0], 0, lines[-1], 0],
                "values": [name, lines[0], column, lines[-1], column],
                "fill": {"color": colour},
                "data_labels": {"value": True},
            }
        )
    bars.set_title({"name": table.caption, "name_font": {"size": 11}})
    bars.set_y_axis({"reverse": True})  # as in the table, from top to bottom
    bars.set_x_axis(
        {
            "reverse": document.direction == "rtl",
            "visible": False,
            "major_gridlines": {"visible": False},
        }
    )
    bars.set_legend({"position": "top"})
    bars.set_size({"width": 620, "height": 90 + 44 * len(lines)})
    about = {"object_position": 2, "description": describe_bars(table)}
    page.insert_chart(2, len(table.columns) + 1, bars, about)


def line_chart(
    book: Workbook, page: Worksheet, table: Table, name: str, document: Document
) -> None:
    """The line of a table of months and shares beside it."""
    alternative = said_of_line(table)
    if not alternative:
        return
    page.set_landscape()
    line, last = new_chart(book, "line"), len(table.rows) + 2
    line.add_series(
        {
            "name": table.columns[1].label,
            "categories": [name, 3, 0, last, 0],
            "values": [name, 3, 1, last, 1],
            "line": {"color": NOW, "width": 2},
            "marker": {
                "type": "circle",
                "size": 5,
                "fill": {"color": NOW},
                "border": {"color": NOW},
            },
            "data_labels": {"value": True, "position": "above"},
        }
    )
    line.set_title({"name": table.caption, "name_font": {"size": 11}})
    line.set_y_axis({"min": 0, "max": 1, "num_format": "0%", "major_unit": 0.5})
    line.set_x_axis({"reverse": document.direction == "rtl"})
    line.set_legend({"none": True})
    line.set_size({"width": 620, "height": 300})
    page.insert_chart(
        2, len(table.columns) + 1, line, {"object_position": 2, "description": alternative}
    )


def write_cell(
    page: Worksheet, line: int, column: int, cell: Cell, styles: dict[str, Format]
) -> None:
    """A typed cell; text never becomes a formula."""
    if isinstance(cell.value, date):
        page.write_datetime(
            line,
            column,
            datetime(cell.value.year, cell.value.month, cell.value.day),
            styles["date"],
        )
    elif isinstance(cell.value, int | float | Decimal):
        page.write_number(
            line,
            column,
            float(cell.value) if not isinstance(cell.value, int) else cell.value,
            styles[cell.kind],
        )
    else:
        page.write_string(line, column, cell.text, styles["text"])


def write_notes(book: Workbook, document: Document, styles: dict[str, Format], name: str) -> None:
    """What every figure means."""
    page = book.add_worksheet(name)
    if document.direction == "rtl":
        page.right_to_left()
    print_on(page)
    page.set_column(0, 0, 36)
    page.set_column(1, 1, 120)
    for line, (label, definition) in enumerate(document.notes):
        page.write_string(line, 0, label, styles["head"])
        page.write_string(line, 1, definition)
