"""What is published never changes: kept so by the database, whoever asks it."""

from __future__ import annotations

import pgtrigger

REFUSED = (
    "RAISE EXCEPTION 'Published is never changed: % of % % is refused', TG_OP, TG_TABLE_NAME,"
    " OLD.id;"
)


def published_stays(name: str, *but: str) -> list[pgtrigger.Trigger]:
    """Triggers of a table with `published_at`: once that is set, a row is not removed, and only the
    columns `but` change."""
    without = "".join(f" - '{column}'" for column in but)
    published = 'OLD."published_at" IS NOT NULL'
    changed = (
        f"{published} AND ((to_jsonb(OLD){without}) IS DISTINCT FROM (to_jsonb(NEW){without}))"
    )
    return [
        pgtrigger.Trigger(
            name=f"published_{name}_{what}",
            when=pgtrigger.Before,
            operation=operation,
            condition=pgtrigger.Condition(condition),
            func=REFUSED,
        )
        for what, operation, condition in (
            ("unchanged", pgtrigger.Update, changed),
            ("kept", pgtrigger.Delete, published),
        )
    ]


def rows_stay(name: str) -> pgtrigger.Trigger:
    """The trigger of a table whose rows belong to a revision: once that is published, none of them
    changes or is removed."""
    return pgtrigger.Trigger(
        name=f"published_{name}_stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
        IF EXISTS (SELECT FROM reports_reportrevision r WHERE r.id = OLD.revision_id AND r.published_at IS NOT NULL) THEN {REFUSED} END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
    )
