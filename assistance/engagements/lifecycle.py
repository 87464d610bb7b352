"""The life of an engagement, as data: plan → confirm → deliver → verify, with the ways back. Source: the rules of the programme, section 3."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from accounts import scope
from assistance.engagements.states import EngagementState as S
from assistance.requests.needs import Kind, Need

if TYPE_CHECKING:
    from assistance.engagements.models import Engagement


@dataclass(frozen=True)
class EngagementAction:
    """One line of the table. Any member of the owning programme's staff may take it; `not_recorder` excludes who recorded the delivery."""

    code: str
    label: Any
    past: Any
    sources: tuple[str, ...]
    target: str
    needs: tuple[Need, ...] = ()
    not_recorder: bool = False
    weight: int = 50


ACTIONS: dict[str, EngagementAction] = {
    a.code: a
    for a in (
        EngagementAction("confirm", _("Confirm"), _("Confirmed"), (S.PLANNED,), S.CONFIRMED, weight=1),
        EngagementAction(
            "deliver",
            _("Record as delivered"),
            _("Recorded as delivered"),
            (S.PLANNED, S.CONFIRMED),
            S.DELIVERED,
            (Need("outcome", Kind.TEXT, _("Outcome (internal)"), _("What came of it, in a few sentences."), shared=False),),
            weight=2,
        ),
        EngagementAction("verify", _("Verify"), _("Verified"), (S.DELIVERED,), S.VERIFIED, not_recorder=True, weight=1),
        EngagementAction(
            "correct",
            _("Correct"),
            _("Opened for correction"),
            (S.VERIFIED,),
            S.DELIVERED,
            (Need("reason", Kind.LINE, _("Reason"), shared=False),),
            weight=40,
        ),
        EngagementAction(
            "postpone",
            _("Postpone"),
            _("Postponed"),
            (S.PLANNED, S.CONFIRMED),
            S.PLANNED,
            (
                Need("starts_on", Kind.DATE, _("New first day")),
                Need("reason", Kind.LINE, _("Reason"), shared=False),
            ),
            weight=40,
        ),
        EngagementAction(
            "cancel",
            _("Cancel"),
            _("Cancelled"),
            (S.PLANNED, S.CONFIRMED),
            S.CANCELLED,
            (Need("reason", Kind.LINE, _("Reason"), shared=False),),
            weight=80,
        ),
    )
}
PAST = {
    "plan": _("Planned"),
    "edit": _("Changed"),
    "link": _("Linked to a request"),
    "unlink": _("Unlinked from a request"),
    "import": _("Imported"),
    "add_step": _("Next step added"),
    "finish_step": _("Next step done"),
    "add_file": _("File added"),
    "hand_over": _("Handed over"),
}


def role_may(user: Any, code: str, engagement: Engagement | None) -> bool:
    """Role and membership only: staff of the owning programme; who recorded a delivery does not verify it."""
    action = ACTIONS[code]
    if not user.is_programme_staff:
        return False
    if engagement is None:
        return True
    if action.not_recorder and engagement.recorded_by_id == user.pk:
        return False
    return scope.programme_ids(user).filter(programme_id=engagement.programme_id).exists()


def may_take(user: Any, action: EngagementAction, engagement: Engagement) -> bool:
    """Whether this user may take the action on this engagement now."""
    return engagement.state in action.sources and role_may(user, action.code, engagement)


def actions_for(user: Any, engagement: Engagement) -> list[EngagementAction]:
    """What this user may do now, the main thing first."""
    return sorted((a for a in ACTIONS.values() if may_take(user, a, engagement)), key=lambda a: a.weight)


def label_of(code: str) -> str:
    """How the timeline names an act."""
    return str(ACTIONS[code].past if code in ACTIONS else PAST.get(code, code))
