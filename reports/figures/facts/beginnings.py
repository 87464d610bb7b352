"""How long a country waits from acceptance for the first engagement, and who still waits.

An engagement answers a request by a link, as known at the cut-off; one that answers a request
merged into another answers that one. It counts once a part of it was held, from its first day, if
that lies on or after the acceptance. Source: the rules of the programme, sections 1 to 3.
"""

from __future__ import annotations

from assistance.requests.states import State
from reports.figures import scope as within
from reports.figures.facts.tables import text_array
from reports.figures.history import row_as_of, rows_as_of

AWAITING = text_array(
    (
        State.ACCEPTED,
        State.PLAN_PROPOSED,
        State.PLANNED,
        State.IN_DELIVERY,
        State.ON_HOLD,
    )
)


def continued(of: str) -> str:
    """The SQL of a recursive common table `continued` (id, home): each request of a subquery with
    itself and all in which it goes on, as known at the cut-off."""
    told = row_as_of("assistance_requesthistory", "c.home", columns="merged_into_id")
    return f"""continued (id, home) AS (
        SELECT asked.id, asked.id FROM ({of}) asked
        UNION SELECT c.id, told.merged_into_id FROM continued c CROSS JOIN LATERAL {told} told
            WHERE told.merged_into_id IS NOT NULL)"""


# Requests of which this is asked: those that an engagement with a part begun in the period answers,
# and those that wait at its end. A part that was held is over, so that it ended by the cut-off.
ASKING = f"""
CREATE TEMPORARY TABLE fact_asking ON COMMIT DROP AS
WITH RECURSIVE {
    continued('''
    SELECT link.request_id AS id FROM assistance_engagementrequestevent link
    JOIN assistance_assistancerequest own
      ON own.id = link.request_id AND own.programme_id = %(programme)s
    JOIN (
        SELECT DISTINCT engagement_id FROM assistance_engagementpartevent
        WHERE ends_on >= %(start)s AND ends_on <= %(known_day)s
          AND starts_on >= %(start)s AND starts_on < %(end)s AND pgh_created_at < %(cutoff)s
    ) begun USING (engagement_id) WHERE link.pgh_created_at < %(cutoff)s''')
}
SELECT DISTINCT home AS id FROM continued
UNION SELECT id FROM fact_open WHERE state = ANY({AWAITING})
"""


# The engagements that answer them, or a request that was merged into one of them.
ANSWERS = f"""
CREATE TEMPORARY TABLE fact_answer ON COMMIT DROP AS
WITH RECURSIVE member (home, id) AS (
    SELECT id, id FROM fact_asking
    UNION SELECT m.home, h.pgh_obj_id FROM member m
    JOIN assistance_requesthistory h ON h.merged_into_id = m.id AND h.pgh_created_at < %(cutoff)s
    CROSS
      JOIN LATERAL
        {row_as_of("assistance_requesthistory", "h.pgh_obj_id", columns="merged_into_id")} told
    WHERE told.merged_into_id = m.id)
SELECT DISTINCT m.home AS request_id, link.engagement_id FROM member m
CROSS
  JOIN LATERAL
    {rows_as_of("assistance_engagementrequestevent", "request_id = m.id", columns="engagement_id, pgh_label")} link WHERE link.pgh_label <> 'delete'
"""


THEIR_PARTS = """
SELECT DISTINCT p.pgh_obj_id FROM assistance_engagementpartevent p
WHERE p.engagement_id IN (SELECT engagement_id FROM fact_answer) AND p.pgh_created_at < %(cutoff)s
"""


# Acceptances before the period's end, each with the first day of the first engagement held since,
# and before the next acceptance.
ACCEPTANCES = """
CREATE TEMPORARY TABLE fact_acceptance ON COMMIT DROP AS
WITH held AS MATERIALIZED (
    SELECT l.request_id, l.engagement_id, min(part.starts_on) AS first_day
    FROM fact_answer l JOIN fact_answering_part part USING (engagement_id)
    GROUP BY l.request_id, l.engagement_id
), accepted AS MATERIALIZED (
    SELECT e.id, e.request_id, e.round, (e.at AT TIME ZONE %(zone)s)::date AS accepted_on,
           lead((e.at AT TIME ZONE %(zone)s)::date) OVER (
               PARTITION BY e.request_id ORDER BY e.id) AS next_on
    FROM assistance_caseevent e JOIN fact_asking asking ON asking.id = e.request_id
    WHERE e.action = 'accept' AND e.at < %(stock_at)s
)
SELECT a.id, a.request_id, a.round, a.accepted_on, min(held.first_day) AS began_on
FROM accepted a LEFT JOIN held ON held.request_id = a.request_id
 AND held.first_day >= a.accepted_on AND held.first_day < %(end)s
 AND (a.next_on IS NULL OR held.first_day < a.next_on)
GROUP BY a.id, a.request_id, a.round, a.accepted_on
"""


BEGUN = f"""
CREATE TEMPORARY TABLE fact_begun ON COMMIT DROP AS
SELECT a.id, a.request_id, r.reference, c.iso3, a.accepted_on, a.began_on - a.accepted_on AS days
FROM fact_acceptance a
JOIN assistance_assistancerequest r ON r.id = a.request_id AND r.programme_id = %(programme)s
JOIN countries_country c ON c.id = r.country_id
WHERE a.began_on >= %(start)s
  AND {within.countries("r.country_id", "c.region", "a.began_on")}
  AND {within.pillar_of_request("r.id")} AND {within.COUNTS_DEMAND}
"""
