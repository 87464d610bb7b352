"""Which countries a programme has reached, and when last: kept up by the database beside every change
of who took part in what.

A country is reached by a part of an engagement that was held, was not struck out, and in which its
participation is more than expected (the rules of the programme, section 3). The functions work with
their owner's rights, since the countries' role reads no summary; a lock an engagement, held to the
end of the transaction, lets two who change one engagement see what the other has appended.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from audit.verification import list_ids

KEY = "engagement, programme_id, country_id, pillar_id, ends_on"
COUNTS = "part.held_on IS NOT NULL AND part.struck_on IS NULL"
PRESENT = f"""
SELECT e.id AS engagement, e.programme_id, took.country_id, e.pillar_id, part.ends_on
FROM assistance_engagement e JOIN assistance_engagementpart part ON part.engagement_id = e.id
JOIN assistance_countryparticipation took ON took.part_id = part.id
WHERE {COUNTS} AND e.state <> 'recorded' AND NOT took.is_expected
"""
APPEND = f"""
CREATE OR REPLACE FUNCTION meridian_append_reach(engagements bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('reach'), (changed % 2147483647)::int)
    FROM (SELECT DISTINCT unnest(engagements) AS changed ORDER BY 1) ordered;
    INSERT INTO reports_reachchange ({KEY}, recorded_at, change)
    SELECT {KEY}, now(), sum(rows) FROM (
        SELECT {KEY}, 1 AS rows FROM ({PRESENT} AND e.id = ANY (engagements)) present
        UNION ALL
        SELECT {KEY}, -change FROM reports_reachchange WHERE engagement = ANY (engagements)
    ) both_sides GROUP BY {KEY} HAVING sum(rows) <> 0;
END $$;
"""
# What a statement has changed decides whether anything is counted again.
CHANGED = """
CREATE OR REPLACE FUNCTION meridian_reach_of_participation() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    engagements bigint[];
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT array_agg(DISTINCT part.engagement_id) INTO engagements
        FROM new_rows n JOIN assistance_engagementpart part ON part.id = n.part_id
        WHERE NOT n.is_expected;
    ELSIF TG_OP = 'DELETE' THEN
        SELECT array_agg(DISTINCT part.engagement_id) INTO engagements
        FROM old_rows o JOIN assistance_engagementpart part ON part.id = o.part_id
        WHERE NOT o.is_expected;
    ELSE
        SELECT array_agg(DISTINCT part.engagement_id) INTO engagements
        FROM old_rows o JOIN new_rows n USING (id)
        JOIN assistance_engagementpart part ON part.id IN (o.part_id, n.part_id)
        WHERE (o.part_id, o.country_id, o.is_expected)
            IS DISTINCT FROM (n.part_id, n.country_id, n.is_expected);
    END IF;
    IF engagements IS NOT NULL THEN
        PERFORM meridian_append_reach(engagements);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION meridian_reach_of_part() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    engagements bigint[];
BEGIN
    SELECT array_agg(DISTINCT changed) INTO engagements
    FROM old_rows o JOIN new_rows n USING (id),
        LATERAL unnest(ARRAY[o.engagement_id, n.engagement_id]) changed
    WHERE (o.engagement_id, o.ends_on, o.held_on IS NULL, o.struck_on IS NULL)
        IS DISTINCT FROM (n.engagement_id, n.ends_on, n.held_on IS NULL, n.struck_on IS NULL);
    IF engagements IS NOT NULL THEN
        PERFORM meridian_append_reach(engagements);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION meridian_reach_of_engagement() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    engagements bigint[];
BEGIN
    SELECT array_agg(n.id) INTO engagements
    FROM old_rows o JOIN new_rows n USING (id)
    WHERE (o.programme_id, o.pillar_id, o.state = 'recorded')
        IS DISTINCT FROM (n.programme_id, n.pillar_id, n.state = 'recorded');
    IF engagements IS NOT NULL THEN
        PERFORM meridian_append_reach(engagements);
    END IF;
    RETURN NULL;
