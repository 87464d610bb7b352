"""Records of engagements that were due, and those of others."""

from __future__ import annotations

from reports.figures import scope as within
from reports.figures.facts.engagements import donor_of, took_part_condition
from reports.figures.history import row_as_of, rows_as_of

# The weekend as the programme had it at the cut-off; of one that was recorded later, the usual one.
WEEKEND = f"""COALESCE({row_as_of("assistance_programmeevent", "%(programme)s", columns="weekend")},
    '{{6,7}}')::int[]"""
# Engagements whose record was due in the period: so many working days after their last day (the
# standard in force then, the duty station's holidays).
RECORDS_DUE = f"""
CREATE TEMPORARY TABLE fact_record_due ON COMMIT DROP AS
WITH calendar AS MATERIALIZED (
    SELECT day, works, count(*) FILTER (WHERE works) OVER (ORDER BY day) AS number
    FROM (
        SELECT d::date AS day, extract(isodow FROM d) <> ALL({WEEKEND}) AND h.day IS NULL AS works
        FROM generate_series(%(start)s::date - 60, %(due_end)s::date - 1, interval '1 day') d
        LEFT JOIN (SELECT DISTINCT day FROM fact_holiday) h ON h.day = d::date
    ) days
)
SELECT e.pgh_obj_id AS id, e.reference, e.title, due.day AS due_on, told.on_day AS ended_on,
  COALESCE(told.on_day <= due.day, false) AS kept
FROM (
    SELECT DISTINCT engagement_id FROM assistance_engagementpartevent
      WHERE ends_on >= %(start)s - 60 AND ends_on < %(end)s AND pgh_created_at < %(cutoff)s
) candidate
CROSS JOIN LATERAL {row_as_of("assistance_engagementhistory", "candidate.engagement_id")} e
JOIN calendar over ON over.day = e.ends_on
JOIN calendar due ON due.works AND due.day <= e.ends_on + 60
  AND due.number = over.number + GREATEST(COALESCE((
      SELECT s.days FROM assistance_standard s
      WHERE s.programme_id = e.programme_id AND s.code = 'record' AND s.valid_from <= e.ends_on
      ORDER BY s.valid_from DESC LIMIT 1), %(record_days)s), 1)
LEFT JOIN LATERAL (
    SELECT min((v.at AT TIME ZONE %(zone)s)::date) AS on_day FROM assistance_engagementevent v
    WHERE v.engagement_id = e.pgh_obj_id AND v.action = 'deliver' AND v.at < %(cutoff)s
) told ON true
WHERE e.programme_id = %(programme)s
  AND e.state IN ('planned', 'confirmed', 'delivered', 'verified') AND e.origin = 'own'
  AND e.pgh_label <> 'delete' AND NOT e.did_not_take_place
  AND due.day >= %(start)s AND {within.pillar("e.pillar_id")}
    AND (%(engagement)s::bigint IS NULL OR e.pgh_obj_id = %(engagement)s)
  AND (%(donor)s::bigint IS NULL OR {donor_of("e.funding_id", "cutoff")} = %(donor)s)
  AND ({within.ALL_COUNTRIES} OR {took_part_condition("e.pgh_obj_id", "cutoff", held_only=False)})
"""


# Imported records of others without dates: entered in the period.
RECORDS = f"""
CREATE TEMPORARY TABLE fact_record ON COMMIT DROP AS
SELECT e.pgh_obj_id AS id, e.reference, e.title, e.organisation, e.budget, e.expense, e.currency
FROM assistance_engagement present
CROSS JOIN LATERAL {row_as_of("assistance_engagementhistory", "present.id")} e
WHERE present.programme_id = %(programme)s AND present.origin = 'imported' AND e.state = 'recorded'
  AND e.pgh_label <> 'delete'
  AND (present.created_at AT TIME ZONE %(zone)s)::date >= %(start)s
    AND (present.created_at AT TIME ZONE %(zone)s)::date < %(end)s
  AND {within.pillar("e.pillar_id")} AND {within.COUNTS_DEMAND}
  AND ({within.ALL_COUNTRIES} OR EXISTS (
       SELECT FROM {rows_as_of("assistance_recordedcountryevent", "engagement_id = e.pgh_obj_id")} n
       JOIN countries_country c ON c.id = n.country_id
       WHERE n.pgh_label <> 'delete' AND
         {within.countries("n.country_id", "c.region", "%(last_day)s")}))
"""
