"""Pages of schedules."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.pages.guard import requires, written_in
from accounts.permissions import may
from assistance.programmes.querysets import manages
from assistance.requests.clock import WorkingDays, calendar_of
from assistance.requests.errors import NotAllowed
from reports.schedules import periods, setting
from reports.schedules.expecting import cutoff_of, due_of
from reports.schedules.forms import ScheduleForm
from reports.schedules.models import Schedule, ScheduleVersion

SHOWN = 5  # next due dates


@require_safe
@requires("schedule.read")
def index(request: HttpRequest) -> HttpResponse:
    """All schedules of the reader's programmes, with their next due dates."""
    schedules = Schedule.objects.visible_to(request.user).select_related("programme").prefetch_related("versions")
    lines = []
    calendars: dict[int, WorkingDays] = {}
    for schedule in schedules:
        version = next((v for v in schedule.versions.all() if v.valid_until is None), None)
        if schedule.programme_id not in calendars:
            calendars[schedule.programme_id] = calendar_of(schedule.programme)
        coming = next_dates(version, calendars[schedule.programme_id]) if version and not schedule.is_paused else []
        mine = may(request.user, "schedule.manage") and manages(request.user, schedule.programme_id)
        lines.append({"schedule": schedule, "version": version, "next": coming, "mine": mine})
    return render(request, "reports/schedules.html", {"lines": lines})


def next_dates(version: ScheduleVersion, calendar: WorkingDays) -> list[dict[str, object]]:
    """The next five reports: which period, when due."""
    period = periods.period_of(version.frequency, max(version.valid_from, version.schedule.programme.today()))
    period = periods.before(version.frequency, period)
    found: list[dict[str, object]] = []
    while len(found) < SHOWN:
        due = due_of(version, cutoff_of(version, period, calendar))
        if due > timezone.now() and period.start >= version.valid_from:
            found.append({"name": periods.name(period.start, period.end), "due": due})
        period = periods.period_of(version.frequency, period.end)
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@requires("schedule.manage")
@written_in
def new(request: HttpRequest) -> HttpResponse:
    """A new schedule."""
    form = ScheduleForm(request.POST or None, user=request.user, initial={"valid_from": periods.period_of("quarterly", timezone.localdate()).start})
    if request.method == "POST" and form.is_valid():
        setting.create(request.user, form.cleaned_data)
        messages.success(request, _("The schedule is set. Past periods are produced within minutes."))
        return redirect("schedules")
    return render(request, "reports/schedule_form.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@requires("schedule.manage")
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Pauses, or resumes."""
    try:
        schedule = setting.pause(request.user, pk, paused=request.POST.get("paused") == "yes")
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, _("Paused.") if schedule.is_paused else _("Resumed. Periods that came due in the pause are skipped."))
    return redirect("schedules")
