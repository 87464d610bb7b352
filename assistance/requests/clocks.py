"""The two clocks: ours and the country's. Working days of the duty station; days in force when a
clock started stay with it.

Source: the rules of the programme, section 2. `running_clocks.py` moves them by this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from assistance.programmes.working_days import DAY, WorkingDays
from assistance.requests.states import State, Turn
from core.text import Label

if TYPE_CHECKING:
    from assistance.programmes.models import Programme

DECISIONS = ("accept", "waitlist", "refer", "decline")
RETURNED, ON_HOLD, PLAN_PROPOSED = State.RETURNED, State.ON_HOLD, State.PLAN_PROPOSED


@dataclass(frozen=True)
class Rule:
    """One service standard.

    `days` is the default of a new programme; the rows of `Standard` decide. `starts` says in which
    state of the request an act starts it, None in whichever. What leaves the request in `stops_not_in`
    stops nothing. A clock that `goes_on` is not begun anew while it runs; `once_a_round`, not after
    one that ended by an act.
    """

    code: str
    label: Label
    days: int
    whose: str
    starts: Mapping[str, State | None]
    stops: tuple[str, ...]
    pauses: tuple[str, ...] = ()
    calendar_days: bool = False
    stops_not_in: State | None = None
    goes_on: bool = False
    once_a_round: bool = False


RULES: dict[str, Rule] = {
    r.code: r
    for r in (
        Rule(
            "acknowledge",
            _("Acknowledgement"),
            3,
            Turn.PROGRAMME,
            # a submission that waits for clearance starts nothing
            {"submit": State.SUBMITTED, "clear": State.SUBMITTED},
            ("start_review", "message"),
        ),
        Rule(
            "completeness",
            _("Completeness"),
            5,
            Turn.PROGRAMME,
            # from the first of review and acknowledging message; a closed case that goes on under
            # its old plan starts nothing
            {
                "start_review": State.UNDER_REVIEW,
                "message": State.SUBMITTED,
                "reopen": State.UNDER_REVIEW,
                "unmerge": State.UNDER_REVIEW,
                "answer_late": State.UNDER_REVIEW,
            },
            ("mark_complete", *DECISIONS),
            (RETURNED, ON_HOLD),
            goes_on=True,
        ),
        Rule(
            "decision",
            _("Decision"),
            30,
            Turn.PROGRAMME,
            {"mark_complete": None},
            DECISIONS,
            (RETURNED, ON_HOLD),
            # A round has one decision to take in time, whatever is asked of its assessment later;
            # only a merge that was undone asks for it anew.
            once_a_round=True,
        ),
        Rule(
            "plan",
            _("Response plan"),
            30,
            Turn.PROGRAMME,
            {"accept": None, "send_plan_back": None},
            ("propose_plan",),
            (ON_HOLD,),
        ),
        Rule(
            "first_engagement",
            _("First engagement"),
            90,
            Turn.PROGRAMME,
            {"accept": None},
            ("engagement_started",),
            (PLAN_PROPOSED, ON_HOLD),
        ),
        Rule(
            "record", _("Record of an engagement"), 10, Turn.PROGRAMME, {}, ()
        ),  # of engagements: worked out from their end
        Rule(
            "closing",
            _("Closing"),
            20,
            Turn.PROGRAMME,
            {"last_engagement_ended": None},
            ("complete",),
            (ON_HOLD,),
        ),
        Rule(
            "answer",
            _("The country's answer"),
            15,
            Turn.COUNTRY,
            {"ask": None},
            ("answer",),
            (ON_HOLD,),
            stops_not_in=RETURNED,  # with answers to some of the questions
        ),
        Rule(
            "agreement",
            _("The country's agreement to a plan"),
            15,
            Turn.COUNTRY,
            {"propose_plan": None},
            ("agree", "send_plan_back"),
            (ON_HOLD,),
        ),
        Rule(
            "confirmation",
            _("The country's confirmation"),
            30,
            Turn.COUNTRY,
            {"complete": None},
            ("confirm",),
            calendar_days=True,
        ),
    )
}
# what starts or stops a clock and is no action: a message of staff, and what becomes of engagements
CLOCK_HAPPENINGS = frozenset({"message", "engagement_started", "last_engagement_ended"})
# what people say and do beside the life cycle: it moves no clock, unless it stops one
ASIDE = frozenset({"message", "note", "assign", "edit"})
# after which engagements of before may start and stop clocks
INTO_DELIVERY = frozenset({"start_delivery", "resume"})
REMINDERS = 2
REMINDER_EVERY = 5  # working days


def due_date(rule: Rule, calendar: WorkingDays, start: date, days: int) -> date:
    """When a clock that starts on this day is due."""
    return start + DAY * days if rule.calendar_days else calendar.add(start, days)


def days_used(rule: Rule, calendar: WorkingDays, start: date, end: date) -> int:
    """Days between two dates as the rule counts them."""
    return (end - start).days if rule.calendar_days else calendar.between(start, end)


def days_in_force(programme: Programme, code: str, day: date) -> int:
    """How many days the standard allows on this day: the programme's latest row, else the default."""
    row = (
        programme.standards.filter(code=code, valid_from__lte=day)
        .order_by("-valid_from")
        .values_list("days", flat=True)
        .first()
    )
    return row if row is not None else RULES[code].days
