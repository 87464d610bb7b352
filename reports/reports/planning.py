"""Which reports are to be expected: derived from the schedules, however long nobody looked."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from assistance.programmes.working_days import WorkingDays, calendar_of
from reports.kinds.registry import KINDS
from reports.reports.comparison import fix_comparisons
from reports.reports.models import Report
from reports.schedules.deadlines import cutoff_of, due_of
from reports.schedules.models import ScheduleVersion
from reports.schedules.periods import Period


def expect_reports(now: datetime | None = None) -> int:
    """Makes the row of every period that has begun and has none yet. Returns how many were new.

    The unique key decides when two do this at once. Periods of a pause are not made here: pausing
    skips them by name.
    """
    now = now or timezone.now()
    made = 0
    versions = ScheduleVersion.objects.filter(schedule__is_paused=False).select_related(
        "schedule__programme", "group"
    )
    for version in versions:
        made += len(expect_of(version, now))
    return made


def expect_of(version: ScheduleVersion, now: datetime) -> list[Report]:
    """The new rows of one version: one a period that has begun, and subject."""
    programme = version.schedule.programme
    known = set(version.reports.values_list("period_start", flat=True))
    today = programme.day_of(now)
    begun = version.rhythm.since(version.valid_from, today)
    return add_rows(
        version,
        [
            p
            for p in begun
            if p.start not in known
            and (version.valid_until is None or p.start < version.valid_until)
        ],
    )


def add_rows(version: ScheduleVersion, periods: list[Period]) -> list[Report]:
    """The rows of some periods, made where they are not there: with cut-off, due date, and the
    cut-offs of what they are compared with."""
    calendar = calendar_of(version.schedule.programme)
    fresh = [row for period in periods for row in rows_of(version, period, calendar)]
    fix_comparisons(fresh, calendar)
    return Report.objects.bulk_create(fresh, ignore_conflicts=True)


def rows_of(version: ScheduleVersion, period: Period, calendar: WorkingDays) -> list[Report]:
    """The rows of one period, not saved: cut-off and due date are fixed in them."""
    cutoff = cutoff_of(version, period, calendar)
    due = due_of(version, cutoff)
    return [
        Report(
            version=version,
            subject_type=kind,
            subject_id=pk,
            period_start=period.start,
            period_end=period.end,
            cutoff_at=cutoff,
            due_at=due,
        )
        for kind, pk in KINDS[version.schedule.kind].subjects(version, period)
    ]
