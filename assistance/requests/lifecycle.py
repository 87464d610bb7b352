"""The life of a request: which action leads from which state to which, who may take it and what it
needs.

This table is the only place that says so; pages, API, tests, mails, permissions and documentation
are made from it. Source: the rules of the programme, section 1. What an action *does* beside moving
the state is in `effects.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from assistance.action_fields import Contribution, Officer, Reason, RelatedCase
from assistance.programmes.querysets import manages
from assistance.requests import consent, questions
from assistance.requests.choices import Outcome, Priority
from assistance.requests.field_sets import ASSESSMENT_FIELDS, CALL_FIELDS, CONSENT_FIELDS
from assistance.requests.states import ENDS, OPEN, State
from core import days
from core.workflow.fields import (
    ActionField,
    Choice,
    Day,
    Line,
    Money,
    Number,
    Rows,
    Score,
    Text,
    Yes,
)
from countries.models import FocalPoint
from files.action_fields import File

if TYPE_CHECKING:
    from assistance.requests.models import AssistanceRequest


class ActorRole(Enum):
    """Who takes an action."""

    AUTHOR = "author"
    CLEARER = "clearer"
    FOCAL_POINT = "focal_point"
    OFFICER = "officer"
    MANAGER = "manager"
    CLOCK = "clock"


COUNTRY_SIDE = (ActorRole.AUTHOR, ActorRole.CLEARER, ActorRole.FOCAL_POINT)


class Recipient(Enum):
    """Who is told of an action; the actor never is."""

    COUNTRY = "country"  # the author and the active focal points of the country
    AUTHOR = "author"
    CLEARERS = "clearers"
    OFFICER = "officer"  # the lead officer, or all officers of the programme where there is none
    MANAGER = "manager"  # the deciding manager, or all managers of the programme


SAME = "same"  # the state does not change
COMPUTED = "computed"  # the state is worked out in `effects.py`


@dataclass(frozen=True)
class Action:
    """One line of the table.

    `past` is how the timeline says that it happened; `weight` orders buttons: the main one first.
    """

    code: str
    label: Any
    past: Any
    sources: tuple[str, ...]
    target: str
    who: ActorRole
    fields: tuple[ActionField, ...] = ()
    told: tuple[Recipient, ...] = ()
    shared: bool = True
    when_complete: bool = False  # from “under review” only once the checklist is done
    weight: int = 50

    @property
    def is_countrys(self) -> bool:
        """Taken by the country, or by staff on its behalf with evidence.

        Who discards a draft of their own speaks for nobody else.
        """
        return self.who in COUNTRY_SIDE and self.code != "discard"


S = State
REASON = Text("reason", _("Reason"))
NOTE_SHOWN = Text("note", _("Explanation"), _("The country reads this."))
EVIDENCE = (("letter", _("Letter")), ("e-mail", _("E-mail")), ("call", _("Dated note of a call")))
PLAN_FIELDS = (
    Text(
        "summary",
        _("Summary of the plan"),
        _("Two or three sentences that the country can agree to."),
        required=False,
    ),
    Rows(
        "steps",
        _("Steps"),
        _("What will be done, when, by whom, at what estimated cost."),
        columns=(
            Line("what", _("What")),
            Day("starts_on", _("From")),
            Day("ends_on", _("Until")),
            Line("who", _("Who"), longest=200),
            Money(
                "cost",
                _("Estimated cost"),
                required=False,
                currency=lambda case: case.programme.currency,
            ),
        ),
        naming=("who",),
    ),
    Rows(
        "indicators",
        _("Indicators"),
        _("By what will be seen that it helped: where it stands now and where it should stand."),
        columns=(
            Line("title", _("Indicator")),
            Line("unit", _("Unit"), longest=60),
            Number("baseline", _("Baseline")),
            Number("target", _("Target")),
        ),
    ),
)
BEFORE_DELIVERED = tuple(s for s in OPEN if s != S.DELIVERED)
ALL_SUBMITTED = (*OPEN, S.CLOSED, *ENDS)
HOLDABLE = (
    S.UNDER_REVIEW,
    S.RETURNED,
    S.WAITLISTED,
    S.ACCEPTED,
    S.PLAN_PROPOSED,
    S.PLANNED,
    S.IN_DELIVERY,
)

ACTIONS: dict[str, Action] = {
    a.code: a
    for a in (
        Action(
            "submit",
            _("Submit"),
            _("Request submitted"),
            (S.DRAFT,),
            COMPUTED,
            ActorRole.AUTHOR,
            told=(Recipient.CLEARERS, Recipient.OFFICER, Recipient.COUNTRY),
            weight=1,
        ),
        Action(
            "clear",
            _("Clear and submit"),
            _("Request cleared and submitted"),
            (S.AWAITING_CLEARANCE,),
            S.SUBMITTED,
            ActorRole.CLEARER,
            told=(Recipient.OFFICER, Recipient.COUNTRY),
            weight=1,
        ),
        Action(
            "send_back",
            _("Send back"),
            _("Sent back to the author"),
            (S.AWAITING_CLEARANCE,),
            S.DRAFT,
            ActorRole.CLEARER,
            (Text("changes", _("What is to change")),),
            (Recipient.AUTHOR,),
        ),
        Action(
            "discard",
            _("Discard"),
            _("Draft discarded"),
            (S.DRAFT,),
            S.DISCARDED,
            ActorRole.AUTHOR,
            weight=90,
        ),
        Action(
            "start_review",
            _("Start the review"),
            _("Review started"),
            (S.SUBMITTED,),
            S.UNDER_REVIEW,
            ActorRole.OFFICER,
            (
                Officer("lead_officer", _("Officer who takes the case"), shared=False),
                Choice(
                    "letter",
                    _("Letter"),
                    choices=(
                        ("authenticated", _("Authenticated")),
                        ("not", _("Not authenticated")),
                    ),
                    shared=False,
                ),
                Line(
                    "why_not",
                    _("If not authenticated: why"),
                    required=False,
                    shared=False,
                ),
            ),
            (Recipient.COUNTRY,),
            weight=1,
        ),
        Action(
            "mark_complete",
            _("Mark as complete"),
            _("Request found complete"),
            (S.UNDER_REVIEW,),
            SAME,
            ActorRole.OFFICER,
            ASSESSMENT_FIELDS,
            (Recipient.MANAGER,),
            weight=1,
        ),
        Action(
            "return_assessment",
            _("Return the assessment"),
            _("Assessment returned"),
            (S.UNDER_REVIEW,),
            SAME,
            ActorRole.MANAGER,
            (Text("still_needed", _("What the assessment still needs"), shared=False),),
            (Recipient.OFFICER,),
            shared=False,
            weight=21,
        ),
        Action(
            "ask",
            _("Ask the country"),
            _("Questions sent"),
            (S.UNDER_REVIEW, S.WAITLISTED),
            S.RETURNED,
            ActorRole.OFFICER,
            (
                Text(
                    "questions",
                    _("Questions"),
                    _("One a line. Our clock stops until the country answers."),
                ),
            ),
            (Recipient.COUNTRY,),
            weight=20,
        ),
        Action(
            "answer",
            _("Answer the questions"),
            _("Questions answered"),
            (S.RETURNED,),
            COMPUTED,
            ActorRole.FOCAL_POINT,
            told=(Recipient.OFFICER,),
            weight=1,  # its fields are the open questions: `fields_of`
        ),
        Action(
            "ask_for_time",
            _("Ask for more time"),
            _("More time asked for"),
            (S.RETURNED, S.PLAN_PROPOSED),
            SAME,
            ActorRole.FOCAL_POINT,
            (
                Day("until", _("Until when")),
                Line("why", _("Why"), required=False),
            ),
            (Recipient.OFFICER,),
            weight=30,
        ),
        Action(
            "give_time",
            _("Give more time"),
            _("More time given"),
            (S.RETURNED, S.PLAN_PROPOSED),
            SAME,
            ActorRole.OFFICER,
            (Day("until", _("Until when")),),
            (Recipient.COUNTRY,),
            weight=30,
        ),
        Action(
            "supplement",
            _("Add something"),
            _("Supplement received"),
            tuple(OPEN),
            SAME,
            ActorRole.FOCAL_POINT,
            (
                Text("text", _("What you want to add"), required=False),
                File("file", _("File"), required=False),
            ),
            (Recipient.OFFICER,),
            weight=60,
        ),
        Action(
            "note_call",
            _("Note a call"),
            _("Call noted"),
            tuple(OPEN),
            SAME,
            ActorRole.OFFICER,
            CALL_FIELDS,
            (Recipient.COUNTRY, Recipient.OFFICER),
            weight=62,
        ),
        Action(
            "accept",
            _("Accept"),
            _("Request accepted"),
            (S.UNDER_REVIEW, S.WAITLISTED),
            S.ACCEPTED,
            ActorRole.MANAGER,
            (
                Choice("priority", _("Priority"), choices=Priority.choices, shared=False),
                Officer("lead_officer", _("Lead officer"), shared=False),
                Money(
                    "estimate",
                    _("Estimate"),
                    _("In the programme's currency."),
                    shared=False,
                ),
                Contribution("funding", _("Funds it is set against"), shared=False),
                Text(
                    "not_covered",
                    _("If accepted in part: what is not covered"),
                    _("The country reads this."),
                    required=False,
                ),
            ),
            (Recipient.COUNTRY, Recipient.OFFICER),
            when_complete=True,
            weight=1,
        ),
        Action(
            "waitlist",
            _("Put on the waiting list"),
            _("Put on the waiting list"),
            (S.UNDER_REVIEW, S.WAITLISTED),
            S.WAITLISTED,
            ActorRole.MANAGER,
            (NOTE_SHOWN, Day("next_look_on", _("Next look on"))),
            (Recipient.COUNTRY, Recipient.OFFICER),
            when_complete=True,
            weight=22,
        ),
        Action(
            "refer",
            _("Pass on to another provider"),
            _("Passed on"),
            (S.UNDER_REVIEW, S.WAITLISTED),
            S.REFERRED,
            ActorRole.MANAGER,
            (
                Line("referred_to", _("To whom")),
                Yes("consent", _("The country has agreed to be passed on")),
                Text(
                    "note",
                    _("Explanation"),
                    _("The country reads this."),
                    required=False,
                ),
            ),
            (Recipient.COUNTRY, Recipient.OFFICER),
            weight=24,
        ),
        Action(
            "decline",
            _("Decline"),
            _("Request not accepted"),
            (S.UNDER_REVIEW, S.WAITLISTED),
            S.DECLINED,
            ActorRole.MANAGER,
            (Reason("reason_code", _("Reason")), NOTE_SHOWN),
            (Recipient.COUNTRY, Recipient.OFFICER),
            weight=26,
        ),
        Action(
            "merge",
            _("Merge into another request"),
            _("Continued in another request"),
            (S.SUBMITTED, S.UNDER_REVIEW, S.WAITLISTED),
            S.MERGED,
            ActorRole.OFFICER,
            (RelatedCase("merged_into", _("Open request of the same country")),),
            (Recipient.COUNTRY,),
            weight=70,
        ),
        Action(
            "unmerge",
            _("Separate again"),
            _("Separated again"),
            (S.MERGED,),
            S.UNDER_REVIEW,
            ActorRole.MANAGER,
            (REASON,),
            (Recipient.COUNTRY, Recipient.OFFICER),
            weight=70,
        ),
        Action(
            "propose_plan",
            _("Propose the plan"),
            _("Plan proposed"),
            (S.ACCEPTED,),
            S.PLAN_PROPOSED,
            ActorRole.OFFICER,
            PLAN_FIELDS,
            (Recipient.COUNTRY,),
            weight=1,
        ),
        Action(
            "agree",
            _("Agree to the plan"),
            _("Plan agreed"),
            (S.PLAN_PROPOSED,),
            S.PLANNED,
            ActorRole.FOCAL_POINT,
            (
                Line(
                    "agreed_by_name",
                    _("Name of the person who agrees"),
                    _("As it should stand under the plan."),
                ),
            ),
            (Recipient.OFFICER, Recipient.MANAGER),
            weight=1,
        ),
        Action(
            "send_plan_back",
            _("Send the plan back"),
            _("Plan sent back"),
            (S.PLAN_PROPOSED,),
            S.ACCEPTED,
            ActorRole.FOCAL_POINT,
            (Text("changes", _("What is to change")),),
            (Recipient.OFFICER,),
            weight=20,
        ),
        Action(
            "revise_plan",
            _("Revise the plan"),
            _("New version of the plan proposed"),
            (S.PLANNED, S.IN_DELIVERY),
            SAME,
            ActorRole.OFFICER,
            PLAN_FIELDS,
            (Recipient.COUNTRY,),
            weight=40,
        ),
        Action(
            "agree_revision",
            _("Agree to the new version"),
            _("New version of the plan agreed"),
            (S.PLANNED, S.IN_DELIVERY),
            SAME,
            ActorRole.FOCAL_POINT,
            (Line("agreed_by_name", _("Name of the person who agrees")),),
            (Recipient.OFFICER,),
            weight=10,
        ),
        Action(
            "send_revision_back",
            _("Send the new version back"),
            _("New version of the plan sent back"),
            (S.PLANNED, S.IN_DELIVERY),
            SAME,
            ActorRole.FOCAL_POINT,
            (Text("changes", _("What is to change")),),
            (Recipient.OFFICER,),
            weight=20,
        ),
        Action(
            "start_delivery",
            _("Start delivery"),
            _("Delivery started"),
            (S.PLANNED,),
            S.IN_DELIVERY,
            ActorRole.OFFICER,
            told=(Recipient.COUNTRY,),
            weight=1,
        ),
        Action(
            "complete",
            _("Complete"),
            _("Delivery completed"),
            (S.IN_DELIVERY,),
            S.DELIVERED,
            ActorRole.OFFICER,
            (
                Text("summary", _("Summary of results"), _("The country reads this.")),
                Text("why_none", _("If no engagement was delivered: why"), required=False),
            ),
            (Recipient.COUNTRY, Recipient.MANAGER),
            weight=1,
        ),
        Action(
            "confirm",
            _("Tell us how it went"),
            _("Closed by the country"),
            (S.DELIVERED, S.CLOSED),
            S.CLOSED,
            ActorRole.FOCAL_POINT,
            (
                Choice(
                    "outcome",
                    _("Was the need met?"),
                    choices=[c for c in Outcome.choices if c[0] != Outcome.NOT_STATED],
                ),
                Score("usefulness", _("How useful was it? (1 not at all, 5 very)")),
                Score("timeliness", _("Did it come in time? (1 far too late, 5 in time)")),
                Text("remarks", _("Remarks"), required=False),
            ),
            (Recipient.OFFICER, Recipient.MANAGER),
            weight=1,
        ),
        Action(
            "close_unconfirmed",
            _("Close without an answer"),
            _("Closed: the country did not say how it went"),
            (S.DELIVERED,),
            S.CLOSED,
            ActorRole.CLOCK,
            told=(Recipient.COUNTRY, Recipient.OFFICER),
        ),
        Action(
            "withdraw",
            _("Withdraw"),
            _("Request withdrawn"),
            (S.AWAITING_CLEARANCE, *BEFORE_DELIVERED),
            COMPUTED,
            ActorRole.FOCAL_POINT,
            (REASON,),
            (Recipient.OFFICER, Recipient.COUNTRY),
            weight=90,
        ),
        Action(
            "set_consent",
            _("Say what may be shown"),
            _("Consent changed"),
            ALL_SUBMITTED,
            SAME,
            ActorRole.FOCAL_POINT,
            CONSENT_FIELDS,
            (Recipient.OFFICER, Recipient.COUNTRY),
            weight=75,
        ),
        Action(
            "release_text",
            _("Release the text for the public"),
            _("Text for the public released"),
            ALL_SUBMITTED,
            SAME,
            ActorRole.OFFICER,
            told=(Recipient.COUNTRY,),
            weight=74,
        ),
        Action(
            "discontinue",
            _("Stop"),
            _("Stopped by the programme"),
            (S.ACCEPTED, S.PLAN_PROPOSED, S.PLANNED, S.IN_DELIVERY, S.ON_HOLD),
            S.DISCONTINUED,
            ActorRole.MANAGER,
            (Reason("reason_code", _("Reason")), NOTE_SHOWN),
            (Recipient.COUNTRY, Recipient.OFFICER),
            weight=85,
        ),
        Action(
            "hold",
            _("Put on hold"),
            _("Paused"),
            HOLDABLE,
            S.ON_HOLD,
            ActorRole.MANAGER,
            (REASON, Day("next_look_on", _("Next look on"))),
            (Recipient.COUNTRY, Recipient.OFFICER),
            weight=80,
        ),
        Action(
            "resume",
            _("Resume"),
            _("Resumed"),
            (S.ON_HOLD,),
            COMPUTED,
            ActorRole.MANAGER,
            (REASON,),
            (Recipient.COUNTRY, Recipient.OFFICER),
            weight=1,
        ),
        Action(
            "lapse",
            _("Close without an answer"),
            _("Closed without an answer"),
            (S.RETURNED, S.PLAN_PROPOSED),
            S.LAPSED,
            ActorRole.MANAGER,
            (NOTE_SHOWN,),
            (Recipient.COUNTRY, Recipient.OFFICER),
            weight=82,
        ),
        Action(
            "reopen",
            _("Reopen"),
            _("Reopened"),
            (S.DECLINED, S.REFERRED, S.WITHDRAWN, S.DISCONTINUED, S.LAPSED, S.CLOSED),
            COMPUTED,
            ActorRole.MANAGER,
            (
                REASON,
                Choice(
                    "to",
                    _("Where it goes on"),
                    choices=(
                        ("under_review", _("Review")),
                        ("planned", _("The agreed plan (closed requests only)")),
                    ),
                ),
            ),
            (Recipient.COUNTRY, Recipient.OFFICER),
            weight=70,
        ),
        Action(
            "answer_late",
            _("Answer after all"),
            _("Answered late: reopened"),
            (S.LAPSED,),
            S.UNDER_REVIEW,
            ActorRole.FOCAL_POINT,
            (
                Text("answers", _("Answers")),
                File("file", _("File"), required=False),
            ),
            (Recipient.OFFICER, Recipient.MANAGER),
            weight=1,
        ),
    )
}
STATED_WITHIN = 12  # months after a closing that was not stated
ON_BEHALF_FIELDS = (
    Choice(
        "evidence_kind",
        _("On the country's behalf: by what we know"),
        choices=EVIDENCE,
    ),
    Line("evidence_note", _("Its date, sender and reference")),
    File("evidence_file", _("Copy of it"), required=False),
)
MESSAGES = {
    "message": _("Message"),
    "note": _("Internal note"),
    "assign": _("Case assigned"),
    "hand_over": _("Handed over"),
    "edit": _("Request changed"),
}


def in_force(action: Action, case: AssistanceRequest) -> bool:
    """Whether the case is in a state from which the action leads somewhere."""
    if case.state not in action.sources:
        return False
    if action.when_complete and case.state == S.UNDER_REVIEW:
        return case.complete_since is not None and not case.has_open_assessment
    rule = IN_FORCE.get(action.code)
    return rule is None or rule(case)


def _is_not_stated_yet(case: AssistanceRequest) -> bool:
    """Delivered, or closed without the country's word, which may still come for twelve months."""
    if case.state == S.DELIVERED:
        return True
    if case.outcome != Outcome.NOT_STATED or case.closed_at is None:
        return False
    closed_on = case.programme.day_of(case.closed_at)
    return case.programme.today() <= days.months_later(closed_on, STATED_WITHIN)


