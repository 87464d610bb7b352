"""Pages on which a schedule is made and changed."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.models import User
from accounts.types import AuthenticatedRequest
from assistance.programmes.querysets import manages
from assistance.programmes.working_days import calendar_of
from core.decorators import allow_form_cache
from core.forms import posted_data
from core.workflow.exceptions import DomainError
from reports.kinds.registry import KINDS
from reports.schedules import periods, services, versions
from reports.schedules.forms import ScheduleForm
from reports.schedules.models import Schedule, ScheduleVersion
from reports.schedules.views import Coming, next_dates


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("schedule.manage")
@allow_form_cache
def new_schedule(request: AuthenticatedRequest) -> HttpResponse:
    """A new schedule."""
    form = ScheduleForm(
        posted_data(request),
        user=request.user,
        initial={"valid_from": periods.period_of("quarterly", timezone.localdate()).start},
    )
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return render(
                request,
                "reports/schedule_form.html",
                {"form": form, "coming": coming_due_dates(form)},
            )
        services.create_schedule(request.user, form.values)
        messages.success(
            request, _("The schedule is set. Past periods are produced within minutes.")
        )
        return redirect("schedules")
    return render(
        request, "reports/schedule_form.html", {"form": form}, status=422 if form.is_bound else 200
    )


def coming_due_dates(form: ScheduleForm) -> Coming:
    """The next five due dates of a schedule as it stands in the form, before it is set."""
    given = form.cleaned_data
    version = ScheduleVersion(
        schedule=Schedule(programme=given["programme"]),
        frequency=given["frequency"],
        first_month=given["first_month"],
        dates=given["dates"],
        valid_from=given["valid_from"],
        cutoff_days=given["cutoff_days"],
        hour=given["hour"],
        zone=given["zone"],
    )
    dates = next_dates([version], calendar_of(given["programme"]))
    over = version.rhythm.since(
        version.valid_from,
        dates[0]["start"] - timedelta(days=1) if dates else given["programme"].today(),
    )
    return Coming(dates, sum(1 for _period in over))


def coming_after(user: User, schedule: Schedule, values: versions.ScheduleValues) -> Coming:
    """The next five due dates if a schedule were changed so: it is changed, looked at, and left as
    it was. Raises as `services.update_schedule`."""
    with transaction.atomic():
        services.update_schedule(user, schedule.pk, values)
        found = next_dates(
            schedule.versions.select_related("schedule__programme"), calendar_of(schedule.programme)
        )
        transaction.set_rollback(True)
    return Coming(found)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("schedule.manage")
@allow_form_cache
def edit_schedule(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Another title, scope, rhythm, or other languages, formats, recipients."""
    schedule = get_object_or_404(Schedule.objects.visible_to(request.user), pk=pk)
    if not KINDS[schedule.kind].is_planned or not manages(request.user, schedule.programme_id):
        raise Http404
    version = schedule.versions.get(valid_until__isnull=True)
    form = ScheduleForm(
        posted_data(request), user=request.user, initial=values_of(schedule, version)
    )
    for name in ("programme", "kind"):  # of another kind or programme is another schedule
        form.fields[name].disabled = True
    if request.method == "POST" and form.is_valid():
        values = form.values.copy()
        del values["kind"], values["valid_from"]
        try:
            if "preview" in request.POST:
                return render(
                    request,
                    "reports/schedule_form.html",
                    {
                        "form": form,
                        "schedule": schedule,
                        "coming": coming_after(request.user, schedule, values),
                    },
                )
            start = services.update_schedule(request.user, pk, values)
        except DomainError as refusal:
            form.add_error("dates", str(refusal))
        else:
            messages.success(request, changed_in_words(schedule, start))
            return redirect("schedules")
    return render(
        request,
        "reports/schedule_form.html",
        {"form": form, "schedule": schedule},
        status=422 if form.is_bound else 200,
    )


def changed_in_words(schedule: Schedule, start: date | None) -> str:
    """What a change of a schedule led to, and which days it leaves without a report."""
    if start is None:
        return _("Saved. It holds for every report that is not produced yet.")
    said = _("Saved. The new way begins with the period from %(date)s.") % {
        "date": date_format(start, "DATE_FORMAT")
    }
    gap = versions.uncovered_days(schedule)
    if gap is None:
        return said
    days = {
        "first": date_format(gap.start, "DATE_FORMAT"),
        "last": date_format(gap.last_day, "DATE_FORMAT"),
    }
    return (
        f"{said} "
        + _(
            "No report of it speaks of %(first)s to %(last)s: where that is needed, set one from"
            " date to date."
        )
        % days
    )


def values_of(schedule: Schedule, version: ScheduleVersion) -> dict[str, object]:
    """What the form shows of a schedule as it is."""
    return {
        "programme": schedule.programme_id,
        "kind": schedule.kind,
        "title": schedule.title,
        "frequency": version.frequency,
        "first_month": version.first_month,
        "valid_from": version.valid_from,
        "dates": "\n".join(map(str, version.dates)),
        "cutoff_days": version.cutoff_days,
        "pillar": version.pillar and version.pillar.code,
        "region": version.region,
        "group": version.group and version.group.code,
        "countries": ", ".join(c.iso3 for c in version.countries.all()),
        "donor": version.donor_id,
        "languages": version.languages,
        "formats": version.formats,
        "attach": version.attach,
        "hour": version.hour,
        "zone": version.zone,
        "recipients": list(version.recipients.values_list("pk", flat=True)),
    }
