"""Pages on which actions are taken on reports."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from core.workflow.views import sent_version
from reports.reports import publishing, services
from reports.reports.highlights import highlights_draft
from reports.reports.models import Report
from reports.reports.views import page_of_report
from reports.reports.workflow import ACTIONS
from reports.schedules import periods


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("report.review")
def publish_report(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Says what publishing does, and publishes once that was confirmed."""
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("version__schedule__programme"),
        pk=pk,
    )
    try:
        services.refuse_untimely(request.user, report, ACTIONS["publish"])
        shown = publishing.publishing_confirmation([report])
        publishing.refuse_publishing(request.user, shown.revisions[0])
        if request.POST.get("confirm") == shown.mark:
            services.perform_action(request.user, pk, "publish")
            messages.success(request, _("Done: %(what)s.") % {"what": ACTIONS["publish"].label})
            return redirect(report)
    except ActionNotAllowed as refusal:
        return render(
            request,
            "reports/detail.html",
            page_of_report(request, report, refusal=str(refusal)),
            status=409,
        )
    return confirmation_page(request, shown, back=report.get_absolute_url())


def confirmation_page(
    request: AuthenticatedRequest, shown: publishing.Confirmation, back: str, **more: object
) -> HttpResponse:
    """What is to be published, before it is; with 409 where it is no longer what was looked at."""
    changed = bool(request.POST.get("confirm"))
    first = shown.revisions[0].report
    context = {
        "shown": shown,
        "first": first,
        "name": periods.period_name(first.period_start, first.period_end),
        "back": back,
        "changed": changed,
    }
    return render(request, "reports/publish.html", context | more, status=409 if changed else 200)


@require_POST
@permission_required("report.review")
def report_action(request: AuthenticatedRequest, pk: int, action: str) -> HttpResponse:
    """Review, send back, publish, try again, skip; or write the highlights."""
    report = get_object_or_404(
        Report.objects.visible_to(request.user).select_related("version__schedule__programme"),
        pk=pk,
    )
    draft = highlights_draft(request, report) if action == "highlights" else None
    if draft is not None and (answer := draft.answer_buttons()) is not None:
        return answer
    if draft is not None and draft.other is not None:
        typed_now = request.POST.get("highlights")
        page = page_of_report(request, report, typed_highlights=typed_now, draft=draft)
        return render(request, "reports/detail.html", page, status=409)
    try:
        if draft is not None:
            services.set_highlights(
                request.user,
                pk,
                request.POST.get("highlights", ""),
                expected=sent_version(request),
            )
            draft.discard()
            messages.success(
                request, _("Saved. The documents are made anew, which takes a minute or two.")
            )
        elif action in ACTIONS:
            services.perform_action(request.user, pk, action, reason=request.POST.get("reason", ""))
            messages.success(request, _("Done: %(what)s.") % {"what": ACTIONS[action].label})
        else:
            raise Http404
    except DomainError as refusal:
        typed = {
            "typed_highlights": request.POST.get("highlights"),
            "typed_reason": request.POST.get("reason", "").strip(),
            "refusal": str(refusal),
        }
        return render(
            request,
            "reports/detail.html",
            page_of_report(request, report, **typed),
            status=409 if isinstance(refusal, ActionNotAllowed | EditConflict) else 422,
        )
    return redirect(report)
