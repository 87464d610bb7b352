"""What was held in a window, who took part, and what was delivered."""

from __future__ import annotations

from reports.figures import scope as within
from reports.figures.facts.windows import FigureWindow
from reports.figures.history import KNOWN, row_as_of, row_as_of_or_first, rows_as_of


def donor_of(funding: str, known: str) -> str:
    """The SQL of a lateral row with the donor of a contribution as known before an instant; of one
    recorded later, as it was first recorded."""
    return row_as_of_or_first(
        "assistance_fundingevent", funding, known=known, columns="told.donor_id"
    )


def took_part_condition(engagement: str, known: str, *, held_only: bool = True) -> str:
    """The SQL condition that a country of the scope took part in a part of an engagement that was
    held, as known before an instant; without `held_only` also in one that is still to be
    recorded."""
    counts = "AND known_part.held_on IS NOT NULL AND NOT known_row.is_expected" if held_only else ""
    parts = rows_as_of(
        "assistance_engagementpartevent", f"engagement_id = {engagement}", known=known
    )
    rows = rows_as_of(
        "assistance_countryparticipationevent", "part_id = known_part.pgh_obj_id", known=known
    )
    return f"""EXISTS (
        SELECT FROM {parts} known_part JOIN LATERAL {rows} known_row
          ON known_row.pgh_label <> 'delete'
        JOIN countries_country known_country ON known_country.id = known_row.country_id
        WHERE known_part.pgh_label <> 'delete' AND known_part.struck_on IS NULL {counts}
          AND {within.countries("known_row.country_id", "known_country.region", "known_part.ends_on")})"""


# Which parts count: those of which it was recorded that they took place, whatever became of their
# engagement since, unless they were struck out. Source: the rules of the programme, section 3.
HELD = "part.held_on IS NOT NULL AND part.struck_on IS NULL AND e.state <> 'recorded'"


# Parts of engagements that ended in the period and were held, as recorded before an instant.
PARTS = (
    """
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
SELECT part.pgh_obj_id AS id, part.engagement_id, e.reference, e.title, e.type, e.modality,
  pillar.code AS pillar, e.state, part.starts_on, part.ends_on,
       part.actual_cost AS cost, part.days, part.hours, e.currency, e.ends_on AS engagement_ends_on,
         e.reach, e.funding_id, e.theme_codes, e.tool_codes,
       donor.id AS donor_id, donor.title AS donor
FROM ({candidates}) candidate
CROSS JOIN LATERAL """
    + row_as_of("assistance_engagementpartevent", "candidate.pgh_obj_id", known=KNOWN)
    + """ part
CROSS JOIN LATERAL """
    + row_as_of("assistance_engagementhistory", "part.engagement_id", known=KNOWN)
    + """ e
LEFT JOIN assistance_pillar pillar ON pillar.id = e.pillar_id
LEFT JOIN LATERAL {donor_of} funded ON true
LEFT JOIN assistance_donor donor ON donor.id = funded.donor_id
WHERE e.programme_id = %(programme)s AND e.pgh_label <> 'delete' AND part.pgh_label <> 'delete'
  AND {held}
  AND part.ends_on >= %(start)s AND part.ends_on < %(end)s
  AND (%(pillar)s::bigint IS NULL OR e.pillar_id = %(pillar)s)
  AND (%(donor)s::bigint IS NULL OR donor.id = %(donor)s)
  AND (%(engagement)s::bigint IS NULL OR e.pgh_obj_id = %(engagement)s)
"""
)


ENDED = (
    "SELECT DISTINCT pgh_obj_id FROM assistance_engagementpartevent WHERE ends_on >= %(start)s AND"
    " ends_on < %(end)s AND pgh_created_at < %({known})s"
)


def parts(table: str, known: str, *, candidates: str = "") -> str:
    """The SQL of a table of parts held, as known before an instant: those that ended in the period,
    unless other candidates are given."""
    found = candidates or ENDED.format(known=known)
    return PARTS.format(
        table=table,
        known=known,
        candidates=found,
        held=HELD,
        donor_of=donor_of("e.funding_id", known),
    )


