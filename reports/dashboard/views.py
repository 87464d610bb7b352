"""The dashboard: the figures of a report, live, by period and scope.

Every number opens its rows.
"""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from reports.dashboard.figures import LiveFigures
from reports.dashboard.forms import DashboardForm
from reports.documents import structure
from reports.documents.illustration import illustrated_document
from reports.snapshots import rows
from reports.snapshots.tables import table_of_kind


def asked_figures(request: AuthenticatedRequest) -> tuple[DashboardForm, LiveFigures | None]:
    """The form, and what it asks for; nothing where it is wrong or there is no programme."""
    form = DashboardForm(request.GET, user=request.user)
    if not form.is_valid():
        return form, None
    programme, rhythm, period, scope = form.chosen()
    return form, LiveFigures(programme, rhythm, period, scope) if programme is not None else None


def query_of(request: AuthenticatedRequest, without: str = "") -> str:
    """The scope as it stands in the address, without one of its words."""
    kept = request.GET.copy()
    kept.pop(without, None)
    return f"?{kept.urlencode()}" if kept else ""


@require_safe
@permission_required("report.read_internal")
def dashboard(request: AuthenticatedRequest) -> HttpResponse:
    """The whole."""
    form, asked = asked_figures(request)
    found = asked.page() if asked else None
    built = illustrated_document(found, "", get_language() or "en") if found else None
    context = {
        "form": form,
        "as_of": datetime.fromisoformat(found["cutoff"]) if found else None,
        "document": built,
        "opens": f"{reverse('dashboard')}rows/",
        "opens_with": query_of(request),
    }
    return render(
        request, "reports/dashboard.html", context, status=200 if form.is_valid() else 422
    )


@require_safe
@permission_required("report.read_internal")
def figure_rows(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """The very rows that a figure counts."""
    _form, asked = asked_figures(request)
    if asked is None:
        raise Http404
    try:
        found = asked.with_rows(code)
        opened, page = rows.open_page(request, found, code, get_language() or "en")
    except KeyError:
        raise Http404 from None
    f = opened.figure
    value = structure.value_text(
        f["unit"],
        f["value"],
        f.get("numerator"),
        f.get("denominator"),
        found["programme"]["currency"],
    )
    back = f"{reverse('dashboard')}{query_of(request, without='page')}"
    context = {
        "opened": opened,
        "table": table_of_kind(opened.kind).on_page(request.user, opened.rows),
        "page": page,
        "value": value,
        "back": back,
    }
    return render(request, "reports/dashboard_rows.html", context)
