"""When a period's report stops counting, and when it is due."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, datetime, timedelta

from assistance.programmes.working_days import WorkingDays, calendar_of
from reports.schedules.models import ScheduleVersion
from reports.schedules.periods import Period

# a transaction that began before the cut-off may commit a little after it
SETTLING = timedelta(minutes=2)


def cutoff_of(
    version: ScheduleVersion, period: Period, calendar: WorkingDays | None = None
) -> datetime:
    """The end of the given number of working days after the period, at the duty station: what is
    recorded until then counts.

    Who asks for many hands the programme's calendar over, so that it is read once.
    """
    programme = version.schedule.programme
    last = (calendar or calendar_of(programme)).add(period.last_day, version.cutoff_days)
    return programme.midnight(last + timedelta(days=1))


def due_of(version: ScheduleVersion, cutoff: datetime) -> datetime:
    """The first time after the cut-off at which the schedule's hour strikes in its zone; never
    before the cut-off has settled."""
    local = cutoff.astimezone(zoneinfo.ZoneInfo(version.zone))
    due = local.replace(hour=version.hour, minute=0, second=0, microsecond=0)
    while due.astimezone(UTC) < (cutoff + SETTLING).astimezone(
        UTC
    ):  # two times of one zone would be compared by the face of the clock
        due = (due + timedelta(days=1)).replace(hour=version.hour)
    return due
