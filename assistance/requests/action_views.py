"""The address of the actions on a request."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.plans.plan_page import PlanPage
from assistance.requests.action_pages import ActionPage
from assistance.requests.decision_page import DECISIONS, DecisionPage
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import ACTIONS, WORKFLOW
from core.decorators import allow_form_cache

PAGES: dict[str, type[ActionPage]] = {
    **dict.fromkeys(DECISIONS, DecisionPage),
    **dict.fromkeys(("propose_plan", "revise_plan"), PlanPage),
}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("request.read")
@allow_form_cache
def request_action(request: AuthenticatedRequest, pk: int, action: str) -> HttpResponse:
    """One action: what it needs, who will be told what, and then the doing of it."""
    user = request.user
    case = get_object_or_404(
        AssistanceRequest.objects.visible_to(user).select_related(
            "programme", "country", "pillar", "lead_officer"
        ),
        pk=pk,
    )
    chosen = ACTIONS.get(action)
    if chosen is None or not WORKFLOW.role_may(user, action, case):
        raise Http404
    return PAGES.get(action, ActionPage)(request, case, chosen).respond()
