"""How requests ended in a period, read from their timelines, which are append-only: an act counts on
the day on which it was taken.

An answer that a country gives after its request was closed without one counts where the request was
closed, if it came before the cut-off. Source: the rules of the programme, sections 1 and 6.
"""

from __future__ import annotations

from reports.figures import scope as within
from reports.figures.facts.tables import text_array

CLOSING = ("confirm", "close_unconfirmed")
CLOSINGS = text_array(CLOSING)


ENDING = (*CLOSING, "complete", "decline", "discontinue", "lapse")


DAY = "(e.at AT TIME ZONE %(zone)s)::date"


# Acts of the period that ended delivery or the case; of a closing, what the country said in that
# round. A `confirm` after a closing is no closing.
ACTS = f"""
CREATE TEMPORARY TABLE fact_act ON COMMIT DROP AS
SELECT e.id, e.request_id, r.reference, c.iso3, e.action, {DAY} AS on_day, e.from_state,
       r.received_on, reason.code AS reason, said.outcome, said.usefulness, said.timeliness
FROM assistance_caseevent e
JOIN assistance_assistancerequest r ON r.id = e.request_id AND r.programme_id = %(programme)s
JOIN countries_country c ON c.id = r.country_id
LEFT JOIN assistance_reasoncode reason ON reason.id = (e.data ->> 'reason_code')::bigint
LEFT JOIN LATERAL (
    SELECT told.data ->> 'outcome' AS outcome, (told.data ->> 'usefulness')::int AS usefulness,
           (told.data ->> 'timeliness')::int AS timeliness
    FROM assistance_caseevent told
    WHERE told.request_id = e.request_id AND told.action = 'confirm' AND told.round = e.round
      AND told.at < %(cutoff)s AND e.action = ANY({CLOSINGS})
    ORDER BY told.id DESC LIMIT 1
) said ON true
WHERE e.action = ANY({text_array(ENDING)}) AND (e.action <> 'confirm' OR e.from_state <> 'closed')
  AND e.at >= %(start)s::date::timestamp AT TIME ZONE %(zone)s
  AND e.at < %(end)s::date::timestamp AT TIME ZONE %(zone)s AND e.at < %(cutoff)s
  AND {within.countries("r.country_id", "c.region", DAY)}
  AND {within.pillar_of_request("r.id")} AND {within.COUNTS_DEMAND}
"""
