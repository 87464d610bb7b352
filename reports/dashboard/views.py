"""The dashboard: the figures of a report, live, by period and scope.

Every number opens its rows.
"""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.programmes.models import Programme
from reports.dashboard.forms import DashboardForm
from reports.documents import structure
from reports.documents.illustration import illustrated_document
from reports.figures.scope import ReportScope
from reports.kinds.dashboard import Dashboard
from reports.reports.snapshot_specs import first_days_of
from reports.schedules.periods import Period, Rhythm
from reports.snapshots import rows
from reports.snapshots.build import build_snapshot
from reports.snapshots.canonical import canonical_json, read_snapshot
from reports.snapshots.specs import Compared, SnapshotSpec, Subject
from reports.snapshots.tables import table_of_kind
from reports.snapshots.types import Snapshot

# seconds for which figures are kept, so that opening a number shows the rows that were counted
FRESH = 20


def live_figures(
    programme: Programme, rhythm: Rhythm, period: Period, scope: ReportScope
) -> Snapshot:
    """The figures as of now, beside those of the period before."""
    key = (
        "dashboard:"
        + hashlib.sha256(repr((programme.pk, rhythm, period, scope)).encode()).hexdigest()
    )
    try:
        kept = cache.get(key)
    except (RedisError, OSError):
        kept = None
    if kept is None:
        now = timezone.now()
        subject = Subject("programme", programme.pk)
        kept = canonical_json(
            build_snapshot(
                SnapshotSpec(
                    Dashboard.code,
                    programme,
                    subject,
                    scope,
                    period,
                    now,
                    compared_period(programme, rhythm, period),
                )
            )
        )
        try:
            cache.set(key, kept, FRESH)
        except (RedisError, OSError):
            pass  # counted again next time
    return read_snapshot(kept)


def compared_period(programme: Programme, rhythm: Rhythm, period: Period) -> Compared | None:
    """The period before as it is known now; of one that is running, as many of its first days."""
    now, earlier = timezone.now(), rhythm.before(period)
    if now >= programme.midnight(period.end):
        return Compared(earlier, now)
    return first_days_of(earlier, (programme.day_of(now) - period.start).days + 1, programme)


def asked_figures(request: AuthenticatedRequest) -> tuple[DashboardForm, Snapshot | None]:
    """The form, and the figures it asks for; none where it is wrong or there is no programme."""
    form = DashboardForm(request.GET, user=request.user)
    if not form.is_valid():
        return form, None
    programme, rhythm, period, scope = form.chosen()
    return form, live_figures(programme, rhythm, period, scope) if programme is not None else None


def query_of(request: AuthenticatedRequest, without: str = "") -> str:
    """The scope as it stands in the address, without one of its words."""
    kept = request.GET.copy()
    kept.pop(without, None)
    return f"?{kept.urlencode()}" if kept else ""


@require_safe
@permission_required("report.read_internal")
def dashboard(request: AuthenticatedRequest) -> HttpResponse:
    """The whole."""
    form, found = asked_figures(request)
    built = illustrated_document(found, "", get_language() or "en") if found else None
    context = {
        "form": form,
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
    _form, found = asked_figures(request)
    if found is None:
        raise Http404
    try:
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