# Who took part in those parts; numbers that were only expected count nowhere.
PARTICIPATION = (
    """
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
SELECT row.pgh_obj_id AS id, row.part_id, f.engagement_id, f.reference, f.type, f.pillar, f.ends_on,
  row.country_id, c.iso3, c.region,
       row.women, row.men, row.other, row.unknown,
       CASE WHEN COALESCE(row.women, row.men, row.other, row.unknown) IS NULL THEN NULL
            ELSE COALESCE(row.women, 0) + COALESCE(row.men, 0)
                 + COALESCE(row.other, 0) + COALESCE(row.unknown, 0) END AS total,
       f.type NOT IN ('equipment', 'study', 'legislative_review', 'awareness_campaign')
           AS counts_people,
       ARRAY(SELECT m.code FROM fact_membership m WHERE m.country_id = row.country_id
         AND m.valid_from <= f.ends_on
             AND (m.valid_until IS NULL OR m.valid_until > f.ends_on) ORDER BY m.code) AS groups
FROM {parts} f
JOIN LATERAL """
    + rows_as_of("assistance_countryparticipationevent", "part_id = f.id", known=KNOWN)
    + """ row ON row.pgh_label <> 'delete'
JOIN countries_country c ON c.id = row.country_id
WHERE NOT row.is_expected AND """
    + within.countries("row.country_id", "c.region", "f.ends_on")
)


# Engagements whose last part ended in the period. Of some countries, those in any part of which
# they took part.
DELIVERED = """
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
SELECT DISTINCT engagement_id AS id, reference, type, pillar, modality, theme_codes,
  tool_codes, state,  engagement_ends_on AS ends_on FROM {parts}
WHERE state IN ('delivered', 'verified') AND engagement_ends_on >= %(start)s
  AND engagement_ends_on < %(end)s
  AND {came}
"""


def delivered(table: str, parts_table: str, known: str) -> str:
    """The SQL of a table of the engagements delivered, out of a table of parts that none was taken
    from."""
    took_part = took_part_condition(f"{parts_table}.engagement_id", known)
    return DELIVERED.format(
        table=table, parts=parts_table, came=f"({within.ALL_COUNTRIES} OR {took_part})"
    )


# Of some countries, only the parts in which they took part.
ONLY_THEIR_PARTS = (
    "DELETE FROM {parts} f WHERE NOT EXISTS (SELECT FROM {rows} p WHERE p.part_id = f.id)"
)


# Who else took part in them: a part's cost is its whole cost, and is not told apart by country.
OTHERS = (
    """
CREATE TEMPORARY TABLE {table} ON COMMIT DROP AS
SELECT DISTINCT f.id AS part_id, row.country_id
FROM {parts} f
JOIN LATERAL """
    + rows_as_of("assistance_countryparticipationevent", "part_id = f.id", known=KNOWN)
    + """ row ON row.pgh_label <> 'delete' AND NOT row.is_expected
WHERE NOT EXISTS (SELECT FROM {rows} own WHERE own.part_id = f.id
  AND own.country_id = row.country_id)
"""
)


# When a part last reached each country by the end of the period, as known at the cut-off: of all that
# was ever recorded, so that it comes from the summary (`reports/summaries/reach.py`).
REACHED = """
CREATE TEMPORARY TABLE fact_reached ON COMMIT DROP AS
SELECT c.id AS country_id, reached.last_on FROM countries_country c CROSS JOIN LATERAL (
    SELECT ends_on AS last_on FROM reports_reachchange r
    WHERE r.programme_id = %(programme)s AND r.country_id = c.id
      AND r.ends_on < %(end)s AND r.recorded_at < %(cutoff)s
      AND (%(pillar)s::bigint IS NULL OR r.pillar_id = %(pillar)s)
    GROUP BY r.ends_on HAVING sum(r.change) > 0 ORDER BY r.ends_on DESC LIMIT 1
) reached
"""


def delivery(
    parts_table: str,
    rows: str,
    engagements: str,
    others: str,
    known: str,
    window: FigureWindow,
    candidates: str = "",
) -> list[tuple[str, str]]:
    """Tables of what was held in a window, as known before an instant, each with the SQL that makes
    it or takes from it: parts, participation, engagements delivered, and who else took part in the
    parts of some countries."""
    made = [
        (parts_table, parts(parts_table, known, candidates=candidates)),
        (rows, PARTICIPATION.format(table=rows, parts=parts_table, known=known)),
        (engagements, delivered(engagements, parts_table, known)),
        (others, OTHERS.format(table=others, parts=parts_table, rows=rows, known=known)),
    ]
    if window.scope.narrows_countries:
        made.insert(3, (parts_table, ONLY_THEIR_PARTS.format(parts=parts_table, rows=rows)))
    return made
