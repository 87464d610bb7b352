"""What no row of history may suffer, as SQL: libraries' triggers refuse changes and removals of
single rows, these the rest.

A table that takes note of its rows' removal, or refuses it, cannot be emptied at once, by which
both would be passed over: histories, what has one, timelines with their texts and seals, looks,
published reports. Which these are the database says; they are guarded after each `migrate`, so that
no migration can forget one. What a change was made in (`pghistory_context`) cannot be removed, and
only what is not known yet is added to it: a request learns its user from a token, never another
one.
"""

from __future__ import annotations

from django.db import connection
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

EMPTYING = "history_not_emptied"
CONTEXT = "pghistory_context"

REFUSE = """
CREATE OR REPLACE FUNCTION meridian_history_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'History is append-only: % of % is refused', TG_OP, TG_TABLE_NAME;
END $$;
CREATE OR REPLACE FUNCTION meridian_context_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.id IS DISTINCT FROM OLD.id OR NEW.created_at IS DISTINCT FROM OLD.created_at
        OR NOT jsonb_strip_nulls(NEW.metadata) @> jsonb_strip_nulls(OLD.metadata)
    THEN
        RAISE EXCEPTION 'History is append-only: % of % is refused', TG_OP, TG_TABLE_NAME;
    END IF;
    RETURN NEW;
END $$;
"""
# the library's own function, which would let the last value win: a request that signs somebody out
# would forget who made its changes
ATTACH = """
CREATE OR REPLACE FUNCTION _pgh_attach_context() RETURNS pghistory_context.id%TYPE LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    _pgh_context_id UUID;
    _pgh_context_metadata JSONB;
BEGIN
    BEGIN
        SELECT INTO _pgh_context_id CURRENT_SETTING('pghistory.context_id');
        SELECT INTO _pgh_context_metadata CURRENT_SETTING('pghistory.context_metadata');
        EXCEPTION WHEN OTHERS THEN
    END;
    IF _pgh_context_id IS NULL OR _pgh_context_metadata IS NULL THEN
        RETURN NULL;
    END IF;
    INSERT INTO pghistory_context (id, metadata, created_at, updated_at) VALUES (_pgh_context_id, _pgh_context_metadata, NOW(), NOW())
    ON CONFLICT (id) DO UPDATE
        SET metadata = jsonb_strip_nulls(EXCLUDED.metadata) || jsonb_strip_nulls(pghistory_context.metadata), updated_at = EXCLUDED.updated_at
        WHERE NOT jsonb_strip_nulls(pghistory_context.metadata) @> jsonb_strip_nulls(EXCLUDED.metadata);
    RETURN _pgh_context_id;
END $$;
"""
GUARD_CONTEXT = f"""
CREATE OR REPLACE TRIGGER context_only_grows BEFORE UPDATE ON {CONTEXT} FOR EACH ROW EXECUTE FUNCTION meridian_context_only_grows();
CREATE OR REPLACE TRIGGER context_stays BEFORE DELETE ON {CONTEXT} FOR EACH ROW EXECUTE FUNCTION meridian_history_stays();
"""


def history_tables() -> list[str]:
    """Every table that holds history, and that of its context."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN"
            " pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname ="
            " current_schema() AND a.attname = 'pgh_id' AND NOT a.attisdropped ORDER BY 1"
        )
        return [*(name for (name,) in cursor.fetchall()), CONTEXT]


def kept_tables() -> list[str]:
    """Every table that may not be emptied: all that have a trigger for each row that is removed,
    and the context of history."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN"
            " pg_namespace n ON n.oid = c.relnamespace"
            " WHERE NOT t.tgisinternal AND t.tgtype & 1 = 1 AND t.tgtype & 8 = 8 AND n.nspname ="
            " current_schema()"  # FOR EACH ROW, ON DELETE
        )
        return sorted({*(name for (name,) in cursor.fetchall()), *history_tables()})


def unguarded_tables() -> list[str]:
    """Tables that could be emptied although they may not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s AND tgenabled IN"
            " ('O', 'A')",
            [EMPTYING],
        )
        guarded = {name.strip('"') for (name,) in cursor.fetchall()}
    return [name for name in kept_tables() if name not in guarded]


def guard_after_migrate(**_signal: object) -> None:
    """Guards what migrations made, once the tables of history are there."""
    if CONTEXT in connection.introspection.table_names():
        guard_tables()


def guard_tables(
    apps: StateApps | None = None, schema_editor: BaseDatabaseSchemaEditor | None = None
) -> None:
    """Guards all tables that are there. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(REFUSE + ATTACH + GUARD_CONTEXT)
        for table in unguarded_tables():
            cursor.execute(
                f'CREATE OR REPLACE TRIGGER {EMPTYING} BEFORE TRUNCATE ON "{table}" FOR EACH'
                " STATEMENT EXECUTE FUNCTION meridian_history_stays()"
            )
