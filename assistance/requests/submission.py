"""What a country reads once it has submitted: the reference, what comes next, and by which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from assistance.programmes.working_days import calendar_of
from assistance.requests.clocks import days_in_force
from assistance.requests.states import State

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest


@dataclass(frozen=True)
class ComingStep:
    """What happens next, and by when; no day where none can be told."""

    what: str
    by: date | None = None


def coming_steps(case: AssistanceRequest) -> list[ComingStep]:
    """What the country waits for, in its order.

    Days are those of the programme's service standards, counted as if nothing had to be asked; a
    case that waits for clearance has none yet.
    """
    if case.state == State.AWAITING_CLEARANCE:
        return [
            ComingStep(_("Somebody of your country who may approve it reads it and sends it on.")),
            ComingStep(_("It gets its reference, and you get a message.")),
        ]
    clock = case.clocks.filter(standard="acknowledge", round=case.round).first()
    confirmed = clock.due_on if clock else None
    return [
        ComingStep(_("We confirm that we have it, and an officer looks after it."), confirmed),
        ComingStep(
            _("We ask you where something is missing. Then it is your turn, and our time stops.")
        ),
        ComingStep(
            _("We decide, and tell you in writing."),
            decision_day(case, confirmed) if confirmed else None,
        ),
    ]


def decision_day(case: AssistanceRequest, confirmed: date) -> date:
    """The last day of the standards of completeness and decision, one after the other, as they are
    in force today."""
    day, calendar, today = confirmed, calendar_of(case.programme), case.programme.today()
    for code in ("completeness", "decision"):
        day = calendar.add(day, days_in_force(case.programme, code, today))
    return day
