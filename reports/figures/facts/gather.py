"""Gathering the tables of facts of a window, those that are asked for and those that they are made
from. What follows runs inside a transaction, which they do not outlive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from reports.figures.counting import Parameters
from reports.figures.facts.beginnings import ACCEPTANCES, ANSWERS, ASKING, BEGUN, THEIR_PARTS
from reports.figures.facts.calendar import HOLIDAYS, MEMBERSHIPS, MEMBERSHIPS_BY_COUNTRY
from reports.figures.facts.campaigns import CAMPAIGNS
from reports.figures.facts.endings import ACTS
from reports.figures.facts.engagements import PARTICIPATION, REACHED, delivery, parts
from reports.figures.facts.evaluation import SURVEYS, TESTS
from reports.figures.facts.processes import ATTENDANCES_SUPPORTED, TREATY_ACTIONS
from reports.figures.facts.records import RECORDS, RECORDS_DUE
from reports.figures.facts.requests import CLOCKS, DECISIONS, REQUESTS, STOCK
from reports.figures.facts.tables import execute_statements
from reports.figures.facts.windows import FigureWindow
from reports.schedules.periods import Period

MONTHS = 12  # of the line of decisions in time, the one in which the period ends included
LINE_OF_MONTHS = "decided_in_time.month"  # that asks for it
NAME = re.compile(r"\bfact_\w+")


class About(Enum):
    """What the rows of a table of facts are of."""

    WINDOW = 1
    ANYTHING = 2  # whenever it was held, whatever it is of
    MONTHS = 3  # of the line of decisions in time


class Fact(NamedTuple):
    """A statement that makes a table of facts, or takes rows away from it."""

    table: str
    statement: str
    about: About = About.WINDOW


def facts_of(window: FigureWindow) -> list[Fact]:
    """All, each after those that it reads."""
    tables = "fact_part", "fact_participation", "fact_delivered", "fact_others"
    return [
        Fact("fact_membership", MEMBERSHIPS.format(known="cutoff")),
        Fact("fact_membership", MEMBERSHIPS_BY_COUNTRY),
        Fact("fact_holiday", HOLIDAYS),
        Fact("fact_request", REQUESTS),
        Fact("fact_decision", DECISIONS),
        Fact("fact_clock", CLOCKS.format(table="fact_clock", only="")),
        Fact("fact_open", STOCK),
        *(Fact(*made) for made in delivery(*tables, "cutoff", window)),
        Fact("fact_reached", REACHED),
        Fact("fact_record", RECORDS),
        Fact("fact_record_due", RECORDS_DUE),
        Fact("fact_act", ACTS),
        Fact("fact_treaty_action", TREATY_ACTIONS),
        Fact("fact_attendance", ATTENDANCES_SUPPORTED),
        Fact("fact_campaign", CAMPAIGNS),
        Fact("fact_test", TESTS),
        Fact("fact_survey", SURVEYS),
        Fact("fact_asking", ASKING),
        Fact("fact_answer", ANSWERS),
        Fact(
            "fact_answering_part",
            parts("fact_answering_part", "cutoff", candidates=THEIR_PARTS),
            About.ANYTHING,
        ),
        Fact("fact_acceptance", ACCEPTANCES),
        Fact("fact_begun", BEGUN),
        Fact(
            "fact_decision_due",
            CLOCKS.format(table="fact_decision_due", only=" AND standard = 'decision'"),
            About.MONTHS,
        ),
        Fact("fact_part_by_end", parts("fact_part_by_end", "stock_at")),
        Fact(
            "fact_participation_by_end",
            PARTICIPATION.format(
                table="fact_participation_by_end", parts="fact_part_by_end", known="stock_at"
            ),
        ),
    ]


def facts_named_in(statements: Iterable[str]) -> set[str]:
    """The tables of facts that SQL reads."""
    return {name for statement in statements for name in NAME.findall(statement)}


def gather_facts(window: FigureWindow, wanted: Iterable[str]) -> None:
    """Makes the tables of facts of a window that are wanted, and those that they are made from."""
    needed, chosen = set(wanted), []
    for fact in reversed(facts_of(window)):
        if fact.table in needed:
            needed |= facts_named_in([fact.statement])
            chosen.append(fact)
    for about, facts in groupby(reversed(chosen), key=lambda fact: fact.about):
        execute_statements([fact.statement for fact in facts], parameters_of(window, about))


def parameters_of(window: FigureWindow, about: About) -> Parameters:
    """For the SQL of facts about this."""
    match about:
        case About.WINDOW:
            return window.parameters
        case About.ANYTHING:
            return window.parameters | {
                "start": date.min,
                "end": window.programme.day_of(window.cutoff) + timedelta(days=1),
                "pillar": None,
                "donor": None,
                "engagement": None,
            }
        case About.MONTHS:
            line = Period(months_of(window.period)[0], window.period.end)
            return replace(window, period=line).parameters


def months_of(period: Period) -> list[date]:
    """First days of the months of the line of decisions in time, the oldest first."""
    last = period.last_day.year * 12 + period.last_day.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(last - MONTHS + 1, last + 1)]
