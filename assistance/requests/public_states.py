"""Where a request stands, as strangers read it: less than the country does.

Source: the rules of the programme, section 11.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from assistance.requests.choices import Outcome
from assistance.requests.states import State


class PublicState(models.TextChoices):
    """A step that strangers tell apart."""

    RECEIVED = "received", _("received")
    EXAMINED = "examined", _("being examined")
    PREPARED = "prepared", _("being prepared")
    UNDER_WAY = "under_way", _("under way")
    COMPLETED = "completed", _("completed")
    ENDED = "ended", _("ended without support")


# Of a request that is on hold it depends on where it was (`HELD`); what is not here is not shown.
PUBLIC_STATES = {
    State.SUBMITTED: PublicState.RECEIVED,
    State.UNDER_REVIEW: PublicState.EXAMINED,
    State.RETURNED: PublicState.EXAMINED,
    State.WAITLISTED: PublicState.EXAMINED,
    State.ACCEPTED: PublicState.PREPARED,
    State.PLAN_PROPOSED: PublicState.PREPARED,
    State.PLANNED: PublicState.PREPARED,
    State.IN_DELIVERY: PublicState.UNDER_WAY,
    State.DELIVERED: PublicState.COMPLETED,
    State.CLOSED: PublicState.COMPLETED,
    State.DECLINED: PublicState.ENDED,
    State.REFERRED: PublicState.ENDED,
    State.WITHDRAWN: PublicState.ENDED,
    State.DISCONTINUED: PublicState.ENDED,
    State.LAPSED: PublicState.ENDED,
}


LOOKS: dict[str, str] = {PublicState.COMPLETED: "done", PublicState.ENDED: "unset"}
# what the country said, where it may be read
NEED = {
    Outcome.MET: _("need met"),
    Outcome.PARTLY: _("need partly met"),
    Outcome.NOT_MET: _("need not met"),
    Outcome.NOT_STATED: _("the country has not said whether its need was met"),
}


def look_of(state: str) -> str:
    """The class of the mark beside it."""
    return LOOKS.get(state, "open")


def need_in_words(outcome: str) -> str:
    """What the country said of its need; nothing where it may not be read."""
    return str(NEED[Outcome(outcome)]) if outcome else ""


def held_state(held_from: State) -> PublicState:
    """Of a request on hold: being examined before its acceptance, under way after."""
    before = PUBLIC_STATES.get(held_from)
    return before if before == PublicState.EXAMINED else PublicState.UNDER_WAY


def public_state_of(state: str, held_from: str) -> PublicState | None:
    """What strangers read of a request in this state; None where they read nothing."""
    if state == State.ON_HOLD:
        return held_state(State(held_from))
    return PUBLIC_STATES.get(State(state))
