"""Addresses of the actions on a request, and of its change of officer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.action_fields import Officer
from assistance.plans.plan_page import PlanPage
from assistance.requests import services
from assistance.requests.action_pages import ActionPage
from assistance.requests.consent_page import ConsentPage
from assistance.requests.decision_page import DECISIONS, DecisionPage
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import ACTIONS, WORKFLOW
from core.decorators import allow_form_cache
from core.forms import posted_data
from core.workflow.exceptions import DomainError
from core.workflow.forms import ActionForm

OFFICER = Officer("lead_officer", gettext_lazy("Lead officer"))
PAGES: dict[str, type[ActionPage]] = {
    **dict.fromkeys(DECISIONS, DecisionPage),
    **dict.fromkeys(("propose_plan", "revise_plan"), PlanPage),
    **dict.fromkeys(("set_consent", "release_text"), ConsentPage),
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
    return PAGES.get(action, ActionPage)(request, case, chosen).handle_request()


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("request.note")
@allow_form_cache
def change_officer(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Gives an open request to another officer of the programme."""
    user = request.user
    case = get_object_or_404(
        AssistanceRequest.objects.visible_to(user).open().select_related("programme"), pk=pk
    )
    sent = posted_data(request)
    form = ActionForm((OFFICER,), case, user, sent, initial={"lead_officer": case.lead_officer_id})
    if sent is not None and form.is_valid():
        try:
            services.assign_officer(user, pk, form.cleaned_data["lead_officer"])
        except DomainError as refusal:
            refusal.add_to_form(form)
        else:
            messages.success(request, _("The officer was changed."))
            return redirect(case)
    status = 422 if form.errors else 200
    return render(request, "requests/officer.html", {"case": case, "form": form}, status=status)
