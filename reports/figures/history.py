"""Rows of the database as they stood at an instant, read from their history.

`known` is the name of the parameter that holds the instant. What was removed is there too, with the
label “delete”.
"""

from __future__ import annotations

KNOWN = "{known}"  # for SQL into which the name of the instant is put later
RECORDED = "pgh_created_at"  # since when a version counts as known


def row_as_of(history: str, row: str, *, known: str = "cutoff", columns: str = "*") -> str:
    """The SQL of a lateral row: the last that was recorded of one row before an instant. `row` is an
    expression for its id."""
    return (
        f"(SELECT {columns} FROM {history} WHERE pgh_obj_id = {row}"
        f" AND {RECORDED} < %({known})s ORDER BY {RECORDED} DESC, pgh_id DESC LIMIT 1)"
    )


def row_as_of_or_first(history: str, row: str, *, known: str = "cutoff", columns: str = "*") -> str:
    """The same; of a row that was recorded later, as it was first recorded. One that was removed is
    as it was before."""
    before = f"told.{RECORDED} < %({known})s"
    return (
        f"(SELECT {columns} FROM {history} told"
        f" WHERE told.pgh_obj_id = {row} AND told.pgh_label <> 'delete'"
        f" ORDER BY {before} DESC, CASE WHEN {before} THEN told.{RECORDED} END DESC,"
        f" told.{RECORDED}, told.pgh_id DESC LIMIT 1)"
    )


def rows_as_of(
    history: str,
    condition: str,
    *,
    known: str = "cutoff",
    columns: str = "*",
    since: str = RECORDED,
) -> str:
    """The SQL of a table: of every row that met the condition at some time before an instant, the
    last that was recorded while it did. `since` says from when on a version counts as known, where
    that is not when it was recorded."""
    return (
        f"(SELECT DISTINCT ON (pgh_obj_id) {columns} FROM {history} WHERE {condition}"
        f" AND {since} < %({known})s ORDER BY pgh_obj_id, {RECORDED} DESC, pgh_id DESC)"
    )
