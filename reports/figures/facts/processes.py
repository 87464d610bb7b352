"""What countries did about treaties in a period, and at which sessions the programme's support
brought them."""

from __future__ import annotations

from reports.figures import scope as within
from reports.figures.facts.engagements import donor_of
from reports.figures.history import row_as_of, rows_as_of

# An action that was loaded with the product counts as known since `recorded_at`.
ACTION_KNOWN_SINCE = "CASE WHEN pgh_label = 'insert' THEN recorded_at ELSE pgh_created_at END"
ACTIONS_OF_PERIOD = rows_as_of(
    "countries_treatyactionevent",
    "pgh_obj_id IN (SELECT pgh_obj_id FROM countries_treatyactionevent"
    " WHERE date >= %(start)s AND date < %(end)s)",
    since=ACTION_KNOWN_SINCE,
)

# That there was a session is no secret: it counts as known since it was entered or ever before; its
# dates as they were known at the cut-off.
SESSION_KNOWN_SINCE = (
    "CASE WHEN pgh_label = 'insert' THEN '-infinity'::timestamptz ELSE pgh_created_at END"
)
SESSIONS_OF_PERIOD = rows_as_of(
    "countries_processsessionevent",
    "pgh_obj_id IN (SELECT pgh_obj_id FROM countries_processsessionevent"
    " WHERE ends_on >= %(start)s AND ends_on < %(end)s)",
    since=SESSION_KNOWN_SINCE,
)


def groups_on(country: str, day: str) -> str:
    """The SQL of an array of the groups of which a country was a member on a day."""
    return f"""ARRAY(SELECT m.code FROM fact_membership m WHERE m.country_id = {country}
        AND m.valid_from <= {day} AND (m.valid_until IS NULL OR m.valid_until > {day})
        ORDER BY m.code)"""


# Actions of countries that happened in the period for certain: what is known by its month or year
# counts where all of that lies within. Source: the rules of the programme, section 11.
TREATY_ACTIONS = f"""
CREATE TEMPORARY TABLE fact_treaty_action ON COMMIT DROP AS
SELECT a.pgh_obj_id AS id, i.code AS instrument, a.action, a.date, a.date_until, a.country_id,
  c.iso3, c.region, {groups_on("a.country_id", "a.date_until")} AS groups
FROM {ACTIONS_OF_PERIOD} a
JOIN countries_instrument i ON i.id = a.instrument_id
JOIN countries_country c ON c.id = a.country_id
WHERE a.pgh_label <> 'delete' AND a.date >= %(start)s AND a.date_until < %(end)s
  AND {within.countries("a.country_id", "c.region", "a.date_until")}
"""

# Whether an engagement of the programme brought a country to a session: somebody of it took part in
# a part that was held.
BROUGHT = f"""EXISTS (
    SELECT FROM (
        SELECT DISTINCT pgh_obj_id FROM assistance_engagementhistory WHERE session_id = s.id
    ) candidate
    CROSS JOIN LATERAL {row_as_of("assistance_engagementhistory", "candidate.pgh_obj_id")} e
    CROSS JOIN LATERAL
        {rows_as_of("assistance_engagementpartevent", "engagement_id = e.pgh_obj_id")} part
    CROSS JOIN LATERAL
        {rows_as_of("assistance_countryparticipationevent", "part_id = part.pgh_obj_id")} came
    WHERE e.session_id = s.id AND e.programme_id = %(programme)s AND e.pgh_label <> 'delete'
      AND part.pgh_label <> 'delete' AND part.held_on IS NOT NULL AND part.struck_on IS NULL
      AND came.pgh_label <> 'delete' AND NOT came.is_expected
      AND came.country_id = a.country_id
      AND {within.pillar("e.pillar_id")}
      AND (%(engagement)s::bigint IS NULL OR e.pgh_obj_id = %(engagement)s)
      AND (%(donor)s::bigint IS NULL OR {donor_of("e.funding_id", "cutoff")} = %(donor)s))"""

# Attendance, as entered before the cut-off, at sessions that ended in the period, of countries that
# the programme brought there.
ATTENDANCES_SUPPORTED = f"""
CREATE TEMPORARY TABLE fact_attendance ON COMMIT DROP AS
SELECT a.pgh_obj_id AS id, p.code AS process, s.id AS session_id, s.names AS session, s.starts_on,
  s.ends_on, a.country_id, c.iso3, c.region, {groups_on("a.country_id", "s.ends_on")} AS groups
FROM (SELECT pgh_obj_id AS id, process_id, names, starts_on, ends_on, pgh_label
      FROM {SESSIONS_OF_PERIOD} known) s
JOIN countries_process p ON p.id = s.process_id
CROSS JOIN LATERAL {rows_as_of("countries_sessionattendanceevent", "session_id = s.id")} a
JOIN countries_country c ON c.id = a.country_id
WHERE s.ends_on >= %(start)s AND s.ends_on < %(end)s AND s.pgh_label <> 'delete'
  AND a.pgh_label <> 'delete'
  AND {within.countries("a.country_id", "c.region", "s.ends_on")} AND {BROUGHT}
"""
