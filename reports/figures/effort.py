"""What was given beside numbers of people: training, reach of campaigns, cost per participation."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from assistance.requests.choices import AssistanceType
from reports.figures import facts
from reports.figures.counting import Figures, add_figure, fetch_rows
from reports.figures.facts import FigureWindow, others_took_part
from reports.figures.history import row_as_of

TRAINING = [
    str(t)
    for t in (
        AssistanceType.TRAINING,
        AssistanceType.WORKSHOP,
        AssistanceType.MENTORING,
        AssistanceType.STUDY_VISIT,
    )
]
CENT = Decimal("0.01")

# Campaigns delivered in the period, with how many people they reached and how that was estimated.
CAMPAIGNS = f"""
CREATE TEMPORARY TABLE fact_campaign ON COMMIT DROP AS
SELECT e.pgh_obj_id AS id, e.reference, e.title, e.reach, e.reach_method FROM fact_delivered d
CROSS JOIN LATERAL {row_as_of("assistance_engagementhistory", "d.id")} e WHERE e.type = %(campaign)s
"""


def effort(window: FigureWindow, figures: Figures) -> None:
    """Each over the parts or engagements that state it, with how many of how many do."""
    for code, column in (("training_days", "days"), ("training_hours", "hours")):
        ((total, stated, parts, ids),) = fetch_rows(
            f"""SELECT sum({column}), count({column}), count(*),
                       array_agg(DISTINCT engagement_id ORDER BY engagement_id)
                           FILTER (WHERE {column} IS NOT NULL)
                FROM fact_part WHERE type = ANY(%(types)s)""",
            {"types": TRAINING},
        )
        add_figure(figures, code, total or Decimal(0), ids, numerator=stated, denominator=parts)
    reach(window, figures)
    cost_per_participation(window, figures)


def reach(window: FigureWindow, figures: Figures) -> None:
    """People reached by campaigns, never added to participations."""
    facts.execute_statements(
        [CAMPAIGNS], window.parameters | {"campaign": str(AssistanceType.CAMPAIGN)}
    )
    ((total, stated, delivered, ids),) = fetch_rows(
        """SELECT sum(reach), count(reach), count(*),
                  array_agg(id ORDER BY id) FILTER (WHERE reach IS NOT NULL) FROM fact_campaign"""
    )
    add_figure(figures, "reach", int(total or 0), ids, numerator=stated, denominator=delivered)


def cost_per_participation(window: FigureWindow, figures: Figures) -> None:
    """Cost in the programme's currency divided by participations, over parts that have both; of
    some countries, over those of theirs alone."""
    alone = f"NOT {others_took_part('f.id')}" if window.scope.narrows_countries else "true"
    ((cost, people, parts, ids, left_out),) = fetch_rows(
        f"""WITH part AS (
                SELECT f.engagement_id, f.cost, came.total,
                       (f.cost IS NOT NULL AND f.currency = %(currency)s
                        AND COALESCE(came.total, 0) > 0 AND {alone}) AS has_both
                FROM fact_part f LEFT JOIN (
                    SELECT part_id, sum(total) AS total FROM fact_participation
                    WHERE counts_people GROUP BY part_id) came ON came.part_id = f.id)
            SELECT sum(cost) FILTER (WHERE has_both), sum(total) FILTER (WHERE has_both),
                   count(*) FILTER (WHERE has_both),
                   array_agg(DISTINCT engagement_id ORDER BY engagement_id) FILTER (WHERE has_both),
                   array_agg(DISTINCT engagement_id ORDER BY engagement_id)
                       FILTER (WHERE NOT has_both)
            FROM part""",
        {"currency": window.programme.currency},
    )
    both: dict[str, Any] = {}
    if people:
        both = {"numerator": cost, "denominator": int(people), "counted": parts}
    add_figure(
        figures,
        "cost_per_participation",
        (cost / people).quantize(CENT) if people else None,
        ids,
        **both,
    )
    add_figure(figures, "cost_per_participation.left_out", len(left_out or []), left_out)
