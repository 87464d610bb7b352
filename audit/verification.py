"""Does every row still say what its history says?

A row altered behind the triggers' back is found here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from django.apps import apps
from django.db import connection, models

from core.db import append_only

if TYPE_CHECKING:
    from audit.types import HistoryRow

MOST_SHOWN = 20  # ids a finding names


def tracked_models() -> Iterator[tuple[type[models.Model], type[HistoryRow]]]:
    """Every model with a history, and the history."""
    for history in apps.get_models():
        model = getattr(history, "pgh_tracked_model", None)
        if model is not None and history._meta.managed:
            yield model, cast("type[HistoryRow]", history)


def shared_columns(model: type[models.Model], history: type[models.Model]) -> list[str]:
    """Columns that both tables have, without the history's own."""
    kept = {f.column for f in history._meta.concrete_fields if not f.column.startswith("pgh_")}
    return [f.column for f in model._meta.concrete_fields if f.column in kept]


def altered_rows(model: type[models.Model], history: type[models.Model]) -> list[int]:
    """Ids of rows that differ from the last row of their history or have none, and of rows whose
    removal the history does not know.

    The last is that of the highest number, not of the latest time: time is that of a transaction's
    begin, and one that began earlier may have waited for the row and changed it last.
    """
    table, past = model._meta.db_table, history._meta.db_table
    columns = shared_columns(model, history)
    now, then = (", ".join(f'{alias}."{c}"' for c in columns) for alias in ("t", "h"))
    sql = f"""
        SELECT t.id FROM "{table}" t
        LEFT JOIN LATERAL (SELECT * FROM "{past}" WHERE pgh_obj_id = t.id ORDER BY pgh_id DESC LIMIT 1) h ON true
        WHERE h.pgh_id IS NULL OR h.pgh_label = 'delete' OR ({now}) IS DISTINCT FROM ({then})
        UNION
        SELECT gone.pgh_obj_id FROM (SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id, pgh_label FROM "{past}" ORDER BY pgh_obj_id, pgh_id DESC) gone
        WHERE gone.pgh_label <> 'delete' AND NOT EXISTS (SELECT FROM "{table}" t WHERE t.id = gone.pgh_obj_id)
        ORDER BY 1
    """  # noqa: S608 names of tables and columns are Django's own
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [pk for (pk,) in cursor.fetchall()]


def ids_without_beginning(history: type[models.Model]) -> list[int]:
    """Ids of rows whose history does not begin with their insertion, so that its beginning was
    taken away."""
    past = history._meta.db_table
    sql = f"""
        SELECT pgh_obj_id FROM (SELECT DISTINCT ON (pgh_obj_id) pgh_obj_id, pgh_label FROM "{past}" ORDER BY pgh_obj_id, pgh_id) first
        WHERE pgh_label <> 'insert' ORDER BY 1
    """  # noqa: S608 names of tables are Django's own
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [pk for (pk,) in cursor.fetchall()]


def findings() -> Iterator[str]:
    """A sentence for every table in which something does not hold, or could be taken away unseen."""
    if unguarded := append_only.unguarded_tables():
        yield (
            f"{len(unguarded)} tables can be emptied, since their guard is missing or asleep"
            f" (`manage.py migrate` sets it up): {list_ids(unguarded)}"
        )
    for model, history in tracked_models():
        if without := ids_without_beginning(history):
            yield (
                f"{model._meta.label}: the history of {len(without)} rows does not begin with their"
                f" insertion: {list_ids(without)}"
            )
        wrong = altered_rows(model, history)
        if wrong:
            yield (
                f"{model._meta.label}: {len(wrong)} rows are not what their history says:"
                f" {list_ids(wrong)}"
            )


def list_ids(ids: Sequence[object]) -> str:
    """The first ids of a finding."""
    return ", ".join(str(i) for i in ids[:MOST_SHOWN]) + (" …" if len(ids) > MOST_SHOWN else "")
