"""What lists everything that was counted has no end; a page of a report has one."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from reports.documents import bounds
from reports.documents.assembly import build_document
from reports.documents.bounds import MOST_CELLS, MOST_ROWS, bound_table, bound_tables
from reports.documents.illustration import illustrated_document
from reports.documents.render import is_bounded, render_document
from reports.documents.structure import Cell, Column, Document, Section, Table
from reports.schedules.periods import period_of
from reports.snapshots.build import build_snapshot
from tests import make
from tests.make import People
from tests.reports.producing import busy_people, task

people = busy_people  # of `busy_programme`


def table(rows: int, columns: int = 4, *, total: bool = False) -> Table:
    """One of numbered rows, the last of which may add up the others."""
    made = Table("any", "Rows", [Column(str(c)) for c in range(columns)])
    made.rows = [[Cell(str(n))] * columns for n in range(rows - total)]
    if total:
        made.rows.append([Cell("Total", is_total=True)] * columns)
    return made


def test_a_table_within_the_bound_stays_as_it_is() -> None:
    small = table(MOST_ROWS)
    bound_table(small, MOST_ROWS)
    assert len(small.rows) == MOST_ROWS and not small.note


def test_a_longer_one_ends_with_where_the_rest_is() -> None:
    long = table(1234)
    long.note = "Counted once."
    with translation.override("en"):
        bound_table(long, MOST_ROWS)
    assert [row[0].text for row in long.rows] == [str(n) for n in range(500)]
    assert long.note == (
        "Counted once. 500 of 1,234 rows are shown; the spreadsheet (XLSX) and the JSON of this"
        " report have all."
    )


def test_the_row_that_adds_up_the_others_stays() -> None:
    long = table(900, total=True)
    bound_table(long, MOST_ROWS)
    assert len(long.rows) == MOST_ROWS and long.rows[-1][0].text == "Total"


def test_all_tables_together_have_an_end() -> None:
    tables = [table(MOST_ROWS, 10) for _n in range(6)]
    document = Document(
        "en",
        "",
        "",
        "",
        [],
        [],
        "",
        [Section("some", "Some", [], tables[:3]), Section("more", "More", [], tables[3:])],
        [],
    )
    bound_tables(document)
    assert sum(len(t.rows) * len(t.columns) for t in tables) == MOST_CELLS
    assert [len(t.rows) for t in tables] == [500, 500, 500, 500, 0, 0]
    assert all(t.note for t in tables[4:])


@pytest.mark.django_db
def test_pages_are_bounded_and_spreadsheet_and_json_hold_all(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    period = period_of("quarterly", make.programme().today())
    for _n in range(4):
        make.submitted(people.kenya)
    snapshot = build_snapshot(task(period, timezone.now() + timedelta(hours=1)))
    ids = snapshot["figures"]["requests_received"]["rows"]["ids"]
    monkeypatch.setattr(bounds, "MOST_ROWS", 3)

    def annex(built: Document) -> Table:
        (found,) = [t for s in built.sections for t in s.tables if t.code == "annex.requests"]
        return found

    assert len(ids) > 3
    assert len(annex(illustrated_document(snapshot, "", "en")).rows) == 3
    assert len(annex(illustrated_document(snapshot, "", "en", bounded=False)).rows) == len(ids)
    assert len(annex(build_document(snapshot, "", "en")).rows) == len(ids)
    page = render_document(snapshot, "", "en", "html").decode()
    assert f"3 of {len(ids)} rows are shown" in page
    whole: Any = json.loads(render_document(snapshot, "", "en", "json"))
    (received,) = [f for f in whole["figures"] if f["code"] == "requests_received"]
    assert received["rows"]["ids"] == ids


def test_documents_of_earlier_renderers_are_made_anew_as_they_were() -> None:
    assert not is_bounded("8") and is_bounded("9") and is_bounded("12") and is_bounded("999")
