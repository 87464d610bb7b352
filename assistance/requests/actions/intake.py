"""From the draft to the submission. Rows of the table, and what each does beside moving the state.

Source: the rules of the programme, section 1.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy, ngettext

from accounts.models import User
from assistance.requests import fields, references
from assistance.requests.action_context import CaseContext
from assistance.requests.actors import AUTHOR, AUTHOR_ALONE, CLEARER, Recipient
from assistance.requests.models import AssistanceRequest
from assistance.requests.states import State as S
from core.workflow.actions import COMPUTED, Action
from core.workflow.exceptions import DomainError
from core.workflow.fields import Text
from countries.models import FocalPoint

DECLARATION = gettext_lazy(
    "You declare that the institution named above asks for this help, and that what stands here is"
    " right as far as you know."
)


def submit(doing: CaseContext) -> str:
    """Awaits clearance where another active person of the country may clear, and staff hold no
    evidence; else is submitted."""
    case = doing.case
    empty = fields.missing_fields(case)
    if empty:
        names = ", ".join(fields.field_label(f.name) for f in empty)
        raise DomainError(
            ngettext(
                "Before it can be submitted this is still to be filled in: %(names)s.",
                "Before it can be submitted these are still to be filled in: %(names)s.",
                len(empty),
            )
            % {"names": names}
        )
    others_clear = (
        FocalPoint.objects.who_may_clear(case.country_id, case.programme_id)
        .exclude(user_id=case.author_id)
        .exists()
    )
    if others_clear and not doing.on_behalf:
        return S.AWAITING_CLEARANCE
    enter_submitted(doing)
    return S.SUBMITTED


def clear(doing: CaseContext) -> None:
    """Somebody else of the country stands by it."""
    enter_submitted(doing)


def enter_submitted(doing: CaseContext) -> None:
    """Reference, received date and clocks begin here."""
    case = doing.case
    case.submitted_at, case.received_on = doing.now, doing.today
    if case.reference is None:
        case.reference = references.next_reference(case.country.iso3, doing.today.year)
    doing.extra["reference"] = case.reference


def still_missing_and_written(case: AssistanceRequest, user: User) -> dict[str, object]:
    """What is to be filled in yet, and what would be sent."""
    return {"missing": fields.missing_fields(case)} | what_is_written(case, user)


def what_is_written(case: AssistanceRequest, user: User) -> dict[str, object]:
    """The request, step by step."""
    return {"steps": fields.filled_values(case)}


def told_of_submission(case: AssistanceRequest, actor: User) -> set[Recipient]:
    """Clearers only while it waits for them; the officers only once it is theirs to see."""
    waits = (
        case.reference is None
        and FocalPoint.objects.who_may_clear(case.country_id, case.programme_id)
        .exclude(user_id=case.author_id)
        .exists()
    )
    if waits and not getattr(actor, "is_programme_staff", False):
        return {Recipient.CLEARERS}
    return {Recipient.OFFICER, Recipient.COUNTRY}


ACTIONS = (
    Action(
        "submit",
        gettext_lazy("Submit"),
        gettext_lazy("Request submitted"),
        (S.DRAFT,),
        COMPUTED,
        AUTHOR,
        notify=(Recipient.CLEARERS, Recipient.OFFICER, Recipient.COUNTRY),
        weight=1,
        effect=submit,
        recipients=told_of_submission,
        beside=still_missing_and_written,
        calls_for_action=True,
        declaration=DECLARATION,
        tells_actor=True,
    ),
    Action(
        "clear",
        gettext_lazy("Clear and submit"),
        gettext_lazy("Request cleared and submitted"),
        (S.AWAITING_CLEARANCE,),
        S.SUBMITTED,
        CLEARER,
        notify=(Recipient.OFFICER, Recipient.COUNTRY),
        weight=1,
        effect=clear,
        beside=what_is_written,
        calls_for_action=True,
        declaration=DECLARATION,
        tells_actor=True,
    ),
    Action(
        "send_back",
        gettext_lazy("Send back"),
        gettext_lazy("Sent back to the author"),
        (S.AWAITING_CLEARANCE,),
        S.DRAFT,
        CLEARER,
        (Text("changes", gettext_lazy("What is to change")),),
        (Recipient.AUTHOR,),
        calls_for_action=True,
    ),
    Action(
        "discard",
        gettext_lazy("Discard"),
        gettext_lazy("Draft discarded"),
        (S.DRAFT,),
        S.DISCARDED,
        AUTHOR_ALONE,
        weight=90,
    ),
)
