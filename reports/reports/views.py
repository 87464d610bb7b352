"""Pages of reports."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.permissions import may
from accounts.tokens.decorators import session_or_token
from accounts.types import AuthenticatedRequest
from core.lists import list_context
from reports.documents import structure
from reports.documents.downloads import as_download
from reports.documents.illustration import illustrated_document
from reports.documents.models import ReportDocument
from reports.documents.storage import progress_of
from reports.donor_links.services import has_donor_edition
from reports.figures.adjustments import is_adjustment
from reports.reports import publishing
from reports.reports.filters import ReportFilter
from reports.reports.highlights import highlights_draft, highlights_form
from reports.reports.models import Report
from reports.reports.presentation import SHAPES, progress_words, report_language
from reports.reports.snapshot_specs import snapshot_spec_of
from reports.reports.subjects import names_of
from reports.reports.tables import REPORTS, report_rows
from reports.reports.workflow import ACTIONS, WORKFLOW
from reports.schedules import periods
from reports.schedules.periods import Period
from reports.snapshots import rows
from reports.snapshots.build import build_snapshot
from reports.snapshots.canonical import canonical_json, read_snapshot
from reports.snapshots.tables import table_of_kind


@require_safe
@permission_required("report.read_internal")
def report_list(request: AuthenticatedRequest) -> HttpResponse:
    """All reports that the reader may open, newest period first, and what is still expected."""
    reports = Report.objects.visible_to(request.user).select_related("version__schedule__programme")
    found = ReportFilter(request.GET, queryset=reports, request=request)
    context = list_context(request, request.user, REPORTS, found, found.qs, report_rows)
    return render(request, "reports/index.html", context)


@require_safe
@permission_required("report.read_internal")
def report_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One report as a document, with its state and what may be done with it above."""
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related(
            "version__schedule__programme", "published_by", "skipped_by"
        ),
        pk=pk,
    )
    return render(request, "reports/detail.html", page_of_report(request, report))


def page_of_report(request: AuthenticatedRequest, report: Report, **more: Any) -> dict[str, Any]:
    """What the page of a report shows."""
    revision = report.current
    rewriting = revision is not None and revision.rewrite_asked_at is not None
    at = progress_of([report.pk] if rewriting or report.state == Report.State.PRODUCING else [])
    built = (
        illustrated_document(revision.contents, revision.highlights, report_language())
        if revision
        else None
    )
    actions = WORKFLOW.available(request.user, report)
    draft = more.pop("draft", None) or highlights_draft(request, report)
    return {
        "report": report,
        "revision": revision,
        "opens": (
            f"{report.get_absolute_url()}figures/" if revision else ""
        ),  # where a figure's rows are, before its code
        "document": built,
        "name": periods.period_name(report.period_start, report.period_end),
        "shape": SHAPES[report.state],
        "documents": revision.internal_documents if revision else [],
        "editions": (
            revision.editions.defer("snapshot").prefetch_related(
                Prefetch(
                    "documents",
                    ReportDocument.objects.defer("content").order_by("language", "format"),
                )
            )
            if revision
            else []
        ),
        "revisions": (
            report.revisions.exclude(pk=revision.pk)
            .defer("snapshot")
            .select_related("published_by", "made_by")
            if revision
            else []
        ),
        "about": names_of([report], report_language())[report.pk],
        "actions": actions,
        "alone": (
            publishing.reviewed_alone(request.user, revision)
            if revision and any(ACTIONS[a.code].publishes for a in actions)
            else ""
        ),
        "may_link": may(request.user, "donor_link.manage") and has_donor_edition(report),
        "progress": progress_words(at.get(report.pk, "")),
        "running": rewriting or is_running(report),
        "may_write": (
            report.state in ("produced", "in_review") and may(request.user, "report.review")
        ),
        "draft": draft,
        "highlights_form": highlights_form(draft, report, more.get("typed_highlights")),
        "deliveries": (
            revision.deliveries.select_related("user").order_by("told_at") if revision else []
        ),
    } | more


def is_running(report: Report) -> bool:
    """Whether it is being made, or is about to be."""
    return report.state == Report.State.PRODUCING or (
        report.state == Report.State.EXPECTED and report.due_at <= timezone.now()
    )


@require_safe
@permission_required("report.read_internal")
def former_revision(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """A former revision, as it was."""
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("version__schedule__programme"),
        pk=pk,
    )
    kept = get_object_or_404(report.revisions, number=number)
    if kept.is_current:
        return redirect(report)
    built = illustrated_document(kept.contents, kept.highlights, report_language())
    context = {
        "report": report,
        "former": kept,
        "document": built,
        "documents": kept.internal_documents,
    }
    return render(
        request,
        "reports/revision.html",
        context | {"name": periods.period_name(report.period_start, report.period_end)},
    )


@require_safe
@permission_required("report.read_internal")
def preview_report(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What the report would say now: live, labelled so, stored nowhere."""
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("version__schedule__programme"),
        pk=pk,
    )
    if report.current is not None:
        return redirect(report)
    period = Period(report.period_start, report.period_end)
    with transaction.atomic():
        found = build_snapshot(snapshot_spec_of(report, min(report.cutoff_at, timezone.now())))
    built = illustrated_document(
        read_snapshot(canonical_json({**found, "title": report.version.schedule.title})),
        "",
        report_language(),
    )
    return render(
        request,
        "reports/detail.html",
        {
            "report": report,
            "document": built,
            "name": periods.period_name(period.start, period.end),
            "preview": True,
            "shape": SHAPES[report.state],
        },
    )


@require_safe
@permission_required("report.read_internal")
def figure_rows(request: AuthenticatedRequest, pk: int, code: str) -> HttpResponse:
    """The very rows that a figure counts."""
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("version__schedule__programme"),
        pk=pk,
    )
    revision = report.current
    if revision is None:
        raise Http404
    found = revision.contents
    try:
        opened, page = rows.open_page(request, found, code, report_language())
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
    if is_adjustment(code):
        value = structure.signed_text(value, f["value"], report_language())
    context = {
        "report": report,
        "opened": opened,
        "table": table_of_kind(opened.kind).on_page(request.user, opened.rows),
        "page": page,
        "value": value,
        "name": periods.period_name(report.period_start, report.period_end),
    }
    return render(request, "reports/figure.html", context)


@session_or_token
@require_safe
@permission_required("report.read_internal")
def report_document(request: AuthenticatedRequest, key: str) -> HttpResponse:
    """The stored bytes of a document, to who may read the report."""
    kept = get_object_or_404(
        ReportDocument.objects.select_related("revision__report__version__schedule").filter(
            revision__report__in=Report.objects.visible_to(request.user)
        ),
        key=key,
    )
    report = kept.revision.report
    audience = "" if kept.audience == "internal" else f"-{kept.audience}"
    return as_download(
        kept,
        f"{report.version.schedule.programme.code}-{report.period_start}-r{kept.revision.number}{audience}",
    )
