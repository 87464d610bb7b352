"""What the page of an action shows beside its form."""

from __future__ import annotations

from collections.abc import Callable

from accounts.models import User
from assistance.engagements import visibility
from assistance.engagements.effects import check_delivered, check_verified
from assistance.engagements.models import Engagement
from assistance.requests import notifications
from assistance.requests.states import State
from assistance.requests.workflow import ACTIONS as REQUEST_ACTIONS
from core.workflow.exceptions import DomainError


def obstacle_to(check: Callable[[Engagement], None], engagement: Engagement) -> str:
    """What the record still lacks; said before anything is typed."""
    try:
        check(engagement)
    except DomainError as refusal:
        return str(refusal)
    return ""


def present_verification(engagement: Engagement, user: User) -> dict[str, object]:
    """What is still missing."""
    return {"obstacle": obstacle_to(check_verified, engagement)}


def present_delivery(engagement: Engagement, user: User) -> dict[str, object]:
    """What is still missing, and requests whose delivery starts with it."""
    return {"obstacle": obstacle_to(check_delivered, engagement)} | present_start(engagement, user)


def present_start(engagement: Engagement, user: User) -> dict[str, object]:
    """Linked requests whose delivery starts with this action, and who is told of it; of those that
    the reader may not see, how many."""
    seen = visibility.visible_requests(engagement, user)
    starts = REQUEST_ACTIONS["start_delivery"]
    cases = seen.filter(state=State.PLANNED).select_related("programme", "country")
    unseen = engagement.requests.filter(state=State.PLANNED).exclude(pk__in=seen.values("pk"))
    return {
        "starting": [
            {"case": case, "told": notifications.recipients_of(starts, case, user)}
            for case in cases
        ],
        "starting_unseen": unseen.count(),
    }