END $$;
"""
NEW, OLD = "NEW TABLE AS new_rows", "OLD TABLE AS old_rows"
# table, what changes it, rows before and after, function; an engagement or a part is made before
# anybody takes part in it, and goes after them
WATCHED = (
    ("assistance_countryparticipation", "INSERT", NEW, "meridian_reach_of_participation"),
    ("assistance_countryparticipation", "DELETE", OLD, "meridian_reach_of_participation"),
    (
        "assistance_countryparticipation",
        "UPDATE",
        f"{OLD} {NEW}",
        "meridian_reach_of_participation",
    ),
    ("assistance_engagementpart", "UPDATE", f"{OLD} {NEW}", "meridian_reach_of_part"),
    ("assistance_engagement", "UPDATE", f"{OLD} {NEW}", "meridian_reach_of_engagement"),
)


def versions(history: str, columns: str, condition: str) -> str:
    """The SQL of a table: of every row the spans of time in which these columns were known to be as
    they were, where they met the condition."""
    return f"""(
        SELECT id, {columns}, since, lead(since, 1, 'infinity') OVER same AS until, counts FROM (
            SELECT *, lag(said) OVER same IS NOT DISTINCT FROM said AS is_same FROM (
                SELECT pgh_obj_id AS id, {columns}, pgh_id, pgh_created_at AS since,
                    pgh_label <> 'delete' AND ({condition}) AS counts,
                    ROW({columns}, pgh_label <> 'delete' AND ({condition})) AS said
                FROM (
                    SELECT DISTINCT ON (pgh_obj_id, pgh_created_at) * FROM {history}
                    ORDER BY pgh_obj_id, pgh_created_at, pgh_id DESC
                ) last_of_an_instant
            ) told WINDOW same AS (PARTITION BY id ORDER BY since)
        ) marked WHERE NOT is_same WINDOW same AS (PARTITION BY id ORDER BY since)
    )"""


PARTICIPATION = versions(
    "assistance_countryparticipationevent", "part_id, country_id", "NOT is_expected"
)
PART = versions(
    "assistance_engagementpartevent",
    "engagement_id, ends_on",
    "held_on IS NOT NULL AND struck_on IS NULL",
)
ENGAGEMENT = versions(
    "assistance_engagementhistory", "programme_id, pillar_id", "state <> 'recorded'"
)
# The same out of history: what must have been appended, and when.
FROM_HISTORY = f"""
WITH took AS MATERIALIZED (
    SELECT * FROM {PARTICIPATION} v
    WHERE counts
), part AS MATERIALIZED (
    SELECT * FROM {PART} v
    WHERE counts
), engagement AS MATERIALIZED (
    SELECT * FROM {ENGAGEMENT} v
    WHERE counts
), counted AS (
    SELECT e.id AS engagement, e.programme_id, took.country_id, e.pillar_id, part.ends_on,
        greatest(took.since, part.since, e.since) AS since,
        least(took.until, part.until, e.until) AS until
    FROM took JOIN part ON part.id = took.part_id JOIN engagement e ON e.id = part.engagement_id
)
SELECT {KEY}, recorded_at, sum(rows) AS change FROM (
    SELECT {KEY}, since AS recorded_at, 1 AS rows FROM counted WHERE since < until
    UNION ALL
    SELECT {KEY}, until, -1 FROM counted WHERE since < until AND until < 'infinity'
) moved GROUP BY {KEY}, recorded_at HAVING sum(rows) <> 0
"""
# Where rows and summary differ: now, or as known at the cut-off of a report.
DIFFERENT = f"""
WITH difference AS MATERIALIZED (
    SELECT {KEY}, recorded_at, sum(change) AS rows FROM (
        SELECT {KEY}, recorded_at, change FROM ({FROM_HISTORY}) history
        UNION ALL SELECT {KEY}, recorded_at, -change FROM reports_reachchange
    ) both_sides GROUP BY {KEY}, recorded_at HAVING sum(change) <> 0
), instant AS (
    SELECT 'infinity'::timestamptz AS cutoff UNION SELECT cutoff_at FROM reports_report
)
SELECT DISTINCT engagement FROM (
    SELECT engagement FROM difference JOIN instant ON recorded_at < cutoff
    GROUP BY {KEY}, cutoff HAVING sum(rows) <> 0
    UNION
    SELECT engagement FROM (
        SELECT {KEY}, 1 AS rows FROM ({PRESENT}) present
        UNION ALL SELECT {KEY}, -change FROM reports_reachchange
    ) both_sides GROUP BY {KEY} HAVING sum(rows) <> 0
) found ORDER BY 1
"""


def install_reach(apps: object = None, schema_editor: object = None) -> None:
    """Sums up what is there and from now on what changes; for migrations. Safe to repeat."""
    fill_reach()
    with connection.cursor() as cursor:
        cursor.execute(APPEND + CHANGED)
        for table, change, rows, function in WATCHED:
            cursor.execute(
                f"CREATE OR REPLACE TRIGGER reach_{change.lower()} AFTER {change} ON {table}"
                f" REFERENCING {rows} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            )


def fill_reach() -> None:
    """Sums up what history tells, where nothing is summed up yet: what was there before, and what was
    written while triggers slept."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM reports_reachchange)")
        if not cursor.fetchone()[0]:
            cursor.execute(
                f"INSERT INTO reports_reachchange ({KEY}, recorded_at, change) {FROM_HISTORY}"
            )


def findings() -> Iterator[str]:
    """A sentence where the summary says something else than the rows and their history."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENT)
        wrong = [pk for (pk,) in cursor.fetchall()]
    if wrong:
        yield (
            f"Whom {len(wrong)} engagements reached is summed up otherwise than recorded:"
            f" {list_ids(wrong)}"
        )
