"""The number that rises in each transaction that changes what strangers read: the sum of rows that
are added, since one row that all writers update would make them wait for each other, and fail where
they read as of one instant."""

from __future__ import annotations

from django.db import connection

ALWAYS = ("INSERT OR UPDATE OR DELETE", "true")
# what strangers read changes with these, in the same transaction: table, when, of which row
CHANGES = (
    (
        "assistance_assistancerequest",
        "INSERT OR UPDATE",
        "NEW.released_title <> '' OR NEW.publish <> 'nothing'",
    ),
    ("assistance_programme", *ALWAYS),
    ("assistance_pillar", *ALWAYS),
    ("assistance_standard", *ALWAYS),
    ("assistance_programme_tools", *ALWAYS),
    ("assistance_programme_processes", *ALWAYS),
    ("assistance_programme_instruments", *ALWAYS),
    ("assistance_tool", *ALWAYS),
    ("assistance_toolversion", *ALWAYS),
    ("countries_instrument", *ALWAYS),
    ("countries_treatyaction", *ALWAYS),
    ("countries_process", *ALWAYS),
    ("countries_processsession", *ALWAYS),
    ("countries_sessiondocument", *ALWAYS),
    ("portal_newsitem", *ALWAYS),
    ("portal_newsitem_countries", *ALWAYS),
    ("portal_newstext", *ALWAYS),
    ("portal_newspicture", *ALWAYS),
    ("portal_newsagreement", *ALWAYS),
    ("countries_countrygroup", *ALWAYS),
    ("assistance_countrypublication", *ALWAYS),
    ("countries_focalpoint", *ALWAYS),
    ("accounts_user", "UPDATE", "OLD.is_active IS DISTINCT FROM NEW.is_active"),
    ("countries_institution", "UPDATE", "OLD.* IS DISTINCT FROM NEW.*"),
    ("countries_country", "UPDATE", "OLD.* IS DISTINCT FROM NEW.*"),
    ("reports_reportedition", "INSERT OR UPDATE", "NEW.audience = 'public'"),
)
# Once a transaction, however many rows changed. As the owner, since a country's people, who have no
# right on that table, withdraw their consent too.
RAISE_GENERATION = """
CREATE FUNCTION meridian_raise_generation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    here text := pg_current_xact_id()::text;
BEGIN
    IF current_setting('meridian.generation_raised', true) IS DISTINCT FROM here THEN
        INSERT INTO portal_publicchange (steps) VALUES (1);
        PERFORM set_config('meridian.generation_raised', here, true);
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION meridian_raise_generation() FROM PUBLIC;
"""


def raise_generation() -> None:
    """Makes every kept page an old one; does nothing before the table is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('portal_publicchange') IS NOT NULL")
        if cursor.fetchone()[0]:
            cursor.execute("INSERT INTO portal_publicchange (steps) VALUES (1)")


def fold_changes() -> int:
    """Puts all changes into one row; the number of now stays. Returns how many there were. Safe to
    run at the same time as anything."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM portal_publicchange RETURNING steps), folded AS (INSERT INTO"
            " portal_publicchange (steps) SELECT sum(steps) FROM gone HAVING count(*) > 0) SELECT"
            " count(*) FROM gone"
        )
        return int(cursor.fetchone()[0])
