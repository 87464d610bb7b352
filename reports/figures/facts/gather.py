"""Gathering the tables of facts of a window. What follows runs inside a transaction, which they do
not outlive."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from reports.figures.facts.beginnings import ACCEPTANCES, ANSWERS, ASKING, BEGUN, THEIR_PARTS
from reports.figures.facts.calendar import HOLIDAYS, MEMBERSHIPS
from reports.figures.facts.campaigns import CAMPAIGNS
from reports.figures.facts.endings import ACTS
from reports.figures.facts.engagements import PARTICIPATION, REACHED, delivery, parts
from reports.figures.facts.records import RECORDS, RECORDS_DUE
from reports.figures.facts.requests import CLOCKS, DECISIONS, REQUESTS, STOCK
from reports.figures.facts.tables import execute_statements
from reports.figures.facts.windows import FigureWindow
from reports.schedules.periods import Period

MONTHS = 12  # of the line of decisions in time, the one in which the period ends included
LINE_OF_MONTHS = "decided_in_time.month"  # that asks for it


def gather_facts(window: FigureWindow, asked: Collection[str] = ()) -> None:
    """Makes the tables of a window's facts, those on request where one of `asked` counts them."""
    about = window.parameters
    statements = [
        MEMBERSHIPS.format(known="cutoff"),
        HOLIDAYS,
        REQUESTS,
        DECISIONS,
        CLOCKS.format(table="fact_clock", only=""),
        STOCK,
        *delivery(
            "fact_part", "fact_participation", "fact_delivered", "fact_others", "cutoff", window
        ),
        REACHED,
        RECORDS,
        RECORDS_DUE,
        ACTS,
        CAMPAIGNS,
        ASKING,
        ANSWERS,
    ]
    execute_statements(statements, about)
    # engagements that answer a request count whenever they were held, and whatever they are of
    anything = about | {
        "start": date.min,
        "end": window.programme.day_of(window.cutoff) + timedelta(days=1),
        "pillar": None,
        "donor": None,
        "engagement": None,
    }
    theirs = parts("fact_answering_part", "cutoff", candidates=THEIR_PARTS)
    execute_statements([theirs], anything)
    execute_statements([ACCEPTANCES, BEGUN], about)
    if LINE_OF_MONTHS in asked:
        line = replace(window, period=Period(months_of(window.period)[0], window.period.end))
        only = " AND standard = 'decision'"
        execute_statements([CLOCKS.format(table="fact_decision_due", only=only)], line.parameters)


def months_of(period: Period) -> list[date]:
    """First days of the months of the line of decisions in time, the oldest first."""
    last = period.last_day.year * 12 + period.last_day.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1)]


def gather_by_end(window: FigureWindow) -> None:
    """What was known already when the period ended, in tables of its own; after `gather_facts`, for
    the one window whose rows are listed."""
    statements = [
        parts("fact_part_by_end", "stock_at"),
        PARTICIPATION.format(
            table="fact_participation_by_end", parts="fact_part_by_end", known="stock_at"
        ),
    ]
    execute_statements(statements, window.parameters)
