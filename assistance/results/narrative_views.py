"""The page on which people write what changed by an output."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.permissions import may
from accounts.types import AuthenticatedRequest
from assistance.results.forms import SpanForm
from assistance.results.models import Output, ResultsFramework
from assistance.results.narratives import (
    LONGEST,
    OutputNarrative,
    outcomes_of,
    write_narrative,
)
from core.days import months_later
from core.forms import posted_data
from core.workflow.exceptions import DomainError

MONTHS = 3  # offered where nothing was written yet


class NarrativeForm(SpanForm):
    """What changed in which days."""

    text = forms.CharField(
        label=gettext_lazy("What changed"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        help_text=gettext_lazy(
            "A sentence or two, for the progress report: not what was done but what is different now."
            " Left empty, the text of exactly these days is taken back."
        ),
    )


def offered_span(output: Output) -> tuple[date, date]:
    """The period after the one that was written of last, as long as that, once it is over; before that the
    same one; where nothing was written the last three whole months. Half-open."""
    framework = output.outcome.framework
    today = framework.programme.today()
    last = (
        OutputNarrative.objects.filter(output__outcome__framework__programme=framework.programme_id)
        .order_by("-period_end", "-pk")
        .first()
    )
    if last is None:
        this_month = today.replace(day=1)
        return months_later(this_month, -MONTHS), this_month
    start, end = last.period_start, last.period_end
    following = months_later(end, (end.year - start.year) * 12 + end.month - start.month)
    return (end, following) if end < following <= today else (start, end)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("result.read")
def output_page(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What was written of an output, a form for another text, and what engagements say of their outcome."""
    rows = Output.objects.filter(
        outcome__framework__in=ResultsFramework.objects.visible_to(request.user)
    )
    output = get_object_or_404(
        rows.select_related("outcome__framework__programme", "pillar"), pk=pk
    )
    start, end = offered_span(output)
    form, status = form_of(request, start, end), 200
    if form.is_bound and not may(request.user, "result.report"):
        raise Http404
    if form.is_bound:
        status = 422
        if form.is_valid():
            start, end = form.span()
            try:
                write_narrative(request.user, output, start, end, form.cleaned_data["text"])
            except DomainError as refusal:
                refusal.add_to_form(form)
            else:
                messages.success(request, _("Saved."))
                return redirect("results_output", output.pk)
    written = OutputNarrative.objects.filter(
        output__code=output.code,
        output__outcome__framework__programme=output.outcome.framework.programme_id,
    )
    context = {
        "output": output,
        "framework": output.outcome.framework,
        "form": form,
        "written": sorted(
            filter(lambda n: n.text, written.select_related("written_by").known()),
            key=lambda n: n.period_end,
            reverse=True,
        ),
        "said": outcomes_of(output, start, end),
        "first_day": start,
        "last_day": end - timedelta(days=1),
        "may_write": may(request.user, "result.report"),
    }
    return render(request, "results/output.html", context, status=status)


def form_of(request: AuthenticatedRequest, start: date, end: date) -> NarrativeForm:
    """As it was sent, or with the days that are offered."""
    initial: dict[str, Any] = {"first_day": start, "last_day": end - timedelta(days=1)}
    return NarrativeForm(posted_data(request), initial=initial)
