"""Which reports are to be expected: derived from the schedules, however long nobody looked."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from assistance.requests.clock import WorkingDays, calendar_of
from reports.schedules.models import Report, ScheduleVersion
from reports.schedules.periods import Period, periods

SETTLING = timedelta(minutes=2)  # a transaction that began before the cut-off may commit a little after it


def cutoff_of(version: ScheduleVersion, period: Period, calendar: WorkingDays | None = None) -> datetime:
    """The end of the given number of working days after the period, at the duty station: what is recorded until then counts.

    Who asks for many hands the programme's calendar over, so that it is read once.
    """
    programme = version.schedule.programme
    last = (calendar or calendar_of(programme)).add(period.last_day, version.cutoff_days)
    return programme.midnight(last + timedelta(days=1))


def due_of(version: ScheduleVersion, cutoff: datetime) -> datetime:
    """The first time after the cut-off at which the schedule's hour strikes in its zone; never before the cut-off has settled."""
    import zoneinfo

    local = cutoff.astimezone(zoneinfo.ZoneInfo(version.zone))
    due = local.replace(hour=version.hour, minute=0, second=0, microsecond=0)
    while due < cutoff + SETTLING:
        due = (due + timedelta(days=1)).replace(hour=version.hour)
    return due


def expect(now: datetime | None = None) -> int:
    """Makes the row of every period that has begun and has none yet. Returns how many were new.

    The unique key decides when two do this at once. Periods of a pause are not made here: pausing skips them by name.
    """
    now = now or timezone.now()
    made = 0
    versions = ScheduleVersion.objects.filter(schedule__is_paused=False).select_related("schedule__programme")
    for version in versions:
        made += len(expect_of(version, now))
    return made


def expect_of(version: ScheduleVersion, now: datetime) -> list[Report]:
    """The new rows of one version."""
    programme = version.schedule.programme
    known = set(version.reports.values_list("period_start", flat=True))
    today = programme.day_of(now)
    fresh, calendar = [], calendar_of(programme)
    for period in periods(version.frequency, version.valid_from, today):
        if period.start in known or (version.valid_until is not None and period.start >= version.valid_until):
            continue
        cutoff = cutoff_of(version, period, calendar)
        fresh.append(
            Report(
                version=version,
                subject_type="programme",
                subject_id=programme.pk,
                period_start=period.start,
                period_end=period.end,
                cutoff_at=cutoff,
                due_at=due_of(version, cutoff),
            )
        )
    return Report.objects.bulk_create(fresh, ignore_conflicts=True)
