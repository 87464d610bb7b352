"""Spreadsheets: one sheet a table, typed cells, charts of their own that follow the cells."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from reports.documents.assembly import build_document
from reports.documents.structure import BARS
from reports.documents.workbook import as_xlsx
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


def parts(body: bytes) -> dict[str, str]:
    """The XML of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(body)) as book:
        return {n: book.read(n).decode() for n in book.namelist() if n.endswith(".xml")}


def test_charts_are_the_spreadsheets_own_and_refer_to_the_cells_of_their_table(
    snapshot: Snapshot,
) -> None:
    document = build_document(snapshot, "", "en")
    found = parts(as_xlsx(document))
    charts = {n: x for n, x in found.items() if n.startswith("xl/charts/chart")}
    drawn = [
        t
        for s in document.sections
        for t in s.tables
        if t.code in BARS and any(r[1].value is not None and not r[0].is_total for r in t.rows)
    ]
    assert len(charts) == len(drawn) > 3
    for text in charts.values():
        references = re.findall(
            r"<c:f>('[^']+'|\w+)!\$([A-C])\$(\d+)(?::\$([A-C])\$(\d+))?</c:f>", text
        )
        assert {r[1] for r in references} == {"A", "B", "C"}  # labels, this period, the one before
        assert all(int(r[2]) >= 3 for r in references)
    pictures = "".join(x for n, x in found.items() if n.startswith("xl/drawings/"))
    assert pictures.count('descr="Bars: ') == len(charts)


def test_the_total_is_no_bar(snapshot: Snapshot) -> None:
    document = build_document(snapshot, "", "en")
    table = next(
        t for s in document.sections for t in s.tables if t.code == "requests_received.pillar"
    )
    assert table.rows[-1][0].is_total
    # the last bar's row, counted from one: three heads before, and no total
    last = 3 + len(table.rows) - 1
    found = parts(as_xlsx(document))
    ends = [
        int(x) for text in found.values() for x in re.findall(r"by pillar'!\$A\$4:\$A\$(\d+)", text)
    ]
    assert last in ends and last + 1 not in ends


def test_heads_stay_and_repeat_and_tables_can_be_filtered(snapshot: Snapshot) -> None:
    found = parts(as_xlsx(build_document(snapshot, "", "ar")))
    tables = [x for n, x in found.items() if n.startswith("xl/worksheets/") and "autoFilter" in x]
    assert len(tables) > 8
    assert all(
        'state="frozen"' in x and 'rightToLeft="1"' in x and "fitToPage" in x for x in tables
    )
    assert found["xl/workbook.xml"].count("_xlnm.Print_Titles") == len(tables)
    assert all("fitToPage" in x for n, x in found.items() if n.startswith("xl/worksheets/"))
    with_chart = [x for x in tables if "<drawing " in x]
    assert with_chart and all('orientation="landscape"' in x for x in with_chart)


def test_each_line_of_the_highlights_has_a_row_of_its_own_and_is_no_formula(
    snapshot: Snapshot,
) -> None:
    found = parts(as_xlsx(build_document(snapshot, "=1+1\nhttps://example.org/ <x>", "en")))
    first = found["xl/worksheets/sheet1.xml"]
    assert "<t>=1+1</t>" in first and "<t>https://example.org/ &lt;x&gt;</t>" in first
    assert not any(
        "<f>" in x or "<hyperlink" in x for n, x in found.items() if n.startswith("xl/worksheets/")
    )
