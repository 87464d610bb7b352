"""Making tables of facts: temporary ones of the transaction."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

from django.db import connection

from reports.figures.counting import Parameter

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
    """The statement, or where its table is there already the two that fill it anew."""
    creation = CREATION.match(statement)
    if creation is None or creation[1] not in there:
        return statement
    return f"TRUNCATE {creation[1]};\nINSERT INTO {creation[1]}{statement[creation.end() :]}"


def text_array(values: Iterable[str]) -> str:
    """The SQL of an array of words: codes of this project, never what somebody typed."""
    words = ", ".join(f"'{value}'" for value in values)
    return f"ARRAY[{words}]"
