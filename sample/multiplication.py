"""Copies of everything that was simulated, made by the database: each with numbers and references of
its own, a few milliseconds after the one before it.

People, countries, programmes and funds stay the same ones. A copy bears the same days as its
original, since what is open today must be as old; times are simulated to the second, so that
milliseconds move nothing past a midnight, and tell the copies apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.db import connection, models
from django.db.models import Field

from assistance.models import (
    AssistanceRequest,
    CaseEvent,
    Engagement,
    EngagementEvent,
)
from sample.bulk_copy import Table

REFERRED = (AssistanceRequest, Engagement)  # what people call by a reference
LATER = "copy.number * interval '1 millisecond'"
# Every reference with its number, and by how much that of the next copy is higher.
REFERENCES = """
CREATE TEMPORARY TABLE sample_reference ON COMMIT DROP AS
SELECT reference, stem, number, max(number) OVER (PARTITION BY stem) AS step
FROM (
    SELECT reference, left(reference, 9) AS stem, substr(reference, 10)::int AS number FROM (
        SELECT reference FROM assistance_assistancerequest WHERE reference IS NOT NULL
        UNION ALL SELECT reference FROM assistance_engagement
    ) given
) parts;
CREATE UNIQUE INDEX ON sample_reference (reference);
ANALYZE sample_reference;
"""
OF_COPY = """(given.stem || CASE WHEN given.number + copy.number * given.step > 9999
    THEN (given.number + copy.number * given.step)::text
    ELSE to_char(given.number + copy.number * given.step, 'FM0000') END)"""

# What events say beside their columns: columns and joins of them.
CASE_DATA = f"""CASE
    WHEN original.data ? 'reference'
    THEN original.data || jsonb_build_object('reference', {OF_COPY})
    WHEN original.data ? 'merged_into'
    THEN original.data || jsonb_build_object(
        'merged_into', (original.data ->> 'merged_into')::bigint + copy.number * {{requests}})
    ELSE original.data END"""
ENGAGEMENT_DATA = f"""CASE
    WHEN original.data -> 'requests' <> '[]'
    THEN original.data || jsonb_build_object('requests', (
        SELECT jsonb_agg({OF_COPY} ORDER BY place)
        FROM jsonb_array_elements_text(original.data -> 'requests')
            WITH ORDINALITY named (reference, place)
        JOIN sample_reference given USING (reference)))
    ELSE original.data END"""  # noqa: S608 nothing of it comes from outside
BY_COLUMN = "LEFT JOIN sample_reference given ON given.reference = original.reference"
BY_DATA = "LEFT JOIN sample_reference given ON given.reference = original.data ->> 'reference'"


class Multiplication:
    """All that was simulated, so many `times`."""

    def __init__(
        self,
        tables: dict[type[models.Model], Table],
        references: Counter[tuple[str, int]],
        times: int,
        say: Callable[[str], object],
    ) -> None:
        self.tables = tables  # what they point to beside each other stays the same
        self.references, self.times, self.say = references, times, say

    def run(self) -> None:
        """Inserts the copies, one after the other; what is written next follows them."""
        statements = [
            self.statement(table, model)
            for table in self.tables.values()
            for model in (table.model, table.history)
            if model is not None
        ]
        with connection.cursor() as cursor:
            cursor.execute(REFERENCES)
            # by the primary key, whose end is known, and not through the copies made before
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
            for number in range(1, self.times):
                for statement in statements:
                    cursor.execute(statement, [number])
                self.say(f"Copied {number} of {self.times - 1} times …")
            cursor.execute("SET LOCAL enable_seqscan = on")
            cursor.execute("SET LOCAL enable_bitmapscan = on")
        for table in self.tables.values():
            table.copied(self.times)
        for key in self.references:
            self.references[key] *= self.times

    def statement(self, table: Table, model: type[models.Model]) -> str:
        """SQL that inserts one copy, whose number it is given, of a table or of its history."""
        quote = connection.ops.quote_name
        fields = [f for f in model._meta.local_concrete_fields if not f.generated]
        columns = ", ".join(quote(f.column) for f in fields)
        values = ", ".join(self.value(table, model, f) for f in fields)
        join = BY_COLUMN if table.model in REFERRED else BY_DATA if model is CaseEvent else ""
        key, first, last = table.keys(model)
        return f"""
            INSERT INTO {quote(model._meta.db_table)} ({columns})
            SELECT {values} FROM {quote(model._meta.db_table)} original
            CROSS JOIN (SELECT %s::bigint AS number) copy {join}
            WHERE original.{key} > {first} AND original.{key} <= {last} ORDER BY original.{key}
        """  # noqa: S608 names of tables and columns are ours

    def value(self, table: Table, model: type[models.Model], field: Field[object, object]) -> str:
        """SQL of a column's value in the copy."""
        same = f"original.{connection.ops.quote_name(field.column)}"
        if field.column == "session_id":
            return "NULL"  # no session had so many delegates
        if field.column == "pgh_id":
            return f"{same} + copy.number * {table.history_numbered}"
        if field.column in ("id", "pgh_obj_id"):
            return f"{same} + copy.number * {table.numbered}"
        if field.is_relation and field.related_model in self.tables:
            return f"{same} + copy.number * {self.tables[field.related_model].numbered}"
        if table.model in REFERRED and field.name == "reference":
            return OF_COPY
        if field.name == "data" and model is CaseEvent:
            return CASE_DATA.format(requests=self.tables[AssistanceRequest].numbered)
        if field.name == "data" and model is EngagementEvent:
            return ENGAGEMENT_DATA
        if isinstance(field, models.DateTimeField):
            return f"{same} + {LATER}"
        return same
