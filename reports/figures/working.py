"""Figures for managers alone: the caseload by region, pillar and officer, and how many decisions
came in time, by region and month.

Source of what a manager asks: caseload and ageing, and approval in time by region with a line of
twelve months, as government logs of technical assistance keep them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reports.figures import facts
from reports.figures.compute import OVERDUE
from reports.figures.counting import Figures, add_figure, fetch_rows, share
from reports.figures.facts import FigureWindow
from reports.schedules.periods import Period

MONTHS = 12  # of the line, the one in which the period ends included
IN_TIME = "decided_in_time"
NOBODY = "none"  # in place of an officer


def working(window: FigureWindow, figures: Figures) -> None:
    """What of the facts of a window is told apart further; after `compute`, in its transaction."""
    for dimension in ("region", "pillar"):
        rows = fetch_rows(
            f"SELECT {dimension}, count(*), array_agg(id ORDER BY id) FROM fact_open WHERE"
            f" {dimension} <> '' GROUP BY 1"
        )
        for value, count, ids in rows:
            add_figure(figures, f"open_requests.{dimension}.{value}", count, ids)
    add_figure(figures, IN_TIME, None, [], numerator=0, denominator=0)
    decided = fetch_rows("""
        SELECT CASE WHEN GROUPING(region) = 0 THEN region ELSE '' END, count(*) FILTER (WHERE outcome = 'kept'), count(*),
               array_agg(id ORDER BY id)
        FROM fact_clock WHERE standard = 'decision' AND is_first AND outcome <> 'left_out' GROUP BY GROUPING SETS ((), (region)) HAVING count(*) > 0
    """)
    for region, kept, due, ids in decided:
        add_figure(
            figures,
            f"{IN_TIME}.region.{region}" if region else IN_TIME,
            share(kept, due),
            ids,
            numerator=kept,
            denominator=due,
        )


def caseload(window: FigureWindow, figures: Figures) -> None:
    """Open and overdue requests by lead officer.

    For live pages alone: what is stored names nobody (the programme's rules, section 8).
    """
    for code, condition in (("open_requests", "true"), ("open_overdue", OVERDUE)):
        rows = fetch_rows(
            f"""SELECT COALESCE(officer::text, '{NOBODY}'), count(*), array_agg(id ORDER BY id) FROM fact_open WHERE {condition} GROUP BY 1""",
            window.parameters,
        )
        for officer, count, ids in rows:
            add_figure(figures, f"{code}.officer.{officer}", count, ids)


def months_of(period: Period) -> list[date]:
    """First days of the months of the line, the oldest first."""
    last = period.last_day.year * 12 + period.last_day.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1)]


def line_of_months(window: FigureWindow, figures: Figures) -> None:
    """The share of first decisions in time in each month up to the period's end, as known at the
    cut-off; months in which none was due have none."""
    first = months_of(window.period)[0]
    facts.gather_decisions_due(replace(window, period=Period(first, window.period.end)))
    rows = fetch_rows("""
        SELECT to_char(due_on, 'YYYY-MM'), count(*) FILTER (WHERE outcome = 'kept'), count(*), array_agg(id ORDER BY id)
        FROM fact_decision_due WHERE is_first AND outcome <> 'left_out' GROUP BY 1
    """)
    for month, kept, due, ids in rows:
        add_figure(
            figures,
            f"{IN_TIME}.month.{month}",
            share(kept, due),
            ids,
            numerator=kept,
            denominator=due,
        )
