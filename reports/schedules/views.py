"""Pages of schedules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.permissions import may
from accounts.types import AuthenticatedRequest
from assistance.engagements.models import Engagement
from assistance.programmes.querysets import manages
from assistance.programmes.working_days import WorkingDays, calendar_of
from core.workflow.exceptions import ActionNotAllowed, DomainError
from reports.kinds.registry import KINDS
from reports.reports.later import has_ended_chain, known_later
from reports.reports.models import Report
from reports.schedules import on_demand, periods, services
from reports.schedules.deadlines import cutoff_of, due_of
from reports.schedules.forms import PeriodForm, scope_in_words
from reports.schedules.models import Schedule, ScheduleVersion

SHOWN = 5  # next due dates
# by which a cut-off in working days, doubled, may fall short where there are many holidays
MARGIN = timedelta(days=21)
LAST_DAY = date(9998, 12, 31)


@require_safe
@permission_required("schedule.read")
def schedule_list(request: AuthenticatedRequest) -> HttpResponse:
    """All schedules of the reader's programmes, with their next due dates."""
    return render(request, "reports/schedules.html", {"lines": list_rows(request)})


def list_rows(
    request: AuthenticatedRequest, asked: PeriodForm | None = None, asked_of: int = 0
) -> list[dict[str, Any]]:
    """One a schedule; `asked` is a form that was refused, of the schedule `asked_of`."""
    schedules = (
        Schedule.objects.visible_to(request.user)
        .select_related("programme")
        .prefetch_related(
            "versions__countries", "versions__group", "versions__pillar", "versions__donor"
        )
    )
    found: list[dict[str, Any]] = []
    calendars: dict[int, WorkingDays] = {}
    for schedule in schedules:
        version = next((v for v in schedule.versions.all() if v.valid_until is None), None)
        if schedule.programme_id not in calendars:
            calendars[schedule.programme_id] = calendar_of(schedule.programme)
        for one in schedule.versions.all():
            one.schedule = schedule
        coming = (
            []
            if schedule.is_paused
            else next_dates(schedule.versions.all(), calendars[schedule.programme_id])
        )
        mine = may(request.user, "schedule.manage") and manages(request.user, schedule.programme_id)
        found.append(
            {
                "schedule": schedule,
                "version": version,
                "scope": scope_in_words(version) if version else [],
                "next": coming,
                "mine": mine,
                "planned": KINDS[schedule.kind].is_planned,
                "ended": has_ended_chain(schedule),
                "form": (
                    asked
                    if asked is not None and asked_of == schedule.pk
                    else PeriodForm(auto_id=f"id_{schedule.pk}_%s")
                ),
            }
        )
    return found


@require_safe
@permission_required("report.read_internal")
def later_figures(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What is known by now of periods whose chain has ended: no report is to come that would say
    it."""
    schedule = get_object_or_404(Schedule.objects.visible_to(request.user), pk=pk)
    return render(
        request, "reports/later.html", {"schedule": schedule, "found": known_later(schedule)}
    )


@dataclass
class Coming:
    """The next five reports, each with its period's name and when it is due; and how many periods
    are over already."""

    dates: list[dict[str, Any]]
    past: int = 0


def next_dates(versions: Iterable[ScheduleVersion], calendar: WorkingDays) -> list[dict[str, Any]]:
    """The next five reports of a schedule's versions: which period, when due."""
    found: list[dict[str, Any]] = []
    for version in versions:
        found += islice(still_due(version, calendar), SHOWN)
    return sorted(found, key=lambda line: line["due"])[:SHOWN]


def still_due(version: ScheduleVersion, calendar: WorkingDays) -> Iterator[dict[str, Any]]:
    """The reports of a version that are not due yet, in the order of their periods.

    What ended long ago was due before today.
    """
    now, today = timezone.now(), version.schedule.programme.today()
    back = max(version.valid_from, today - 2 * timedelta(days=version.cutoff_days) - MARGIN)
    reached = version.rhythm.containing(back)
    for period in version.rhythm.since(
        max(version.valid_from, reached.start) if reached else version.valid_from, LAST_DAY
    ):
        if version.valid_until is not None and period.start >= version.valid_until:
            return
        due = due_of(version, cutoff_of(version, period, calendar))
        if due > now:
            yield {
                "name": periods.period_name(period.start, period.end),
                "start": period.start,
                "due": due,
            }


@require_POST
@permission_required("schedule.manage")
def pause_or_resume(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Pauses, or resumes."""
    try:
        schedule = services.pause_schedule(
            request.user, pk, paused=request.POST.get("paused") == "yes"
        )
    except ActionNotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(
        request,
        (
            _("Paused.")
            if schedule.is_paused
            else _("Resumed. Periods that came due in the pause are skipped.")
        ),
    )
    return redirect("schedules")


@require_POST
@permission_required("schedule.manage")
def produce_now(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The report of a period, now."""
    form = PeriodForm(request.POST, auto_id=f"id_{pk}_%s")
    if form.is_valid():
        try:
            reports = on_demand.run_now(request.user, pk, form.cleaned_data["day"])
        except ActionNotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except DomainError as refusal:
            form.add_error("day", str(refusal))
        else:
            if any(report.state == Report.State.EXPECTED for report in reports):
                messages.success(request, _("Being produced: this takes a minute or two."))
            else:
                messages.info(request, _("The report of this period is there already."))
            return redirect(reports[0]) if len(reports) == 1 else redirect("reports")
    get_object_or_404(Schedule.objects.visible_to(request.user), pk=pk)
    return render(
        request, "reports/schedules.html", {"lines": list_rows(request, form, pk)}, status=422
    )


@require_POST
@permission_required("report.review")
def mission_report(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The report of one engagement."""
    engagement = get_object_or_404(Engagement.objects.visible_to(request.user), pk=pk)
    try:
        return redirect(on_demand.mission_report(request.user, engagement))
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(reverse("engagement", args=[pk]))
