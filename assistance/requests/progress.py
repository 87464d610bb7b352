"""The way of a case as its page draws it: like a parcel's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from assistance.requests.states import ENDS, State, Turn
from core.text import Label

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest

STATIONS: tuple[tuple[str, Label, tuple[str, ...]], ...] = (
    ("received", _("Received"), (State.SUBMITTED,)),
    ("review", _("Review"), (State.UNDER_REVIEW, State.RETURNED)),
    ("decision", _("Decision"), (State.WAITLISTED, State.ACCEPTED, State.DECLINED, State.REFERRED)),
    ("plan", _("Plan"), (State.PLAN_PROPOSED, State.PLANNED)),
    ("delivery", _("Delivery"), (State.IN_DELIVERY, State.DELIVERED)),
    ("closed", _("Closed"), (State.CLOSED,)),
)


@dataclass
class ProgressStep:
    """One mark on the way: past, now, or ahead; with the day on which it was reached, or by which
    something is due."""

    label: Label
    look: str
    day: date | None = None
    due: date | None = None


def progress_steps(case: AssistanceRequest) -> list[ProgressStep]:
    """The way of a submitted case. A case that ended early shows how far it came."""
    reached: dict[str, date] = {}
    for span in case.spans.all():
        for code, _label, states in STATIONS:
            if span.state in states:
                reached.setdefault(code, case.programme.day_of(span.entered_at))
    held = case.held_from if case.state == State.ON_HOLD else case.state
    present = next((code for code, _label, states in STATIONS if held in states), None)
    way, passed = [], True
    for code, label, _states in STATIONS:
        if code == present:
            look = "past" if case.state in (State.CLOSED, *ENDS) else "now"
            way.append(
                ProgressStep(
                    label,
                    look,
                    reached.get(code),
                    case.due_on if look == "now" and case.turn != Turn.NOBODY else None,
                )
            )
            passed = False
        elif code in reached and (passed or present is None):
            way.append(ProgressStep(label, "past", reached[code]))
        else:
            way.append(ProgressStep(label, "", None))
    return way
