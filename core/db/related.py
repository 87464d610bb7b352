"""What several foreign keys lead to, by one query a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import ForeignKey, Model

from core.db.compiled import objects_by_id


def load_related(rows: Iterable[Model], *names: str) -> None:
    """Gives rows of one model what these foreign keys of theirs lead to.

    `select_related` joins a table for each of them: with a dozen the database plans longer than it
    reads, and three people of one case are three joins. `prefetch_related` asks for each by itself.
    """
    rows = list(rows)
    wanted: dict[type[Model], list[ForeignKey[Model, Model]]] = defaultdict(list)
    for name in names if rows else ():
        field = rows[0]._meta.get_field(name)
        if not isinstance(field, ForeignKey):
            raise TypeError(f"{name} is no foreign key")
        wanted[field.remote_field.model].append(field)
    for model, fields in wanted.items():
        ids = {getattr(row, field.attname) for row in rows for field in fields} - {None}
        found = objects_by_id(model, ids)
        for row in rows:
            for field in fields:
                # nothing also where the reader's role does not see the row, as a join would give
                field.set_cached_value(row, found.get(getattr(row, field.attname)))
