"""Making tables of facts: temporary ones of the transaction."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

from django.db import connection

from reports.figures.counting import Parameter

# Above this size the database takes stock of what a table holds: what it knows nothing of it takes
# for small, and reads it again for every row of another.
LARGE = 256 * 1024  # bytes
TAKE_STOCK = (
    "DO $$ BEGIN IF pg_relation_size('{table}') > {large} THEN ANALYZE {table}; END IF; END $$"
)
CREATION = re.compile(r"\s*CREATE TEMPORARY TABLE (\w+) ON COMMIT DROP AS\b")


def execute_statements(statements: Iterable[str], parameters: Mapping[str, Parameter]) -> None:
    """Runs statements that make tables of facts, in their order and at one go.

    A table that an earlier window of this transaction left is emptied and filled anew: to make one,
    with room for long texts, takes the database longer than most of them take to fill.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind"
            " = 'r'"
        )
        there = {name for (name,) in cursor.fetchall()}
        cursor.execute(
            ";\n".join(create_or_refill(statement, there) for statement in statements), parameters
        )


def create_or_refill(statement: str, there: Container[str]) -> str:
    """The statement, or where its table is there already the two that fill it anew; and a look at
    how much it holds."""
    creation = CREATION.match(statement)
    if creation is None:
        return statement
    table = creation[1]
    if table in there:
        statement = f"TRUNCATE {table};\nINSERT INTO {table}{statement[creation.end() :]}"
    return f"{statement};\n{TAKE_STOCK.format(table=table, large=LARGE)}"


def text_array(values: Iterable[str]) -> str:
    """The SQL of an array of words: codes of this project, never what somebody typed."""
    words = ", ".join(f"'{value}'" for value in values)
    return f"ARRAY[{words}]"
