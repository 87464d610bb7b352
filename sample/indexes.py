"""Foreign keys and indexes of tables that take in very many rows: set aside while they do, made again
from the finished rows, which is several times as fast and proves the keys all the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper

MEMORY = "256MB"  # for building an index

# Unique constraints are indexes; a primary key stays, by which rows are copied.
CONSTRAINTS = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid = ANY (%s::regclass[]) AND contype = %s ORDER BY conrelid::regclass::text, conname
"""
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
WHERE indrelid = ANY (%s::regclass[]) AND NOT indisprimary
    AND NOT EXISTS (
        SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype IN ('u', 'x', 'p'))
ORDER BY indrelid::regclass::text, indexrelid::regclass::text
"""


class Constraint(NamedTuple):
    """A constraint of a table, as the database writes it; names are quoted where they need it."""

    table: str
    name: str
    definition: str


@contextmanager
def indexes_set_aside(tables: list[str]) -> Iterator[None]:
    """Without foreign keys, unique constraints and indexes of these tables until the end, where all
    are made again.

    For a transaction that nobody else waits for: the tables are locked, and those they point to.
    Where it fails, its end brings everything back.
    """
    names = [connection.ops.quote_name(table) for table in tables]
    with connection.cursor() as cursor:
        dropped = []
        for kind in ("f", "u"):  # a foreign key leans on a unique constraint
            cursor.execute(CONSTRAINTS, [names, kind])
            dropped.append([Constraint(*row) for row in cursor.fetchall()])
            for constraint in dropped[-1]:
                cursor.execute(f"ALTER TABLE {constraint.table} DROP CONSTRAINT {constraint.name}")
        cursor.execute(INDEXES, [names])
        indexes: list[tuple[str, str]] = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
    yield
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL maintenance_work_mem = '{MEMORY}'")
        foreign, unique = dropped
        for constraint in unique:
            add(cursor, constraint)
        for _name, definition in indexes:
            cursor.execute(definition)
        for constraint in foreign:
            add(cursor, constraint)


def add(cursor: CursorWrapper, constraint: Constraint) -> None:
    """Makes a constraint again; the database looks at every row."""
    cursor.execute(
        f"ALTER TABLE {constraint.table} ADD CONSTRAINT {constraint.name} {constraint.definition}"
    )
