"""The manager's decision, and cases that are one. Rows of the table, and what each does beside moving the state.

Source: the rules of the programme, section 1.
"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistance.action_fields import Funds, Officer, Reason, RelatedCase
from assistance.requests.action_context import CaseContext
from assistance.requests.actions.review import is_assessed
from assistance.requests.actors import MANAGER, OFFICER, Recipient
from assistance.requests.choices import Priority
from assistance.requests.field_sets import NOTE_SHOWN, REASON
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State as S
from core.workflow.actions import Action
from core.workflow.exceptions import DomainError
from core.workflow.fields import Choice, Day, Line, Money, Text, Yes


def decided(doing: CaseContext) -> None:
    """The first decision is the one that figures count."""
    case = doing.case
    if not case.first_decision:
        case.first_decision, case.first_decided_at, case.first_decided_on = (
            doing.code,
            doing.now,
            doing.today,
        )
    if case.deciding_manager is None:
        case.deciding_manager = doing.user


def accept(doing: CaseContext) -> None:
    """Priority, officer, estimate and the funds it is set against."""
    decided(doing)
    case, data = doing.case, doing.data
    if data["funding"].pillar_id not in (None, case.pillar_id):
        raise DomainError(
            _("These funds are earmarked for another pillar (%(pillar)s). Choose others.")
            % {"pillar": data["funding"].pillar},
            "funding",
        )
    case.priority, case.lead_officer, case.estimate, case.funding = (
        data["priority"],
        data["lead_officer"],
        data["estimate"],
        data["funding"],
    )
    case.estimate_currency, case.not_covered, case.next_look_on = (
        data["funding"].currency,
        data.get("not_covered", ""),
        None,
    )


def waitlist(doing: CaseContext) -> None:
    """No clock but the date of the next look."""
    if doing.data["next_look_on"] <= doing.today:
        raise DomainError(_("Choose a date after today."), "next_look_on")
    decided(doing)
    doing.case.next_look_on = doing.data["next_look_on"]


def refer(doing: CaseContext) -> None:
    """Passed on with the country's consent."""
    decided(doing)
    doing.case.referred_to = doing.data["referred_to"]


def decline(doing: CaseContext) -> None:
    """With a reason that the country reads."""
    decided(doing)
    doing.case.reason_code = doing.data["reason_code"]


def merge(doing: CaseContext) -> None:
    """Into an open case of the same country and programme.

    Nothing moves: the target's page reads both timelines.
    """
    target = doing.data["merged_into"]
    if (
        target.pk == doing.case.pk
        or (target.country_id, target.programme_id)
        != (doing.case.country_id, doing.case.programme_id)
        or not target.is_open
    ):
        raise DomainError(
            _("Choose another open request of the same country and programme."), "merged_into"
        )
    doing.case.merged_into = target


def unmerge(doing: CaseContext) -> None:
    """On its own again, from review."""
    doing.case.merged_into, doing.case.complete_since = None, None


def is_ready_to_decide(case: AssistanceRequest) -> bool:
    """From review only once the checklist is done."""
    return case.state != S.UNDER_REVIEW or is_assessed(case)


def present_officer(case: AssistanceRequest, user: User) -> dict[str, object]:
    """The officer who has the case."""
    return {"lead_officer": case.lead_officer_id}


ACTIONS = (
    Action(
        "accept",
        gettext_lazy("Accept"),
        gettext_lazy("Request accepted"),
        (S.UNDER_REVIEW, S.WAITLISTED),
        S.ACCEPTED,
        MANAGER,
        (
            Choice("priority", gettext_lazy("Priority"), choices=Priority.choices, shared=False),
            Officer("lead_officer", gettext_lazy("Lead officer"), shared=False),
            Money(
                "estimate",
                gettext_lazy("Estimate"),
                gettext_lazy("In the programme's currency."),
                shared=False,
            ),
            Funds("funding", gettext_lazy("Funds it is set against"), shared=False),
            Text(
                "not_covered",
                gettext_lazy("If accepted in part: what is not covered"),
                gettext_lazy("The country reads this."),
                required=False,
            ),
        ),
        (Recipient.COUNTRY, Recipient.OFFICER),
        guard=is_ready_to_decide,
        weight=1,
        effect=accept,
        initial=present_officer,
        calls_for_action=True,
    ),
    Action(
        "waitlist",
        gettext_lazy("Put on the waiting list"),
        gettext_lazy("Put on the waiting list"),
        (S.UNDER_REVIEW, S.WAITLISTED),
        S.WAITLISTED,
        MANAGER,
        (NOTE_SHOWN, Day("next_look_on", gettext_lazy("Next look on"))),
        (Recipient.COUNTRY, Recipient.OFFICER),
        guard=is_ready_to_decide,
        weight=22,
        effect=waitlist,
    ),
    Action(
        "refer",
        gettext_lazy("Pass on to another provider"),
        gettext_lazy("Passed on"),
        (S.UNDER_REVIEW, S.WAITLISTED),
        S.REFERRED,
        MANAGER,
        (
            Line("referred_to", gettext_lazy("To whom")),
            Yes("consent", gettext_lazy("The country has agreed to be passed on")),
            Text(
                "note",
                gettext_lazy("Explanation"),
                gettext_lazy("The country reads this."),
                required=False,
            ),
        ),
        (Recipient.COUNTRY, Recipient.OFFICER),
        weight=24,
        effect=refer,
    ),
    Action(
        "decline",
        gettext_lazy("Decline"),
        gettext_lazy("Request not accepted"),
        (S.UNDER_REVIEW, S.WAITLISTED),
        S.DECLINED,
        MANAGER,
        (Reason("reason_code", gettext_lazy("Reason")), NOTE_SHOWN),
        (Recipient.COUNTRY, Recipient.OFFICER),
        weight=26,
        effect=decline,
    ),
    Action(
        "merge",
        gettext_lazy("Merge into another request"),
        gettext_lazy("Continued in another request"),
        (S.SUBMITTED, S.UNDER_REVIEW, S.WAITLISTED),
        S.MERGED,
        OFFICER,
        (RelatedCase("merged_into", gettext_lazy("Open request of the same country")),),
        (Recipient.COUNTRY,),
        weight=70,
        effect=merge,
    ),
    Action(
        "unmerge",
        gettext_lazy("Separate again"),
        gettext_lazy("Separated again"),
        (S.MERGED,),
        S.UNDER_REVIEW,
        MANAGER,
        (REASON,),
        (Recipient.COUNTRY, Recipient.OFFICER),
        weight=70,
        effect=unmerge,
    ),
)
