"""How requests ended in a period: what countries said of the help, how long it took, unmet demand.

Everything is read from the timeline of requests, which is append-only: an act counts on the day on
which it was taken. An answer that a country gives after its request was closed without one counts
where the request was closed, if it came before the cut-off.
Source: the rules of the programme, sections 1 and 6.
"""

from __future__ import annotations

from reports.figures import facts
from reports.figures import scope as within
from reports.figures.counting import Figures, add_counts, add_figure, fetch_rows, share
from reports.figures.facts import FigureWindow

CLOSING = ("confirm", "close_unconfirmed")
ENDING = (*CLOSING, "complete", "decline", "discontinue", "lapse")
DAY = "(e.at AT TIME ZONE %(zone)s)::date"
STATED = ("met", "partly_met", "not_met")

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
      AND told.at < %(cutoff)s AND e.action = ANY(%(closing)s)
    ORDER BY told.id DESC LIMIT 1
) said ON true
WHERE e.action = ANY(%(ending)s) AND (e.action <> 'confirm' OR e.from_state <> 'closed')
  AND e.at >= %(start)s::date::timestamp AT TIME ZONE %(zone)s
  AND e.at < %(end)s::date::timestamp AT TIME ZONE %(zone)s AND e.at < %(cutoff)s
  AND {within.countries("r.country_id", "c.region", DAY)}
  AND {within.pillar_of_request("r.id")} AND {within.ENGAGEMENT_ONLY}
"""


def closings(window: FigureWindow, figures: Figures) -> None:
    """Needs met and what countries thought of the help; days to completion; unmet demand."""
    facts.execute_statements(
        [ACTS], window.parameters | {"closing": list(CLOSING), "ending": list(ENDING)}
    )
    answers(figures)
    ((median, counted, ids),) = fetch_rows(
        """SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY on_day - received_on), count(*),
                  array_agg(id ORDER BY id)
           FROM fact_act WHERE action = 'complete'"""
    )
    add_figure(figures, "days_to_closing", median, ids, counted=counted)
    for code, action, column in (
        ("declined", "decline", "reason"),
        ("discontinued", "discontinue", "reason"),
        ("lapsed", "lapse", "from_state"),
    ):
        dimension = "from" if column == "from_state" else column
        rows = fetch_rows(
            f"""SELECT CASE WHEN GROUPING({column}) = 0 THEN '{dimension}' ELSE '' END,
                       COALESCE({column}, 'none'), count(*), array_agg(id ORDER BY id)
                FROM fact_act WHERE action = '{action}'
                GROUP BY GROUPING SETS ((), ({column})) HAVING count(*) > 0"""
        )
        add_counts(figures, code, rows)


def answers(figures: Figures) -> None:
    """What countries said when their requests were closed, and how many of all said it."""
    rows = fetch_rows(
        """SELECT COALESCE(outcome, 'not_stated'), count(*), array_agg(id ORDER BY id)
           FROM fact_act WHERE action = ANY(%(closing)s) GROUP BY 1""",
        {"closing": list(CLOSING)},
    )
    counts = {outcome: count for outcome, count, _ids in rows}
    ids_of = {outcome: ids for outcome, _count, ids in rows}
    stated = sum(counts.get(outcome, 0) for outcome in STATED)
    said = sorted(pk for outcome, _count, ids in rows if outcome in STATED for pk in ids)
    met = counts.get("met", 0)
    add_figure(figures, "needs_met", share(met, stated), said, numerator=met, denominator=stated)
    for outcome in (*STATED, "not_stated"):
        add_figure(
            figures, f"needs_met.outcome.{outcome}", counts.get(outcome, 0), ids_of.get(outcome)
        )
    for code in ("usefulness", "timeliness"):
        ((mean, answered, ids),) = fetch_rows(
            f"""SELECT round(avg({code}), 2), count({code}),
                       array_agg(id ORDER BY id) FILTER (WHERE {code} IS NOT NULL)
                FROM fact_act WHERE action = ANY(%(closing)s)""",
            {"closing": list(CLOSING)},
        )
        value = None if mean is None else float(mean)
        add_figure(
            figures,
            code,
            value,
            ids,
            numerator=answered,
            denominator=sum(counts.values()),
            counted=answered,
        )
