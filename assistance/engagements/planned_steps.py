"""Logging an engagement from a step of an agreed plan: its words, days and cost are carried over."""

from __future__ import annotations

from accounts.types import AuthenticatedRequest
from assistance.engagements.models import Engagement
from assistance.engagements.request_search import linkable_requests
from assistance.plans.models import PlannedStep, ResponsePlan
from assistance.plans.step_models import StepEngagement
from core.numbers import ID_DIGITS, number_in

PARAMETER = "step"


def step_asked(request: AuthenticatedRequest) -> PlannedStep | None:
    """The step that the address names, of an agreed plan of a request to which the person may link; None
    for any other."""
    pk = number_in(request.GET.get(PARAMETER, ""), ID_DIGITS)
    if pk is None:
        return None
    steps = PlannedStep.objects.filter(
        plan__status=ResponsePlan.Status.AGREED,
        plan__request__in=linkable_requests(request.user),
    )
    return steps.select_related("plan").filter(pk=pk).first()


def part_of_step(step: PlannedStep) -> dict[str, object]:
    """Days and cost of the first part."""
    return {
        "starts_on": step.starts_on,
        "ends_on": step.ends_on,
        "planned_cost": None if step.cost is None else f"{step.cost.normalize():f}",
    }


def note_step(step: PlannedStep, engagement: Engagement) -> None:
    """Remembers from which step an engagement was logged, where it answers the step's request."""
    if engagement.links.filter(request=step.plan.request_id).exists():
        StepEngagement.objects.get_or_create(step=step, engagement=engagement)
