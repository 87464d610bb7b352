"""The life of an engagement, as data: plan → confirm → deliver → verify, with the ways back.

Source: the rules of the programme, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, User
from assistance.due_diligence.services import OF_ENGAGEMENTS, refuse_without
from assistance.engagements import effects
from assistance.engagements.action_presentation import (
    present_delivery,
    present_start,
    present_verification,
)
from assistance.engagements.linked_cases import cases_follow
from assistance.engagements.models import Engagement, EngagementEvent
from assistance.engagements.parts import hold_all
from assistance.engagements.questions import asked_about, name_of_part, question
from assistance.engagements.states import DONE
from assistance.engagements.states import EngagementState as S
from assistance.engagements.timeline import record_engagement_event
from assistance.programmes.querysets import manages
from assistance.session_support.support import check_against_attendance
from core import access
from core.workflow.actions import SAME, Action, ActionContext, Actor
from core.workflow.engine import Workflow
from core.workflow.fields import ActionField, Choice, Day, Line, Text

STRIKE_REASONS = (
    ("did_not_take_place", gettext_lazy("It did not take place")),
    ("entered_by_mistake", gettext_lazy("It was entered by mistake")),
)
MANAGERS_IN = (S.VERIFIED, S.CANCELLED)  # states in which only a manager strikes a part out
HAPPENINGS = {
    "plan": gettext_lazy("Planned"),
    "edit": gettext_lazy("Changed"),
    "link": gettext_lazy("Linked to a request"),
    "unlink": gettext_lazy("Unlinked from a request"),
    "import": gettext_lazy("Imported"),
    "add_step": gettext_lazy("Next step added"),
    "finish_step": gettext_lazy("Next step done"),
    "add_file": gettext_lazy("File added"),
    "hand_over": gettext_lazy("Handed over"),
}


def changed_since_verified(user: User, engagement: Engagement) -> bool:
    """Whether this person recorded the delivery, or changed the record since it was last verified."""
    if engagement.recorded_by_id == user.pk:
        return True
    own = engagement.events.filter(actor=user, action__in=changes_of_the_record())
    verified = engagement.events.filter(to_state=S.VERIFIED).exclude(from_state=S.VERIFIED)
    last = verified.order_by("-id").first()
    return own.filter(id__gt=last.pk).exists() if last else own.exists()


def changes_of_the_record() -> list[str]:
    """What changes what somebody else verifies, actions and other happenings."""
    return [action.code for action in TABLE if action.changes_record] + ["edit", "import"]


def works_for(user: User, engagement: Engagement) -> bool:
    """Any member of the owning programme's staff."""
    return engagement.programme_id in access.programme_ids(user)


def may_verify(user: User, engagement: Engagement) -> bool:
    """Who has not recorded or changed the delivery."""
    return not changed_since_verified(user, engagement) and works_for(user, engagement)


def may_strike(user: User, engagement: Engagement) -> bool:
    """Once it was verified or cancelled, a manager."""
    if engagement.state in MANAGERS_IN and not manages(user, engagement.programme_id):
        return False
    return works_for(user, engagement)


def refuse_recorder(user: User, engagement: Engagement) -> str:
    """Why somebody does not verify their own record."""
    if (
        engagement.state != S.DELIVERED
        or engagement.did_not_take_place
        or not changed_since_verified(user, engagement)
    ):
        return ""
    return _(
        "Who recorded the delivery, or changed it since it was last verified, does not verify it."
        " Ask somebody else of the programme."
    )


def refuse_officer(user: User, engagement: Engagement) -> str:
    """Why an officer does not strike a part out any more."""
    if engagement.state not in MANAGERS_IN or engagement.did_not_take_place:
        return ""
    return _("After an engagement is verified or cancelled, a manager of the programme does this.")


def is_alive(engagement: Engagement) -> bool:
    """Some part of it took place or still may."""
    return not engagement.did_not_take_place


def fields_of_delivery(engagement: Engagement) -> tuple[ActionField, ...]:
    """What became of each part without numbers, and the outcome."""
    return (*(question(part) for part in asked_about(engagement)), OUTCOME)


def present_outcome(engagement: Engagement, user: User) -> dict[str, object]:
    """What was written of it before."""
    return {"outcome": engagement.outcome}


def fields_of_strike(engagement: Engagement) -> tuple[ActionField, ...]:
    """Which part, and why."""
    choices = [(str(part.number), name_of_part(part)) for part in engagement.parts.live()]
    return (replace(WHICH_PART, choices=choices), *WHY_STRUCK)


PROGRAMME_STAFF = frozenset({Role.OFFICER, Role.MANAGER})
STAFF = Actor("staff", PROGRAMME_STAFF, works_for)
OTHER_STAFF = Actor("staff", PROGRAMME_STAFF, may_verify)
STAFF_OR_MANAGER = Actor("staff", PROGRAMME_STAFF, may_strike)

OUTCOME = Text(
    "outcome",
    gettext_lazy("Outcome (internal)"),
    gettext_lazy("What came of it, in a few sentences."),
    shared=False,
)
WHICH_PART = Choice(
    "part",
    gettext_lazy("Part"),
    gettext_lazy("It stays in history and counts no more."),
    shared=False,
)
WHY_STRUCK = (
    Choice("why", gettext_lazy("Why"), choices=STRIKE_REASONS, shared=False),
    Line("reason", gettext_lazy("Reason"), shared=False),
)


