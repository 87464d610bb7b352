"""The states of a request: as the staff say it, as the country reads it, and whose turn it is
(rules of the programme, section 1)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Turn(models.TextChoices):
    """Who has to act next."""

    COUNTRY = "country", _("the country")
    PROGRAMME = "programme", _("the programme")
    NOBODY = "nobody", _("nobody")


class State(models.TextChoices):
    """Where a case stands, in the staff's words."""

    DRAFT = "draft", _("Draft")
    AWAITING_CLEARANCE = "awaiting_clearance", _("Awaiting clearance")
    SUBMITTED = "submitted", _("Submitted")
    UNDER_REVIEW = "under_review", _("Under review")
    RETURNED = "returned", _("Returned with questions")
    WAITLISTED = "waitlisted", _("Waitlisted")
    ACCEPTED = "accepted", _("Accepted")
    PLAN_PROPOSED = "plan_proposed", _("Plan proposed")
    PLANNED = "planned", _("Planned")
    IN_DELIVERY = "in_delivery", _("In delivery")
    DELIVERED = "delivered", _("Delivered")
    CLOSED = "closed", _("Closed")
    DECLINED = "declined", _("Declined")
    REFERRED = "referred", _("Referred")
    MERGED = "merged", _("Merged")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DISCONTINUED = "discontinued", _("Discontinued")
    LAPSED = "lapsed", _("Lapsed")
    ON_HOLD = "on_hold", _("On hold")
    DISCARDED = "discarded", _("Discarded")

    @classmethod
    def before_submission(cls) -> list[str]:
        """States without a reference."""
        return [cls.DRAFT, cls.AWAITING_CLEARANCE, cls.DISCARDED]


OPEN = [
    State.SUBMITTED,
    State.UNDER_REVIEW,
    State.RETURNED,
    State.WAITLISTED,
    State.ACCEPTED,
    State.PLAN_PROPOSED,
    State.PLANNED,
    State.IN_DELIVERY,
    State.DELIVERED,
    State.ON_HOLD,
]

# other than closed
ENDS = (
    State.DECLINED,
    State.REFERRED,
    State.MERGED,
    State.WITHDRAWN,
    State.DISCONTINUED,
    State.LAPSED,
)

# in which an engagement can answer a request: advice may come before a decision
LINKABLE = tuple(state for state in OPEN if state != State.DELIVERED)
# in which its page offers to record one
# help in these is given before the decision
BEFORE_DECISION = (State.SUBMITTED, State.UNDER_REVIEW, State.RETURNED, State.WAITLISTED)
AWAITS_ENGAGEMENTS = (
    State.ACCEPTED,
    State.PLAN_PROPOSED,
    State.PLANNED,
    State.IN_DELIVERY,
)

COUNTRY_READS = {
    State.DRAFT: pgettext_lazy("country reads", "draft"),
    State.AWAITING_CLEARANCE: pgettext_lazy("country reads", "with your approver"),
    State.SUBMITTED: pgettext_lazy("country reads", "received"),
    State.UNDER_REVIEW: pgettext_lazy("country reads", "under review"),
    State.RETURNED: pgettext_lazy("country reads", "your turn: questions"),
    State.WAITLISTED: pgettext_lazy("country reads", "on the waiting list"),
    State.ACCEPTED: pgettext_lazy("country reads", "accepted: plan in preparation"),
    State.PLAN_PROPOSED: pgettext_lazy("country reads", "your turn: confirm the plan"),
    State.PLANNED: pgettext_lazy("country reads", "planned"),
    State.IN_DELIVERY: pgettext_lazy("country reads", "in delivery"),
    State.DELIVERED: pgettext_lazy("country reads", "your turn: tell us how it went"),
    State.CLOSED: pgettext_lazy("country reads", "closed"),
    State.DECLINED: pgettext_lazy("country reads", "not accepted"),
    State.REFERRED: pgettext_lazy("country reads", "passed on"),
    State.MERGED: pgettext_lazy("country reads", "continued in another request"),
    State.WITHDRAWN: pgettext_lazy("country reads", "withdrawn by you"),
    State.DISCONTINUED: pgettext_lazy("country reads", "stopped by the programme"),
    State.LAPSED: pgettext_lazy("country reads", "closed without an answer"),
    State.ON_HOLD: pgettext_lazy("country reads", "paused"),
    State.DISCARDED: pgettext_lazy("country reads", "discarded"),
}

TURN = {
    State.DRAFT: Turn.COUNTRY,
    State.AWAITING_CLEARANCE: Turn.COUNTRY,
    State.SUBMITTED: Turn.PROGRAMME,
    State.UNDER_REVIEW: Turn.PROGRAMME,
    State.RETURNED: Turn.COUNTRY,
    State.WAITLISTED: Turn.PROGRAMME,
    State.ACCEPTED: Turn.PROGRAMME,
    State.PLAN_PROPOSED: Turn.COUNTRY,
    State.PLANNED: Turn.PROGRAMME,
    State.IN_DELIVERY: Turn.PROGRAMME,
    State.DELIVERED: Turn.COUNTRY,
    State.ON_HOLD: Turn.PROGRAMME,
}


def turn_in(state: str) -> Turn:
    """Whose turn it is in a state; nobody's where the case is at an end."""
    return TURN.get(State(state), Turn.NOBODY)


SHAPES = {"turn": (State.RETURNED, State.PLAN_PROPOSED, State.DELIVERED), "done": (State.CLOSED,)}


def shape_of(state: str) -> str:
    """The class that gives a state its shape on a page: turn, open, done, or none."""
    for shape, states in SHAPES.items():
        if state in states:
            return shape
    return "open" if state in OPEN else ""


BEFORE_DELIVERED = tuple(s for s in OPEN if s != State.DELIVERED)
ALL_SUBMITTED = (*OPEN, State.CLOSED, *ENDS)
HOLDABLE = tuple(s for s in OPEN if s not in (State.SUBMITTED, State.DELIVERED, State.ON_HOLD))