def _has_proposed_version(case: AssistanceRequest) -> bool:
    return bool(case.plans.filter(status="proposed").exists())


# What an action asks of a case beside its state.
IN_FORCE: dict[str, Callable[[AssistanceRequest], bool]] = {
    "mark_complete": lambda case: case.complete_since is None or case.has_open_assessment,
    "return_assessment": lambda case: (
        case.complete_since is not None and not case.has_open_assessment
    ),
    "revise_plan": lambda case: not _has_proposed_version(case),
    "agree_revision": _has_proposed_version,
    "send_revision_back": _has_proposed_version,
    "confirm": _is_not_stated_yet,
    "lapse": lambda case: (
        case.clocks.running()
        .filter(standard__in=("answer", "agreement"), reminders__gte=2)
        .exists()
    ),
    "set_consent": lambda case: case.reference is not None,
    "release_text": lambda case: case.reference is not None and consent.waits_for_release(case),
}


def is_on_behalf(user: Any, action: Action, case: AssistanceRequest) -> bool:
    """Whether this user, if allowed, takes the country's action in the country's place."""
    return action.is_countrys and user.is_programme_staff


def may_take(user: Any, action: Action, case: AssistanceRequest) -> bool:
    """Whether this user may take this action on this case now.

    The case must be one that the user sees (`visible_to`).
    """
    return role_may(user, action.code, case) and in_force(action, case)


