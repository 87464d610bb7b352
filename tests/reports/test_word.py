"""Reports for Word: real styles, heads that repeat, alternative texts, right to left, the same
bytes each time."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from reports.documents import render
from reports.documents.illustration import illustrated_document
from reports.documents.word import as_docx
from reports.snapshots.canonical import canonical_json, read_snapshot
from reports.snapshots.types import Snapshot
from tests.make import People
from tests.reports.producing import contents_of, produced

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def stored(kept_for_module: None) -> str:
    """The snapshot of a report with something in it, as it is kept."""
    current = produced(People(), formats=["csv"]).current
    assert current is not None
    return canonical_json(contents_of(current))


@pytest.fixture
def snapshot(stored: str) -> Snapshot:
    """The same, for one test to do with as it likes."""
    found: Snapshot = read_snapshot(stored)
    return found


def opened(body: bytes) -> Any:
    """As Word opens it."""
    return docx.Document(io.BytesIO(body))


def test_headings_are_headings_and_every_cell_of_the_report_stands_in_it(
    snapshot: Snapshot,
) -> None:
    document = illustrated_document(snapshot, "A law was passed.", "en")
    book = opened(as_docx(document))
    headings = [p.text for p in book.paragraphs if p.style.name == "Heading 1"]
    assert headings == ["Highlights", *(s.heading for s in document.sections), "Notes on method"]
    assert [p.text for p in book.paragraphs if p.style.name == "Title"] == [
        f"{document.title}, {document.period}"
    ]
    assert "A law was passed." in [p.text for p in book.paragraphs]
    captions = [p.text for p in book.paragraphs if p.style.name == "Caption"]
    written = {c.text for t in book.tables for row in t.rows for c in row.cells}
    for section in document.sections:
        for table in section.tables:
            assert table.caption in captions
            assert {c.text for row in table.rows for c in row} <= written
    assert {h.cell.text for h in document.headlines} <= written


def test_heads_repeat_rows_hold_together_and_pictures_are_described(
    snapshot: Snapshot,
) -> None:
    document = illustrated_document(snapshot, "", "en")
    book = opened(as_docx(document))
    tables = book.tables[2:]  # after the facts and the figures on top
    assert tables and all(t.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for t in tables)
    assert all(r._tr.trPr.find(qn("w:cantSplit")) is not None for t in book.tables for r in t.rows)
    for table in tables:  # the grid says the same widths as the cells, and the label has most of it
        widths = [int(c.get(qn("w:w"))) for c in table._tbl.tblGrid.findall(qn("w:gridCol"))]
        assert widths == [
            int(c._tc.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for c in table.rows[0].cells
        ]
    described = [shape._inline.docPr.get("descr") for shape in book.inline_shapes]
    assert (
        described == [t.chart.alternative for s in document.sections for t in s.tables if t.chart]
        and len(described) > 2
    )


def test_arabic_runs_from_right_to_left_in_paragraphs_runs_and_tables(
    snapshot: Snapshot,
) -> None:
    book = opened(as_docx(illustrated_document(snapshot, "", "ar")))
    assert all(t._tbl.tblPr.find(qn("w:bidiVisual")) is not None for t in book.tables)
    assert all(p._p.pPr.find(qn("w:bidi")) is not None for p in book.paragraphs if p.text)
    assert all(
        r._r.rPr.find(qn("w:rtl")) is not None for p in book.paragraphs for r in p.runs if r.text
    )
    assert book.sections[0]._sectPr.find(qn("w:bidi")) is not None
    assert book.core_properties.language == "ar-SA"


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_the_same_document_gives_the_same_bytes(snapshot: Snapshot, language: str) -> None:
    assert render.render_document(snapshot, "x", language, "docx") == render.render_document(
        snapshot, "x", language, "docx"
    )


def test_what_people_typed_breaks_nothing(snapshot: Snapshot) -> None:
    body = as_docx(
        illustrated_document(snapshot, "a\x0bb\x00c\ud800d <w:p/> & ]]>\nsecond line", "en")
    )
    words = [p.text for p in opened(body).paragraphs]
    assert "abcd <w:p/> & ]]>" in words and "second line" in words
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        parts = {n: book.read(n).decode() for n in book.namelist() if n.endswith((".xml", ".rels"))}
    assert not [n for n, text in parts.items() if re.search(r'TargetMode="External"', text)]
    assert {i.date_time for i in zipfile.ZipFile(io.BytesIO(body)).infolist()} == {
        (2000, 1, 1, 0, 0, 0)
    }
