"""Requests of a window: received, decided, due, open."""

from __future__ import annotations

from reports.figures import scope as within
from reports.figures.history import row_as_of

# The class of `age_days`, calendar days until the period's last day: since an open request was
# received, or accepted.
AGE_CLASS = (
    "CASE WHEN age_days <= 30 THEN 'month' WHEN age_days <= 91 THEN 'quarter' WHEN age_days <= 182"
    " THEN 'half' ELSE 'longer' END"
)


# Requests received in the period. A received date is never changed once set and a submitted request
# never removed, so the present table's index
# finds the candidates; what is counted of them is read from history.
REQUESTS = f"""
CREATE TEMPORARY TABLE fact_request ON COMMIT DROP AS
SELECT h.pgh_obj_id AS id, h.reference, h.title, h.received_on, h.state, h.country_id, c.iso3,
  c.region, p.code AS pillar, h.theme_codes, h.urgency,
  h.received_through, ARRAY(
      SELECT m.code FROM fact_membership m
      WHERE m.country_id = h.country_id AND m.valid_from <= h.received_on
        AND (m.valid_until IS NULL OR m.valid_until > h.received_on) ORDER BY m.code) AS groups
FROM assistance_assistancerequest r
CROSS JOIN LATERAL {row_as_of("assistance_requesthistory", "r.id")} h
JOIN countries_country c ON c.id = h.country_id
LEFT JOIN assistance_pillar p ON p.id = h.pillar_id
WHERE r.programme_id = %(programme)s AND r.received_on >= %(start)s AND r.received_on < %(end)s
  AND h.received_on IS NOT NULL
  AND {within.countries("h.country_id", "c.region", "h.received_on")}
  AND {within.pillar("h.pillar_id")} AND {within.COUNTS_DEMAND}
"""


# First decisions taken in the period. The date of a first decision, too, is never changed once set.
DECISIONS = f"""
CREATE TEMPORARY TABLE fact_decision ON COMMIT DROP AS
SELECT h.pgh_obj_id AS id, h.reference, h.first_decision AS decision, h.first_decided_on, c.iso3,
  p.code AS pillar, clock.days_used
FROM assistance_assistancerequest r
CROSS JOIN LATERAL {row_as_of("assistance_requesthistory", "r.id")} h
JOIN countries_country c ON c.id = h.country_id
LEFT JOIN assistance_pillar p ON p.id = h.pillar_id
LEFT JOIN LATERAL (
    SELECT k.days_used FROM assistance_caseclock k
    WHERE k.request_id = r.id AND k.standard = 'decision' AND k."end" = 'act'
      AND k.ended_on = r.first_decided_on ORDER BY k.id LIMIT 1
) clock ON true
WHERE r.programme_id = %(programme)s AND r.first_decided_on >= %(start)s
  AND r.first_decided_on < %(end)s AND h.first_decided_on IS NOT NULL
  AND {within.countries("h.country_id", "c.region", "h.first_decided_on")}
  AND {within.pillar("h.pillar_id")} AND {within.COUNTS_DEMAND}
"""


# Clocks due in the period, as they stood at the cut-off: kept, missed, or left out because the case
# was withdrawn or merged before. `is_first`: no
# decision had been taken on the case when the clock started (the programme's rules, section 6); on
# the day of the decision itself the instants say.
CLOCKS = f"""
CREATE TEMPORARY TABLE {{table}} ON COMMIT DROP AS
SELECT k.pgh_obj_id AS id, k.request_id, r.reference, c.iso3, c.region, k.standard, k.due_on,
  k.ended_on,
       CASE WHEN k."end" = 'void' AND (k.ended_on <= k.due_on OR k.days_used <= k.days)
                THEN 'left_out'
            WHEN k."end" = 'act' AND k.ended_on <= k.due_on THEN 'kept'
            ELSE 'missed' END AS outcome,
       r.first_decided_on IS NULL OR r.first_decided_on > k.started_on
         OR (r.first_decided_on = k.started_on AND r.first_decided_at >= (
             SELECT min(pgh_created_at) FROM assistance_caseclockevent
             WHERE pgh_obj_id = k.pgh_obj_id)) AS is_first
FROM (
    SELECT DISTINCT due.pgh_obj_id FROM assistance_caseclockevent due
    JOIN assistance_assistancerequest own
      ON own.id = due.request_id AND own.programme_id = %(programme)s
    WHERE due.due_on >= %(start)s AND due.due_on < %(due_end)s
      AND due.pgh_created_at < %(cutoff)s{{only}}
) candidate
CROSS JOIN LATERAL {row_as_of("assistance_caseclockevent", "candidate.pgh_obj_id")} k
JOIN assistance_assistancerequest r ON r.id = k.request_id
JOIN countries_country c ON c.id = r.country_id
WHERE k.due_on >= %(start)s AND k.due_on < %(due_end)s AND k.paused_on IS NULL
  AND k.pgh_label <> 'delete'
  AND {within.countries("r.country_id", "c.region", "k.due_on")}
  AND {within.pillar_of_request("r.id")} AND {within.COUNTS_DEMAND}
"""


AT_THE_END = row_as_of(
    "assistance_requesthistory",
    "r.id",
    known="stock_at",
    columns="complete_since, pillar_id, lead_officer_id, turn, due_on",
)
# Cases open when the period ended: the states that they were in then, from the spans of states.
STOCK = f"""
CREATE TEMPORARY TABLE fact_open ON COMMIT DROP AS
SELECT r.id, r.reference, r.country_id, c.iso3, c.region, p.code AS pillar,
  h.lead_officer_id AS officer, s.state, s.round, r.received_on, s.entered_at,
       %(last_day)s - r.received_on AS age_days, h.turn, h.due_on,
       (h.complete_since IS NOT NULL AND s.state IN ('under_review', 'returned')) AS undecided
FROM assistance_statespan s
JOIN assistance_assistancerequest r ON r.id = s.request_id AND r.programme_id = %(programme)s
JOIN countries_country c ON c.id = r.country_id
CROSS JOIN LATERAL {AT_THE_END} h
LEFT JOIN assistance_pillar p ON p.id = h.pillar_id
WHERE s.state = ANY(%(open)s) AND s.entered_at < %(stock_at)s
  AND (s.left_at IS NULL OR s.left_at >= %(stock_at)s)
  AND {within.countries("r.country_id", "c.region", "%(last_day)s")}
  AND {within.pillar("h.pillar_id")} AND {within.COUNTS_DEMAND}
"""
