"""Stopped, on hold, lapsed, and taken up again. Rows of the table, and what each does beside moving the state.

Source: the rules of the programme, section 1.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.action_fields import Reason
from assistance.plans.models import ResponsePlan
from assistance.requests.action_context import CaseContext
from assistance.requests.actors import FOCAL_POINT, MANAGER, Recipient
from assistance.requests.field_sets import NOTE_SHOWN, REASON
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import HOLDABLE
from assistance.requests.states import State as S
from core.workflow.actions import COMPUTED, Action
from core.workflow.exceptions import DomainError
from core.workflow.fields import Choice, Day, Text
from files.action_fields import File


def discontinue(doing: CaseContext) -> None:
    """As above, after acceptance."""
    doing.case.reason_code, doing.case.hold_look_on = doing.data["reason_code"], None


def hold(doing: CaseContext) -> None:
    """Remembers the state held, and when somebody looks again."""
    if doing.data["next_look_on"] <= doing.today:
        raise DomainError(_("Choose a date after today."), "next_look_on")
    doing.case.held_from, doing.case.hold_look_on = doing.case.state, doing.data["next_look_on"]


def resume(doing: CaseContext) -> str:
    """To the state held, with what was left on both clocks."""
    state, doing.case.held_from, doing.case.hold_look_on = (
        doing.case.held_from or S.UNDER_REVIEW,
        "",
        None,
    )
    return state


def reopen(doing: CaseContext) -> str:
    """A new round. Only a closed case can go on under its agreed plan."""
    case = doing.case
    if doing.data["to"] == "planned":
        if (
            case.state != S.CLOSED
            or not case.plans.filter(status=ResponsePlan.Status.AGREED).exists()
        ):
            raise DomainError(
                _(
                    "Only a closed request with an agreed plan can go on under its plan. Choose"
                    " review."
                ),
                "to",
            )
        case.round += 1
        case.closed_at, case.outcome, case.usefulness, case.timeliness = None, "", None, None
        return S.PLANNED
    new_round(case)
    return S.UNDER_REVIEW


def new_round(case: AssistanceRequest) -> None:
    """Numbered on every event from here on; what the last round ended with is open again, and a
    plan must be agreed anew."""
    case.round += 1
    (
        case.complete_since,
        case.closed_at,
        case.outcome,
        case.reason_code,
        case.returned_from,
        case.held_from,
    ) = (
        None,
        None,
        "",
        None,
        "",
        "",
    )
    case.usefulness = case.timeliness = None
    case.plans.filter(status__in=(ResponsePlan.Status.PROPOSED, ResponsePlan.Status.AGREED)).update(
        status=ResponsePlan.Status.SUPERSEDED
    )


def answer_late(doing: CaseContext) -> None:
    """A lapsed case is reopened by the country's late answer."""
    new_round(doing.case)


def was_reminded_twice(case: AssistanceRequest) -> bool:
    """Whether the country was reminded twice of an answer or an agreement."""
    awaited = case.clocks.running().filter(standard__in=("answer", "agreement"))
    return awaited.filter(reminders__gte=2).exists()


ACTIONS = (
    Action(
        "discontinue",
        gettext_lazy("Stop"),
        gettext_lazy("Stopped by the programme"),
        (S.ACCEPTED, S.PLAN_PROPOSED, S.PLANNED, S.IN_DELIVERY, S.ON_HOLD),
        S.DISCONTINUED,
        MANAGER,
        (Reason("reason_code", gettext_lazy("Reason")), NOTE_SHOWN),
        (Recipient.COUNTRY, Recipient.OFFICER),
        weight=85,
        effect=discontinue,
    ),
    Action(
        "hold",
        gettext_lazy("Put on hold"),
        gettext_lazy("Paused"),
        HOLDABLE,
        S.ON_HOLD,
        MANAGER,
        (REASON, Day("next_look_on", gettext_lazy("Next look on"))),
        (Recipient.COUNTRY, Recipient.OFFICER),
        weight=80,
        effect=hold,
    ),
    Action(
        "resume",
        gettext_lazy("Resume"),
        gettext_lazy("Resumed"),
        (S.ON_HOLD,),
        COMPUTED,
        MANAGER,
        (REASON,),
        (Recipient.COUNTRY, Recipient.OFFICER),
        weight=1,
        effect=resume,
    ),
    Action(
        "lapse",
        gettext_lazy("Close without an answer"),
        gettext_lazy("Closed without an answer"),
        (S.RETURNED, S.PLAN_PROPOSED),
        S.LAPSED,
        MANAGER,
        (NOTE_SHOWN,),
        (Recipient.COUNTRY, Recipient.OFFICER),
        weight=82,
        guard=was_reminded_twice,
    ),
    Action(
        "reopen",
        gettext_lazy("Reopen"),
        gettext_lazy("Reopened"),
        (S.DECLINED, S.REFERRED, S.WITHDRAWN, S.DISCONTINUED, S.LAPSED, S.CLOSED),
        COMPUTED,
        MANAGER,
        (
            REASON,
            Choice(
                "to",
                gettext_lazy("Where it goes on"),
                choices=(
                    ("under_review", gettext_lazy("Review")),
                    ("planned", gettext_lazy("The agreed plan (closed requests only)")),
                ),
            ),
        ),
        (Recipient.COUNTRY, Recipient.OFFICER),
        weight=70,
        effect=reopen,
    ),
    Action(
        "answer_late",
        gettext_lazy("Answer after all"),
        gettext_lazy("Answered late: reopened"),
        (S.LAPSED,),
        S.UNDER_REVIEW,
        FOCAL_POINT,
        (
            Text("answers", gettext_lazy("Answers")),
            File("file", gettext_lazy("File"), required=False),
        ),
        (Recipient.OFFICER, Recipient.MANAGER),
        weight=1,
        effect=answer_late,
        calls_for_action=True,
    ),
)
