"""The chain of events: each event of a case or an engagement is sealed with a hash over the seal
before it and all that it says.

The database writes the seals itself, beside the events, so that an event that is changed, removed
or put in later, and a seal that is, is found by `manage.py verify`. Texts can be erased: of them
the event, and with it the seal, holds the hash only. Seals of a case follow each other in the order
of their own numbers, which are given under a lock of the case.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from audit.verification import list_ids

SEALED = {  # kind: table of the events, whose they are, and the columns that are sealed (all of them)
    "case": (
        "assistance_caseevent",
        "request_id",
        (
            "id",
            "request_id",
            "round",
            "action",
            "from_state",
            "to_state",
            "actor_id",
            "acted_for_id",
            "on_behalf",
            "shared",
            "data",
            "text_hashes",
        ),
    ),
    "engagement": (
        "assistance_engagementevent",
        "engagement_id",
        ("id", "engagement_id", "action", "from_state", "to_state", "actor_id", "note", "data"),
    ),
}
STEP = """
CREATE OR REPLACE FUNCTION meridian_seal(before text, said text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT encode(sha256(convert_to(before || said, 'UTF8')), 'hex')
$$;
CREATE OR REPLACE AGGREGATE meridian_chain(text) (SFUNC = meridian_seal, STYPE = text, INITCOND = '');
"""


def event_text(kind: str, row: str) -> str:
    """SQL for all that an event says, as one text: the same in every time zone and under every
    setting of the session."""
    columns = [f"{row}.{column}" for column in SEALED[kind][2]] + [f"extract(epoch FROM {row}.at)"]
    return " || ',' || ".join(f"quote_nullable({column})" for column in columns)


def sealing_trigger(kind: str) -> str:
    """SQL of the trigger that seals a new event.

    It works with its owner's rights, since a focal point's role reads neither seals nor notes of
    staff.
    """
    table, owner, _columns = SEALED[kind]
    return f"""
        CREATE OR REPLACE FUNCTION meridian_seal_{kind}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
        DECLARE
            before text;
        BEGIN
            PERFORM pg_advisory_xact_lock(hashtext('seal_{kind}'), (NEW.{owner} % 2147483647)::int);
            SELECT seal INTO before FROM assistance_eventseal WHERE kind = '{kind}' AND subject = NEW.{owner} ORDER BY id DESC LIMIT 1;
            INSERT INTO assistance_eventseal (kind, subject, event, seal)
            VALUES ('{kind}', NEW.{owner}, NEW.id, meridian_seal(coalesce(before, ''), {event_text(kind, "NEW")}));
            RETURN NULL;
        END $$;
        CREATE OR REPLACE TRIGGER event_sealed AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION meridian_seal_{kind}();
    """  # noqa: S608 names of tables are ours


def seal_unsealed() -> None:
    """Seals the events of all cases and engagements that have no seal yet: what was there before
    seals, and what was written while triggers slept."""
    with connection.cursor() as cursor:
        for kind, (table, owner, _columns) in SEALED.items():
            cursor.execute(f"""
                INSERT INTO assistance_eventseal (kind, subject, event, seal)
                SELECT '{kind}', e.{owner}, e.id, meridian_chain({event_text(kind, "e")}) OVER (PARTITION BY e.{owner} ORDER BY e.id) FROM {table} e
                WHERE NOT EXISTS (SELECT FROM assistance_eventseal s WHERE s.kind = '{kind}' AND s.subject = e.{owner})
                ORDER BY e.{owner}, e.id""")  # noqa: S608 names of tables are ours


def install_hash_chain(apps: object = None, schema_editor: object = None) -> None:
    """Seals what is there and from now on each new event; for migrations. Safe to repeat."""
    with connection.cursor() as cursor:
        cursor.execute(STEP)
        seal_unsealed()
        for kind in SEALED:
            cursor.execute(sealing_trigger(kind))


def findings() -> Iterator[str]:
    """A sentence for each kind of which events and seals do not agree."""
    for kind, (table, owner, _columns) in SEALED.items():
        with connection.cursor() as cursor:
            cursor.execute(f"""
                SELECT coalesce(subject, owner), coalesce(event, id),
                    CASE WHEN id IS NULL THEN 'missing' WHEN event IS NULL THEN 'without a seal' ELSE 'not what its seal says' END
                FROM (
                    SELECT s.subject, s.event, s.seal, e.id, e.{owner} AS owner, {event_text(kind, "e")} AS said,
                        coalesce(lag(s.seal) OVER (PARTITION BY s.subject ORDER BY s.id), '') AS before
                    FROM (SELECT * FROM assistance_eventseal WHERE kind = '{kind}') s FULL JOIN {table} e ON e.id = s.event
                ) both_sides
                WHERE id IS NULL OR event IS NULL OR subject <> owner OR seal <> encode(sha256(convert_to(before || said, 'UTF8')), 'hex')
                ORDER BY 1, 2""")  # noqa: S608 names of tables are ours
            wrong = [
                f"{subject} (event {event} is {how})" for subject, event, how in cursor.fetchall()
            ]
        if wrong:
            yield (
                f"The chain of events does not hold at {len(wrong)} events, by {kind}:"
                f" {list_ids(wrong)}"
            )
