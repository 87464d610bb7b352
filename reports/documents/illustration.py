"""Puts the pictures to the tables of a report, and bounds those without end."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from countries.names import name_in
from reports.documents import assembly, charts, tiles
from reports.documents.bounds import bound_tables
from reports.documents.structure import BARS, LINE, Document
from reports.snapshots.types import Snapshot


def illustrated_document(
    snapshot: Snapshot, highlights: str, language: str, *, bounded: bool = True
) -> Document:
    """The report of a snapshot with its pictures, and no more rows than pages hold, for pages, PDF and
    text documents; spreadsheets have all rows and no pictures (`assembly.build_document`)."""
    document = assembly.build_document(snapshot, highlights, language)
    with translation.override(language):
        add_charts(document, snapshot)
        if bounded:
            bound_tables(document)
    return document


def add_charts(document: Document, snapshot: Snapshot) -> None:
    """Adds the charts to the tables of a document, in its language, which must be active."""
    if document.is_brief:
        return
    rtl = document.direction == "rtl"
    for section in document.sections:
        for table in section.tables:
            if table.code in BARS:
                table.chart = charts.bars_of(table, rtl=rtl)
            elif table.code == LINE:
                table.chart = charts.line_of(table, rtl=rtl)
            elif table.code == "coverage":
                caption = (
                    _("Where requests came from and help went")
                    if tiles.tells_who_asked(snapshot)
                    else _("Where help went")
                )
                table.chart = tiles.map_of(
                    snapshot, caption, names_of(snapshot, document.language), rtl=rtl
                )


def names_of(snapshot: Snapshot, language: str) -> dict[str, str]:
    """Countries' names by ISO code in a language."""
    return {
        c["reference"]: name_in(c["names"], language) for c in snapshot["annex"]["country"].values()
    }
