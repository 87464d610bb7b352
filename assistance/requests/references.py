"""References: `KEN-2026-0007`. Given inside the transaction that needs them, so that one that fails
gives its number back: no gaps."""

from __future__ import annotations

from django.db import connection

ENGAGEMENTS = "ENG"
TAKE_NEXT = """
INSERT INTO assistance_referencecounter AS counter (series, year, last) VALUES (%s, %s, %s)
ON CONFLICT (series, year) DO UPDATE SET last = counter.last + excluded.last
RETURNING last
"""


def next_reference(series: str, year: int) -> str:
    """The next reference of a series (a country's ISO 3166 alpha-3 code, or ENG) and year.

    The counter's row stays locked until the caller's transaction ends: who comes at the same time
    waits and gets the next number. Raises RuntimeError outside a transaction, where the lock would
    hold nothing.
    """
    return next_references(series, year, 1)[0]


def next_references(series: str, year: int, count: int) -> list[str]:
    """As many references that follow each other, taken at once: an import of thousands asks once.

    Raises as `next_reference` does.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A reference is taken only inside a transaction.")
    with connection.cursor() as cursor:
        cursor.execute(TAKE_NEXT, [series, year, count])
        (last,) = cursor.fetchone()
    return [f"{series}-{year}-{number:04d}" for number in range(last - count + 1, last + 1)]
