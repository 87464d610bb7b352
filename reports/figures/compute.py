"""Figures of a window: each source of rows is read in one pass for all that is measured of it, and
in one more for each array by which something is told apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from reports.figures.catalogue import FIGURES, definition_of, unit_of
from reports.figures.counting import Figures, Parameters, fetch_rows
from reports.figures.definition import Split
from reports.figures.facts.gather import facts_named_in, gather_facts
from reports.figures.facts.windows import FigureWindow
from reports.figures.measures import Measure

WHOLE = ""  # in place of the column by which a row is told apart


@dataclass(frozen=True)
class Cells:
    """What a measure gives: the figure `code` or, with a split, its cells `code.<value>`."""

    code: str
    measure: Measure
    kind: str  # of rows
    split: Split | None = None
    always: bool = True
    own_unit: str = ""  # of what is no figure of the catalogue

    @property
    def unit(self) -> str:
        """In what its rows, all together, are counted."""
        return self.own_unit or unit_of(self.code)

    def columns(self, listed: Container[str] | None) -> list[str]:
        """The SQL of its aggregates; with ids where its kind of rows is listed."""
        return self.measure.columns(lists=listed is None or self.kind in listed)

    @property
    def told_by(self) -> str:
        """The column by which it is told apart."""
        return self.split.told_by if self.split else WHOLE


def compute_figures(
    window: FigureWindow,
    asked: Collection[str] = (),
    *,
    only: Iterable[str] | None = None,
    listed: Collection[str] | None = None,
    facts: Iterable[str] = (),
    more: Sequence[Cells] = (),
    parameters: Parameters | None = None,
) -> Figures:
    """All figures of a window, or `only` some, by their codes or those of parts; of those on request
    the ones that `asked` names, by code or `code.dimension`. Ids of the rows that are counted come
    with all, or with those whose rows are of the kinds `listed`. `more` is measured beside them, with
    `parameters` of its own.

    Runs inside a transaction; leaves the tables of facts that it read, and those that are named, for
    whoever reads the annex from them.
    """
    by_source: dict[str, list[Cells]] = defaultdict(list)
    for cells in (*told_cells(window, asked, only), *more):
        by_source[cells.measure.source].append(cells)
    gather_facts(window, {*facts, *facts_read(by_source, listed)})
    figures: Figures = {}
    for source, wanted in by_source.items():
        figures |= figures_of_source(
            source, wanted, {**window.parameters, **(parameters or {})}, listed
        )
    return figures


def facts_read(
    by_source: dict[str, list[Cells]], listed: Collection[str] | None = None
) -> set[str]:
    """The tables of facts from which cells are measured."""
    measured = [sql for found in by_source.values() for c in found for sql in c.columns(listed)]
    return facts_named_in([*by_source, *measured])


def told_cells(
    window: FigureWindow, asked: Collection[str], only: Iterable[str] | None = None
) -> Iterator[Cells]:
    """Everything that is told in a window, or all cells of some figures."""
    heads = FIGURES if only is None else {definition_of(code).code for code in only}
    for code, figure in FIGURES.items():
        if code not in heads or not figure.is_told(window.scope, asked):
            continue
        yield Cells(code, figure.measure, figure.rows)
        for part in figure.parts:
            kind = part.rows or figure.rows
            yield Cells(f"{code}.{part.suffix}", part.measure, kind, always=part.always)
        for split in figure.told_splits(asked):
            measure = split.measure or figure.measure
            yield Cells(f"{code}.{split.dimension}", measure, figure.rows, split)


def figures_of_source(
    source: str,
    wanted: Sequence[Cells],
    parameters: Parameters,
    listed: Collection[str] | None = None,
) -> Figures:
    """What is measured of the rows of one source; ids as in `compute_figures`."""
    arrays = dict.fromkeys(c.told_by for c in wanted if c.split and c.split.many)
    passes = [[c for c in wanted if c.told_by not in arrays]]
    passes += [[c for c in wanted if c.told_by == array] for array in arrays]
    figures: Figures = {}
    for cells in filter(None, passes):
        columns = dict.fromkeys(c.told_by for c in cells)
        measured = [(cell, cell.columns(listed)) for cell in cells]
        aggregates = list(
            dict.fromkeys(sql for _cell, wanted_sql in measured for sql in wanted_sql)
        )
        statement = unnested if cells[0].told_by in arrays else grouped
        sql = statement(source, aggregates, [column for column in columns if column != WHOLE])
        for told_by, value, *row in fetch_rows(sql, parameters):
            found = dict(zip(aggregates, row, strict=True))
            for cell, of_cell in measured:
                if cell.told_by == told_by:
                    add_cell(figures, cell, value, [found[sql] for sql in of_cell])
    for cell in wanted:
        add_empty(figures, cell)
    return figures


def grouped(source: str, aggregates: Iterable[str], columns: Sequence[str]) -> str:
    """The SQL of one pass: aggregates of all rows, and of those with each value of some columns."""
    told_by = " ".join(f"WHEN GROUPING({c}) = 0 THEN '{c}'" for c in columns)
    values = ", ".join(f"{c}::text" for c in columns)
    sets = ", ".join(["()", *(f"({c})" for c in columns)])
    head = f"CASE {told_by} ELSE '' END, COALESCE({values})" if columns else "'', NULL"
    return f"SELECT {head}, {', '.join(aggregates)} FROM {source} fact" + (
        f" GROUP BY GROUPING SETS ({sets})" if columns else ""
    )


def unnested(source: str, aggregates: Iterable[str], columns: Sequence[str]) -> str:
    """The SQL of one pass: aggregates of the rows that have each value in an array."""
    (column,) = columns
    return (
        f"SELECT '{column}', told, {', '.join(aggregates)} FROM {source} fact, unnest({column}) told"
        " GROUP BY told"
    )


def add_cell(figures: Figures, cells: Cells, value: str | None, found: Sequence[Any]) -> None:
    """Adds what was found of all rows or of those with a value, where anything was counted."""
    rows, ids, *amounts = found
    code, unit = cells.code, cells.unit
    if cells.split:
        named = value or cells.split.blank
        if not rows or named is None:
            return
        code = f"{code}.{named}"
        unit = unit_of(code)
    elif not rows and not cells.always:
        return
    figures[code] = cells.measure.figure(unit, cells.kind, rows, ids or [], *amounts)


def add_empty(figures: Figures, cells: Cells) -> None:
    """Adds the cells that are there even where nothing was counted."""
    for value in cells.split.values if cells.split else ():
        code = f"{cells.code}.{value}"
        if code not in figures:
            figures[code] = cells.measure.figure(unit_of(code), cells.kind, 0, [])
