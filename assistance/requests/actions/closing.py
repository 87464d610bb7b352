"""The end in agreement: completion, the country's word, withdrawal. Rows of the table, and what each does beside moving the state.

Source: the rules of the programme, section 1.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistance.engagements.states import AHEAD, DONE
from assistance.requests.action_context import CaseContext
from assistance.requests.actors import CLOCK, FOCAL_POINT, OFFICER, Recipient
from assistance.requests.choices import Outcome
from assistance.requests.field_sets import REASON
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import BEFORE_DELIVERED
from assistance.requests.states import State as S
from core import days
from core.workflow.actions import COMPUTED, Action
from core.workflow.exceptions import DomainError
from core.workflow.fields import Choice, Score, Text

STATED_WITHIN = 12  # months after a closing that was not stated


def complete(doing: CaseContext) -> None:
    """Nothing may still be ahead; something must have been delivered, or it is said why not."""
    linked = doing.case.engagements.all()
    ahead = linked.filter(state__in=AHEAD).values_list("reference", flat=True)
    if ahead:
        raise DomainError(
            _(
                "Still ahead: %(references)s. Have them delivered or cancelled, or unlink them with"
                " a reason."
            )
            % {"references": ", ".join(ahead)}
        )
    if not linked.filter(state__in=DONE, did_not_take_place=False).exists() and not doing.data.get(
        "why_none"
    ):
        raise DomainError(_("No engagement was delivered for this request. Say why."), "why_none")


def confirm(doing: CaseContext) -> None:
    """The country's own word, at the closing or within a year after one without it."""
    case, data = doing.case, doing.data
    case.outcome, case.usefulness, case.timeliness = (
        data["outcome"],
        int(data["usefulness"]),
        int(data["timeliness"]),
    )
    # of a case that closed without the country's word the day stays
    case.closed_at = case.closed_at or doing.now


def close_unconfirmed(doing: CaseContext) -> None:
    """Thirty calendar days without a word."""
    doing.case.outcome, doing.case.closed_at = "not_stated", doing.now


def withdraw(doing: CaseContext) -> str:
    """What was not cleared yet is a draft again; what the programme has is withdrawn."""
    doing.case.hold_look_on = None
    return S.DRAFT if doing.case.state == S.AWAITING_CLEARANCE else S.WITHDRAWN


def is_not_stated_yet(case: AssistanceRequest) -> bool:
    """Delivered, or closed without the country's word, which may still come for twelve months."""
    if case.state == S.DELIVERED:
        return True
    if case.outcome != Outcome.NOT_STATED or case.closed_at is None:
        return False
    closed_on = case.programme.day_of(case.closed_at)
    return case.programme.today() <= days.months_later(closed_on, STATED_WITHIN)


def told_of_withdrawal(case: AssistanceRequest, actor: User) -> set[Recipient]:
    """Before it was cleared, nobody but the country's own people."""
    if case.reference is None:
        return {Recipient.CLEARERS, Recipient.AUTHOR}
    return {Recipient.OFFICER, Recipient.COUNTRY}


ACTIONS = (
    Action(
        "complete",
        gettext_lazy("Complete"),
        gettext_lazy("Delivery completed"),
        (S.IN_DELIVERY,),
        S.DELIVERED,
        OFFICER,
        (
            Text(
                "summary",
                gettext_lazy("Summary of results"),
                gettext_lazy("The country reads this."),
            ),
            Text("why_none", gettext_lazy("If no engagement was delivered: why"), required=False),
        ),
        (Recipient.COUNTRY, Recipient.MANAGER),
        weight=1,
        effect=complete,
        calls_for_action=True,
    ),
    Action(
        "confirm",
        gettext_lazy("Tell us how it went"),
        gettext_lazy("Closed by the country"),
        (S.DELIVERED, S.CLOSED),
        S.CLOSED,
        FOCAL_POINT,
        (
            Choice(
                "outcome",
                gettext_lazy("Was the need met?"),
                choices=[c for c in Outcome.choices if c[0] != Outcome.NOT_STATED],
            ),
            Score("usefulness", gettext_lazy("How useful was it? (1 not at all, 5 very)")),
            Score("timeliness", gettext_lazy("Did it come in time? (1 far too late, 5 in time)")),
            Text("remarks", gettext_lazy("Remarks"), required=False),
        ),
        (Recipient.OFFICER, Recipient.MANAGER),
        weight=1,
        effect=confirm,
        guard=is_not_stated_yet,
    ),
    Action(
        "close_unconfirmed",
        gettext_lazy("Close without an answer"),
        gettext_lazy("Closed: the country did not say how it went"),
        (S.DELIVERED,),
        S.CLOSED,
        CLOCK,
        notify=(Recipient.COUNTRY, Recipient.OFFICER),
        effect=close_unconfirmed,
    ),
    Action(
        "withdraw",
        gettext_lazy("Withdraw"),
        gettext_lazy("Request withdrawn"),
        (S.AWAITING_CLEARANCE, *BEFORE_DELIVERED),
        COMPUTED,
        FOCAL_POINT,
        (REASON,),
        (Recipient.OFFICER, Recipient.COUNTRY),
        weight=90,
        effect=withdraw,
        recipients=told_of_withdrawal,
    ),
)
