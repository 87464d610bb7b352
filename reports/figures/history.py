"""Rows of the database as they stood at an instant, read from their history."""

from __future__ import annotations

KNOWN = "{known}"  # for SQL into which the name of the instant is put later


def row_as_of(history: str, row: str, *, known: str = "cutoff", columns: str = "*") -> str:
    """The SQL of a lateral row: the last that was recorded of one row before an instant.

    `row` is an expression for its id, `known` the name of the parameter that holds the instant.
    What was removed is there too, with the label “delete”.
    """
    return (
        f"(SELECT {columns} FROM {history} WHERE pgh_obj_id = {row}"
        f" AND pgh_created_at < %({known})s ORDER BY pgh_created_at DESC, pgh_id DESC LIMIT 1)"
    )


def rows_as_of(history: str, condition: str, *, known: str = "cutoff", columns: str = "*") -> str:
    """The SQL of a table: of every row that met the condition at some time before an instant, the
    last that was recorded while it did."""
    return (
        f"(SELECT DISTINCT ON (pgh_obj_id) {columns} FROM {history} WHERE {condition}"
        f" AND pgh_created_at < %({known})s ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC)"
    )
