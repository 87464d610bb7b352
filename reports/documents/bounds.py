"""How much of a table stands on a page: what lists everything that was counted would have no end.

Spreadsheets and JSON hold all. Source: the rules of the programme, section 7.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from reports.documents.structure import Document, Table, group_digits

MOST_ROWS = 500  # of a table
MOST_CELLS = 20_000  # of a document, heads left out


def bound_tables(document: Document) -> None:
    """Leaves the first rows of its tables, and says where the rest is; in its language, which must
    be active."""
    left = MOST_CELLS
    for section in document.sections:
        for table in section.tables:
            bound_table(table, min(MOST_ROWS, left // max(1, len(table.columns))))
            left -= len(table.rows) * len(table.columns)


def bound_table(table: Table, most: int) -> None:
    """Leaves so many rows, and among them one at the end that adds up the others."""
    total = len(table.rows)
    if total <= most:
        return
    sums = [row for row in table.rows[-1:] if any(cell.is_total for cell in row)]
    table.rows = [*table.rows[: max(0, most - len(sums))], *sums]
    sentence = _(
        "%(shown)s of %(total)s rows are shown; the spreadsheet (XLSX) and the JSON of this report"
        " have all."
    )
    said = sentence % {"shown": group_digits(len(table.rows)), "total": group_digits(total)}
    table.note = f"{table.note} {said}".strip()
