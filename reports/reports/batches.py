"""The page of all reports that a schedule makes on one period: a brief for each country, a report
for each donor or pillar."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from core.pagination import page_of
from core.workflow.exceptions import ActionNotAllowed, DomainError
from countries.names import sort_key
from reports.reports import publishing, services
from reports.reports.action_views import confirmation_page
from reports.reports.models import Report
from reports.reports.presentation import SHAPES, report_language
from reports.reports.subjects import names_of
from reports.reports.workflow import ACTIONS
from reports.schedules import periods

SIZE = 250  # more than there are countries


@require_safe
@permission_required("report.read_internal")
def batch_page(request: AuthenticatedRequest, pk: int, start: str) -> HttpResponse:
    """What came out of it, report by report, and what may be done to the chosen ones at once."""
    _day, reports = batch_or_404(request, pk, start)
    return render(request, "reports/batch.html", page_of_batch(request, reports))


def batch_or_404(
    request: AuthenticatedRequest, pk: int, start: str
) -> tuple[date, QuerySet[Report]]:
    """The day on which the period starts, and those of its reports that the reader may open."""
    try:
        day = date.fromisoformat(start)
    except ValueError:
        raise Http404 from None
    reports = Report.objects.visible_to(request.user).filter(
        version__schedule_id=pk, period_start=day
    )
    if not reports.exists():
        raise Http404
    return day, reports


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("report.review")
def batch_action(request: AuthenticatedRequest, pk: int, start: str) -> HttpResponse:
    """Review, send back or publish the chosen ones: all of them or none. Publishing asks once more.

    Who comes back to its address, as when the language is changed on a page that answered, is led
    to the reports.
    """
    day, reports = batch_or_404(request, pk, start)
    if request.method != "POST":
        return redirect("report_batch", pk=pk, start=start)
    action, reason = request.POST.get("action", ""), request.POST.get("reason", "")
    chosen = {
        int(value)
        for value in request.POST.getlist("report")
        if value.isdecimal() and len(value) < 19
    }
    try:
        if action in ACTIONS and ACTIONS[action].publishes:
            shown = publishing.publishing_confirmation(
                services.publishable(request.user, reports, chosen)
            )
            if request.POST.get("confirm") != shown.mark:
                back = reverse("report_batch", args=[pk, start])
                return confirmation_page(request, shown, back, chosen=sorted(chosen))
        count = services.perform_all(request.user, pk, day, chosen, action, reason=reason)
    except DomainError as refusal:
        typed = {"refusal": str(refusal), "typed_reason": reason.strip(), "typed": chosen}
        status = 409 if isinstance(refusal, ActionNotAllowed) else 422
        return render(
            request, "reports/batch.html", page_of_batch(request, reports) | typed, status=status
        )
    said = ngettext(
        "Done for %(count)s report: %(what)s.", "Done for %(count)s reports: %(what)s.", count
    )
    messages.success(request, said % {"count": count, "what": ACTIONS[action].label})
    return redirect("report_batch", pk=pk, start=start)


def page_of_batch(request: AuthenticatedRequest, reports: QuerySet[Report]) -> dict[str, object]:
    """What the page shows: the reports by the name of what they are about, and the actions open to
    the reader for any of them."""
    page = page_of(
        request, reports.select_related("version__schedule__programme").order_by("pk"), SIZE
    )
    about = names_of(page.rows, report_language())
    rows = sorted(page.rows, key=lambda r: sort_key(about[r.pk], report_language()[:2]))
    first = page.rows[0] if page.rows else reports.select_related("version__schedule__programme")[0]
    open_to_them = services.actions_open_to(request.user, first.version.schedule.programme_id)
    states = Counter(r.state for r in page.rows)
    actions = [
        action
        for code, action in ACTIONS.items()
        if action.in_bulk and code in open_to_them and any(states[s] for s in action.sources)
    ]
    sources = {state for action in actions for state in action.sources}
    return {
        "first": first,
        "page": page,
        "name": periods.period_name(first.period_start, first.period_end),
        "lines": [
            {
                "report": r,
                "about": about[r.pk],
                "shape": SHAPES[r.state],
                "open": r.state in sources,
            }
            for r in rows
        ],
        "states": [
            (Report.State(state).label, count, SHAPES[state])
            for state, count in sorted(states.items())
        ],
        "actions": actions,
    }
