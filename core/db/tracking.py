"""Which updates history records. Columns with names are left out of history, but a change of them alone is an event too."""

from __future__ import annotations

import pgtrigger

ANY_CHANGE = pgtrigger.Condition("OLD.* IS DISTINCT FROM NEW.*")


def any_change_but(*columns: str) -> pgtrigger.Condition:
    """Any change but one of these columns alone."""
    without = "".join(f" - '{c}'" for c in columns)
    return pgtrigger.Condition(
        f"((to_jsonb(OLD){without}) IS DISTINCT FROM (to_jsonb(NEW){without}))"
    )
