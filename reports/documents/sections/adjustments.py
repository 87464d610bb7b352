"""What became known of earlier periods since they were reported: by period, and each row behind it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from reports.documents.structure import Cell, Column, Section, Table, period_from, value_text
from reports.documents.writer import Writer
from reports.figures.adjusted_rows import ADJUSTABLE
from reports.figures.adjustments import (
    ADJUSTMENTS,
    BEFORE_FIRST,
    NOT_REPORTED,
    adjusted_head,
    first_day,
    is_adjustment,
    word_of,
)
from reports.snapshots.types import AdjustmentRow, FigureData

MEMBERSHIP = "membership"


def adjustments(w: Writer) -> Section | None:
    """The chapter; None where nothing was adjusted, or nothing is to be said of earlier periods."""
    tables = [by_period(w, ADJUSTMENTS), behind(w), by_period(w, NOT_REPORTED), before_first(w)]
    shown = [table for table in tables if table.rows]
    if not shown:
        return None
    sentences = [
        _(
            "What was recorded after an earlier period was reported is not counted in this period."
            " It is added to the published figures of that period."
        )
    ]
    return Section("adjustments", _("Adjustments to earlier periods"), sentences, shown)


def codes_of(w: Writer, word: str) -> list[str]:
    """Figures of which something is said of earlier periods, in the order of the catalogue."""
    heads = {adjusted_head(c) for c in w.figures if is_adjustment(c) and word_of(c) == word}
    return [
        h
        for h in ADJUSTABLE
        if h in heads and any(c.startswith(f"{h}.{word}.period.") for c in w.figures)
    ]


def by_period(w: Writer, word: str) -> Table:
    """One row a figure and period, with its sum where there are several periods."""
    captions = {
        ADJUSTMENTS: _("Adjustments to the published figures of earlier periods"),
        NOT_REPORTED: _("Earlier periods that are not reported, as known now"),
    }
    columns = [
        Column(_("Figure"), weight=3),
        Column(_("Period"), weight=3),
        Column(_("Value"), True),
    ]
    table = Table(f"adjustments.{word}", captions[word], columns)
    for head in codes_of(w, word):
        label = w.label(head)
        starts = sorted(
            day
            for c in w.figures
            if c.startswith(f"{head}.{word}.period.") and (day := first_day(c))
        )
        for start in starts:
            code = f"{head}.{word}.period.{start}"
            table.rows.append([Cell(label), Cell(period_from(w.snapshot, start)), w.signed(code)])
        if len(starts) > 1:
            table.rows.append(
                [Cell(label, is_total=True), Cell(_("Total")), w.signed(f"{head}.{word}")]
            )
    return table


def before_first(w: Writer) -> Table:
    """What was recorded since the last cut-off for days before the first report of the schedule."""
    caption = _("Recorded since the last cut-off for days before the first report")
    table = Table(
        "adjustments.before", caption, [Column(_("Figure"), weight=3), Column(_("Value"), True)]
    )
    for code, figure in w.figures.items():
        if (
            is_adjustment(code)
            and word_of(code) == BEFORE_FIRST
            and figure["value"]
            and not is_nothing(figure)
        ):
            table.rows.append([Cell(w.label(adjusted_head(code))), w.signed(code)])
    return table


def is_nothing(figure: FigureData) -> bool:
    """Whether a value is zero, as a number or as text."""
    return float(str(figure["value"] or 0)) == 0


def behind(w: Writer) -> Table:
    """The rows behind the adjustments: what each said before, what it says now, and why."""
    table = Table(
        "adjustments.rows",
        _("What is behind the adjustments"),
        [
            Column(_("Reference"), weight=8),
            Column(_("Figure"), weight=9),
            Column(_("Period"), weight=9),
            Column(_("Before"), True),
            Column(_("Now"), True),
            Column(_("Cause"), weight=10),
        ],
    )
    if not w.is_internal:
        return table
    known = w.snapshot["annex"].get("adjustment", {})
    wanted = {
        n
        for c, f in w.figures.items()
        if is_adjustment(c) and word_of(c) == ADJUSTMENTS
        for n in f["rows"]["ids"]
    }
    for row in in_documents([known[str(n)] for n in sorted(wanted)]):
        unit = w.unit(row["figure"])
        start = date.fromisoformat(row["period"])
        name = " · ".join(
            filter(
                None, (row["reference"], w.country(row["country"]) if row.get("country") else "")
            )
        )
        table.rows.append(
            [
                Cell(name),
                Cell(w.label(row["figure"])),
                Cell(period_from(w.snapshot, start)),
                Cell(value_text(unit, row["before"], currency=w.currency), None, unit),
                Cell(value_text(unit, row["now"], currency=w.currency), None, unit),
                Cell(w.name("cause", row["cause"])),
            ]
        )
    return table


def in_documents(rows: list[AdjustmentRow]) -> list[AdjustmentRow]:
    """The rows as documents have them: of a change of membership one a country, figure and period."""
    found: list[AdjustmentRow] = []
    merged: dict[tuple[str, str, str], AdjustmentRow] = {}
    for row in rows:
        if row["cause"] != MEMBERSHIP or not row.get("country"):
            found.append(row)
            continue
        key = (row["country"], row["figure"], row["period"])
        if key in merged:
            kept = merged[key]
            kept["before"] = int(kept["before"]) + int(row["before"])
            kept["now"] = int(kept["now"]) + int(row["now"])
        else:
            merged[key] = {**row, "reference": ""}
            found.append(merged[key])
    return found
