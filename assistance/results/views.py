"""The page of an indicator: what was reported, approving it, restating it, rating. The page of the whole
framework, with computed values, stands above (`reports/results/views.py`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import permission_required
from accounts.permissions import may
from accounts.types import AuthenticatedRequest
from assistance.plans.result_models import PlanIndicatorValue
from assistance.results import services
from assistance.results.forms import DecisionForm, RatingForm, ReportForm, RestateForm
from assistance.results.models import Indicator, ResultsFramework
from assistance.results.value_models import IndicatorRating, IndicatorValue
from core.forms import posted_data
from core.workflow.exceptions import DomainError
from files.models import Attachment

FORM_METHODS = ["GET", "HEAD", "POST"]
AnyForm = TypeVar("AnyForm", bound=forms.Form)


def visible_indicator(request: AuthenticatedRequest, pk: int) -> Indicator:
    """An indicator of the programmes for which the user works; Http404 for any other."""
    rows = Indicator.objects.filter(
        outcome__framework__in=ResultsFramework.objects.visible_to(request.user)
    ).select_related("outcome__framework__programme", "output")
    return get_object_or_404(rows, pk=pk)


@require_safe
@permission_required("result.read")
def indicator_page(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What it measures, from where to where, and what was reported under any version."""
    indicator = visible_indicator(request, pk)
    framework = indicator.outcome.framework
    same = {
        "indicator__code": indicator.code,
        "indicator__outcome__framework__programme": framework.programme_id,
    }
    values = (
        IndicatorValue.objects.filter(**same)
        .select_related("reported_by", "decided_by", "restates")
        .order_by("-period_end", "-pk")
    )
    ratings = IndicatorRating.objects.filter(**same).select_related("rated_by").known()
    fed = (
        PlanIndicatorValue.objects.current()
        .filter(
            feeds__code=indicator.code, indicator__plan__request__programme=framework.programme_id
        )
        .select_related("indicator__plan__request")
        .order_by("-measured_on", "-pk")
    )
    files: dict[int, list[Attachment]] = {}
    for file in Attachment.objects.filter(
        owner_type=services.FILES, owner_id__in=[v.pk for v in values]
    ):
        files.setdefault(file.owner_id, []).append(file)
    context = {
        "fed": fed,
        "files": files,
        "indicator": indicator,
        "framework": framework,
        "targets": indicator.targets.all(),
        "values": values,
        "ratings": ratings,
        "may_report": may(request.user, "result.report") and not indicator.is_computed,
        "may_approve": may(request.user, "result.approve"),
        "may_rate": may(request.user, "result.rate"),
    }
    return render(request, "results/indicator.html", context)


@require_http_methods(FORM_METHODS)
@permission_required("result.report")
def report_value(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Reports a value of a period."""
    indicator = visible_indicator(request, pk)
    form = ReportForm(posted_data(request), request.FILES or None, indicator=indicator)

    def report(form: ReportForm) -> None:
        services.report_value(request.user, indicator, *form.span(), form.reported())

    return answer_form(
        request,
        form,
        report,
        indicator,
        _("Report a value"),
        _("Reported. Another person approves it."),
    )


@require_http_methods(FORM_METHODS)
@permission_required("result.report")
def restate_value(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Reports another value in the place of an approved one."""
    value = visible_value(request, pk)
    form = RestateForm(posted_data(request), request.FILES or None, indicator=value.indicator)

    def restate(form: RestateForm) -> None:
        services.restate_value(
            request.user, value, form.reported(), form.cleaned_data["restatement_reason"]
        )

    return answer_form(
        request,
        form,
        restate,
        value.indicator,
        _("Restate a value"),
        _("Reported. It counts once another person has approved it."),
        value=value,
    )


@require_http_methods(FORM_METHODS)
@permission_required("result.approve")
def decide_value(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Approves a value or sends it back."""
    value = visible_value(request, pk)
    form = DecisionForm(posted_data(request))
    approve = request.POST.get("decision") == "approve"

    def decide(form: DecisionForm) -> None:
        services.decide_value(
            request.user, value.pk, approve=approve, reason=form.cleaned_data["return_reason"]
        )

    return answer_form(
        request,
        form,
        decide,
        value.indicator,
        _("Approve a value"),
        _("Approved.") if approve else _("Sent back."),
        template="results/decide.html",
        value=value,
        files=Attachment.objects.filter(owner_type=services.FILES, owner_id=value.pk),
        is_own=value.reported_by_id == request.user.pk,
    )


@require_http_methods(FORM_METHODS)
@permission_required("result.rate")
def rate_indicator(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Rates an indicator at the end of a period."""
    indicator = visible_indicator(request, pk)
    form = RatingForm(posted_data(request))

    def rate(form: RatingForm) -> None:
        given = form.cleaned_data
        services.rate_indicator(
            request.user, indicator, *form.span(), given["rating"], given["reason"]
        )

    return answer_form(request, form, rate, indicator, _("Rate the indicator"), _("Saved."))


def visible_value(request: AuthenticatedRequest, pk: int) -> IndicatorValue:
    """A reported value; Http404 where the user may not see it."""
    rows = IndicatorValue.objects.visible_to(request.user).select_related(
        "indicator__outcome__framework__programme", "reported_by", "decided_by"
    )
    return get_object_or_404(rows, pk=pk)


def answer_form(
    request: AuthenticatedRequest,
    form: AnyForm,
    act: Callable[[AnyForm], None],
    indicator: Indicator,
    title: str,
    done: str,
    *,
    template: str = "results/form.html",
    **more: object,
) -> HttpResponse:
    """Does what a valid form says and leads to the indicator's page; else the form, with what is
    wrong."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                act(form)
            except DomainError as refusal:
                refusal.add_to_form(form)
            else:
                messages.success(request, done)
                return redirect("indicator", indicator.pk)
    context = {"form": form, "indicator": indicator, "title": title, **more}
    return render(request, template, context, status=status)
