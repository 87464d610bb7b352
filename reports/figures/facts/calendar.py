"""Days and groups as known at an instant: holidays of the duty station, memberships of countries."""

from __future__ import annotations

from reports.figures.history import KNOWN, rows_as_of

# The first holidays that were loaded, in one go with the programme, count as known ever since.
WITH_THE_PROGRAMME = """(
    SELECT min(pgh_created_at) FROM assistance_holidayevent WHERE programme_id = %(programme)s)"""
HOLIDAY_KNOWN_SINCE = (
    f"CASE WHEN pgh_created_at = {WITH_THE_PROGRAMME} THEN '-infinity'::timestamptz"
    " ELSE pgh_created_at END"
)
KNOWN_HOLIDAYS = rows_as_of(
    "assistance_holidayevent", "programme_id = %(programme)s", since=HOLIDAY_KNOWN_SINCE
)
HOLIDAYS = f"""
CREATE TEMPORARY TABLE fact_holiday ON COMMIT DROP AS
SELECT day FROM {KNOWN_HOLIDAYS} known WHERE pgh_label <> 'delete'
"""

# A membership that was loaded with the product counts as known since `recorded_at`.
MEMBERSHIP_KNOWN_SINCE = "CASE WHEN pgh_label = 'insert' THEN recorded_at ELSE pgh_created_at END"
KNOWN_MEMBERSHIPS = rows_as_of(
    "countries_groupmembershipevent", "true", known=KNOWN, since=MEMBERSHIP_KNOWN_SINCE
)
MEMBERSHIPS = f"""
CREATE TEMPORARY TABLE fact_membership ON COMMIT DROP AS
SELECT known.country_id, known.group_id, g.code, known.valid_from, known.valid_until
FROM {KNOWN_MEMBERSHIPS} known JOIN countries_countrygroup g ON g.id = known.group_id
WHERE known.pgh_label <> 'delete'
"""
# They are looked up for every request and every participation.
MEMBERSHIPS_BY_COUNTRY = (
    "CREATE INDEX IF NOT EXISTS fact_membership_country ON fact_membership (country_id)"
)
