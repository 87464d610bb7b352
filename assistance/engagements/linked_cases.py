"""Cases that take note of what becomes of an engagement that answers them."""

from __future__ import annotations

from django.utils import timezone

from accounts.models import User
from assistance.engagements.models import Engagement
from assistance.engagements.states import DONE
from assistance.requests.models import AssistanceRequest
from assistance.requests.running_clocks import Clocks
from assistance.requests.states import State
from assistance.requests.workflow import WORKFLOW as REQUESTS


def cases_follow(engagement: Engagement, user: User, case_id: int) -> None:
    """A linked case takes note: delivery starts with the first confirmed engagement, and its clocks
    follow what was delivered."""
    case = (
        AssistanceRequest.objects.select_for_update(of=("self",))
        .select_related("programme", "country")
        .get(pk=case_id)
    )
    if (
        case.state == State.PLANNED
        and case.engagements.filter(state__in=("confirmed", *DONE)).exists()
    ):
        REQUESTS.perform_within(case, user, "start_delivery")
    clocks = Clocks(case, case.programme.today())
    clocks.follow_engagements()
    clocks.store_turn()
    AssistanceRequest.objects.filter(pk=case.pk).update(
        turn=case.turn, due_on=case.due_on, updated_at=timezone.now()
    )
