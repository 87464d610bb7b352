"""In which group of messages everything stands that is told of requests, and who may still be told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from assistance.engagements.step_reminders import KIND as STEP
from assistance.engagements.step_reminders import reads_engagement
from assistance.requests.choices import HAPPENINGS
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import ACTIONS
from core import access
from notifications.types import ACCOUNT, KINDS, Group, Kind, pk_in

TURN = Group(
    "turn",
    _("Requests: it is your turn"),
    _("You get this because a request may wait for you."),
    verb="request.read",
)
CASES = Group(
    "cases",
    _("Requests: what else happens"),
    _("You get this because a request of yours moved on."),
    verb="request.read",
)
TALK = Group(
    "talk",
    _("Requests: messages and notes"),
    _("You get this because somebody wrote to you about a request."),
    verb="request.read",
)
REMINDERS = Group(
    "reminders",
    _("Reminders"),
    _("You get this because a request or a next step waits for you."),
    verb="request.read",
)
# after these, too, somebody who is told has something to do
HANDED = ("assign", "hand_over")
WAITS = frozenset((*(a.code for a in ACTIONS.values() if a.calls_for_action), *HANDED))
OTHER = {"message": TALK, "note": TALK, "reminder": REMINDERS}


def reads_case(user: User, path: str) -> bool:
    """Whether the request is still one that the person sees."""
    pk = pk_in(path, "request")
    return pk is not None and AssistanceRequest.objects.visible_to(user).filter(pk=pk).exists()


def reads_note(user: User, path: str) -> bool:
    """The same for notes, which stay among staff."""
    return bool(user.is_programme_staff) and reads_case(user, path)


def works_still(user: User, path: str) -> bool:
    """Whether the person has any country or programme left, or looks after them all."""
    return user.role == Role.ADMINISTRATOR or bool(
        access.programme_ids(user) or access.country_ids(user)
    )


def register_own_kinds() -> None:
    """Tells the outbox."""
    for group in (TURN, CASES, TALK, REMINDERS):
        for code in [*ACTIONS, *HAPPENINGS, "reminder", "receipt"]:
            if OTHER.get(code, TURN if code in WAITS else CASES) == group:
                may_read = reads_note if code == "note" else reads_case
                KINDS.register(f"request.{code}", Kind(group, may_read))
    KINDS.register(STEP, Kind(REMINDERS, reads_engagement))
    KINDS.register("handover", Kind(TURN, works_still))
    KINDS.register("handover.deputy", Kind(ACCOUNT))
