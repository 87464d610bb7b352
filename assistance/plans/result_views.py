"""The page on which staff record what came of a plan."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.plans import results
from assistance.plans.result_forms import PlanResultsForm
from assistance.requests.models import AssistanceRequest
from assistance.results.choices import Measurement
from assistance.results.models import Indicator, ResultsFramework
from core.forms import posted_data
from core.workflow.exceptions import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("plan.record_results")
def plan_results(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Values of a plan's indicators at one time."""
    cases = AssistanceRequest.objects.visible_to(request.user).select_related(
        "programme", "country"
    )
    case = get_object_or_404(cases, pk=pk)
    plan = results.agreed_plan(case)
    if plan is None or not results.may_record(request.user, case):
        raise Http404
    completed = results.completed_on(case)
    form = PlanResultsForm(
        posted_data(request),
        indicators=plan.indicators.all(),
        reported=reported_indicators(case),
        initial={"measured_on": case.programme.today()},
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                results.record_results(
                    request.user, case, form.measured(), form.values(), form.feeds()
                )
            except DomainError as refusal:
                refusal.add_to_form(form)
            else:
                messages.success(request, _("Recorded."))
                return redirect(case)
    context = {
        "case": case,
        "form": form,
        "due": results.due_dates(completed) if completed else {},
    }
    return render(request, "requests/plan_results.html", context, status=status)


def reported_indicators(case: AssistanceRequest) -> list[Indicator]:
    """The numbers that people report of the programme's framework in force."""
    programme = case.programme
    framework = ResultsFramework.objects.in_force(programme, programme.today())
    if framework is None:
        return []
    rows = Indicator.objects.filter(outcome__framework=framework, figure="")
    return list(rows.filter(measurement=Measurement.NUMBER))