class EngagementWorkflow(Workflow[Engagement, EngagementEvent]):
    """What was held, and cases that take note."""

    happenings = HAPPENINGS

    def visible_to(self, user: User) -> models.QuerySet[Engagement]:
        """Those that the user may change."""
        return Engagement.objects.editable_by(user)

    def locked(self) -> models.QuerySet[Engagement]:
        """With the programme."""
        return Engagement.objects.select_for_update(of=("self",)).select_related("programme")

    def today(self, subject: Engagement, now: datetime) -> date:
        """At the programme's duty station."""
        return subject.programme.day_of(now)

    def conflict(self, user: User, subject: Engagement) -> str:
        """The last act, and whose it was."""
        last = subject.events.select_related("actor").order_by("-id").first()
        what = self.label_of(last.action) if last else _("changed")
        if last is None or last.actor is None:
            return _(
                "In the meantime this engagement was changed: %(what)s. Look at it again before you"
                " go on."
            ) % {"what": what}
        return _(
            "In the meantime this engagement was changed: %(what)s, by %(who)s. Look at it again"
            " before you go on."
        ) % {"what": what, "who": last.actor.name}

    def untimely(self, action: Action, subject: Engagement) -> str:
        """With the state in which the engagement is."""
        return _("“%(action)s” cannot be done now: the engagement is “%(state)s”.") % {
            "action": action.label,
            "state": subject.state_in_words,
        }

    def refuse(self, doing: ActionContext[Engagement]) -> None:
        """Nothing is confirmed for security forces before due diligence. What took place is recorded
        all the same: a record that is refused would hide it."""
        if doing.code in OF_ENGAGEMENTS:
            refuse_without(doing.subject.requests.all(), doing.today)

    def settle(self, doing: ActionContext[Engagement]) -> None:
        """What is delivered now is held."""
        if doing.subject.state in DONE and doing.from_state not in DONE:
            hold_all(doing.subject)
            check_against_attendance(doing.subject)

    def record(self, doing: ActionContext[Engagement]) -> EngagementEvent:
        """An event of the timeline, with the reason as its note."""
        return record_engagement_event(
            doing.subject,
            doing.user,
            doing.code,
            doing.from_state,
            note=doing.data.get("reason", ""),
            data=doing.extra,
        )

    def after(self, doing: ActionContext[Engagement], event: EngagementEvent) -> None:
        """Linked cases follow in the same transaction."""
        linked = doing.subject.requests.order_by("pk")
        for case_id in linked.values_list("pk", flat=True):
            cases_follow(doing.subject, doing.user, case_id)


@dataclass(frozen=True)
class EngagementAction(Action):
    """An action on an engagement; `changes_record`: what somebody else is to verify."""

    changes_record: bool = False


TABLE = (
    EngagementAction(
        "confirm",
        gettext_lazy("Confirm"),
        gettext_lazy("Confirmed"),
        (S.PLANNED,),
        S.CONFIRMED,
        STAFF,
        weight=1,
        guard=is_alive,
        beside=present_start,
    ),
    EngagementAction(
        "deliver",
        gettext_lazy("Record as delivered"),
        gettext_lazy("Recorded as delivered"),
        (S.PLANNED, S.CONFIRMED),
        S.DELIVERED,
        STAFF,
        (OUTCOME,),
        weight=2,
        effect=effects.deliver,
        beside=present_delivery,
        initial=present_outcome,
        fields_for=fields_of_delivery,
        guard=is_alive,
        changes_record=True,
    ),
    EngagementAction(
        "verify",
        gettext_lazy("Verify"),
        gettext_lazy("Verified"),
        (S.DELIVERED,),
        S.VERIFIED,
        OTHER_STAFF,
        weight=1,
        effect=effects.verify,
        beside=present_verification,
        guard=is_alive,
        refusal=refuse_recorder,
    ),
    EngagementAction(
        "correct",
        gettext_lazy("Correct"),
        gettext_lazy("Opened for correction"),
        (S.VERIFIED,),
        S.DELIVERED,
        STAFF,
        (Line("reason", gettext_lazy("Reason"), shared=False),),
        weight=40,
        guard=is_alive,
    ),
    EngagementAction(
        "postpone",
        gettext_lazy("Postpone"),
        gettext_lazy("Postponed"),
        (S.PLANNED, S.CONFIRMED),
        S.PLANNED,
        STAFF,
        (
            Day("starts_on", gettext_lazy("New first day")),
            Line("reason", gettext_lazy("Reason"), shared=False),
        ),
        weight=40,
        effect=effects.move_ahead,
        guard=is_alive,
    ),
    EngagementAction(
        "cancel",
        gettext_lazy("Cancel"),
        gettext_lazy("Cancelled"),
        (S.PLANNED, S.CONFIRMED),
        S.CANCELLED,
        STAFF,
        (Line("reason", gettext_lazy("Reason"), shared=False),),
        weight=80,
    ),
    EngagementAction(
        "strike",
        gettext_lazy("Strike a part out"),
        gettext_lazy("Part struck out"),
        (S.PLANNED, S.CONFIRMED, S.DELIVERED, S.VERIFIED, S.CANCELLED),
        SAME,
        STAFF_OR_MANAGER,
        (WHICH_PART, *WHY_STRUCK),
        weight=85,
        effect=effects.strike,
        fields_for=fields_of_strike,
        guard=is_alive,
        refusal=refuse_officer,
        changes_record=True,
    ),
)
WORKFLOW = EngagementWorkflow(TABLE)
ACTIONS = WORKFLOW.actions
