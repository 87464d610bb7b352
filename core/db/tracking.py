"""Which updates history records.

Columns with names are left out of history, but a change of them alone is an event too.
"""

from __future__ import annotations

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import BrinIndex
from django.db.models import Index

# The row that a history is of, where `history_by_row` is its index.
ROW_WITHOUT_INDEX = pghistory.ObjForeignKey(related_name="history", db_index=False)
ANY_CHANGE = pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*")


def any_change_but(*columns: str) -> pgtrigger.Condition:
    """Any change but one of these columns alone."""
    without = "".join(f" - '{c}'" for c in columns)
    return pgtrigger.Condition(
        f"((to_jsonb(OLD){without}) IS DISTINCT FROM (to_jsonb(NEW){without}))"
    )


def history_by_time(name: str) -> BrinIndex:
    """For reports that ask what was recorded between two cut-offs: history grows at its end, so
    that a small index of ranges will do."""
    return BrinIndex(fields=["pgh_created_at"], name=name, autosummarize=True)


def history_by_row(name: str) -> Index:
    """For figures that ask what many rows were as of an instant: the last version before it is
    found at once, where the row's index alone would read all of them."""
    return Index(fields=["pgh_obj", "pgh_created_at", "pgh_id"], name=name)