def role_may(user: Any, code: str, case: AssistanceRequest | None) -> bool:
    """The same without the state: role, membership and designation only.

    Without a case: whether the role ever may.
    """
    action = ACTIONS[code]
    if action.who == ActorRole.CLOCK or not user.is_active:
        return False
    if case is None:
        return user.role in roles_of(action)
    if action.who == ActorRole.MANAGER:
        return user.role == Role.MANAGER and manages(user, case.programme_id)
    if action.who == ActorRole.OFFICER:
        return user.is_programme_staff
    return _may_for_country(user, action, case)


def _may_for_country(user: Any, action: Action, case: AssistanceRequest) -> bool:
    """The country's own people, or staff on its behalf; who wrote a request never clears it."""
    is_author = case.author_id == user.pk
    if user.is_programme_staff:
        return (
            is_author
            if action.who == ActorRole.AUTHOR
            else action.who == ActorRole.FOCAL_POINT and case.reference is not None
        )
    if not user.is_focal_point:
        return False
    if action.who == ActorRole.AUTHOR:
        return is_author
    if action.who == ActorRole.CLEARER:
        return (
            not is_author
            and FocalPoint.objects.who_may_clear(case.country_id).filter(user_id=user.pk).exists()
        )
    return True


def roles_of(action: Action) -> frozenset[str]:
    """The roles that may ever take this action."""
    if action.who == ActorRole.CLOCK:
        return frozenset()
    if action.who == ActorRole.MANAGER:
        return frozenset({Role.MANAGER})
    if action.who == ActorRole.OFFICER:
        return frozenset({Role.OFFICER, Role.MANAGER})
    if action.who == ActorRole.CLEARER:
        return frozenset({Role.FOCAL_POINT})
    return frozenset({Role.FOCAL_POINT, Role.OFFICER, Role.MANAGER})


def actions_for(user: Any, case: AssistanceRequest) -> list[Action]:
    """What this user may do to this case now, the main thing first."""
    return sorted(
        (a for a in ACTIONS.values() if may_take(user, a, case)),
        key=lambda a: (is_on_behalf(user, a, case), a.weight),
    )


def fields_of(
    action: Action, case: AssistanceRequest, *, on_behalf: bool
) -> tuple[ActionField, ...]:
    """What the action asks for: of an answer the questions that are open; evidence too where staff
    take it on the country's behalf."""
    fields = (
        questions.answer_fields(case.open_questions()) if action.code == "answer" else action.fields
    )
    return fields + (ON_BEHALF_FIELDS if on_behalf else ())


def label_of(code: str) -> str:
    """How the timeline names an act."""
    return str(ACTIONS[code].past if code in ACTIONS else MESSAGES.get(code, code))
