"""Days and groups as known at an instant: holidays of the duty station, memberships of countries."""

from __future__ import annotations

# Holidays of the duty station as known at the cut-off. The first that were loaded, in one go with
# the programme, count as known ever since.
HOLIDAYS = """
CREATE TEMPORARY TABLE fact_holiday ON COMMIT DROP AS
SELECT day FROM (
    SELECT DISTINCT ON (pgh_obj_id) * FROM assistance_holidayevent
    WHERE programme_id = %(programme)s AND (pgh_created_at < %(cutoff)s OR pgh_created_at = (
          SELECT min(pgh_created_at) FROM assistance_holidayevent WHERE programme_id = %(programme)s))
    ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC
) latest WHERE pgh_label <> 'delete'
"""


# Memberships in groups as known at an instant. What was loaded with the product counts as known
# since `recorded_at`.
MEMBERSHIPS = """
CREATE TEMPORARY TABLE fact_membership ON COMMIT DROP AS
SELECT latest.country_id, latest.group_id, g.code, latest.valid_from, latest.valid_until
FROM (
    SELECT DISTINCT ON (pgh_obj_id) *
    FROM countries_groupmembershipevent
    WHERE CASE WHEN pgh_label = 'insert' THEN recorded_at ELSE pgh_created_at END < %({known})s
    ORDER BY pgh_obj_id, pgh_created_at DESC, pgh_id DESC
) latest JOIN countries_countrygroup g ON g.id = latest.group_id
WHERE latest.pgh_label <> 'delete'
"""
