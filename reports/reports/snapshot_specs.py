"""Everything that decides a report's snapshot: its window, what it is compared with, what it
adjusts."""

from __future__ import annotations

from datetime import datetime, timedelta

from assistance.programmes.models import Programme
from assistance.programmes.working_days import calendar_of
from reports.figures.mission_record import dates_of
from reports.reports.chains import chain_of, chain_reports
from reports.reports.comparison import compared_with, fix_comparisons
from reports.reports.models import Report, ReportRevision
from reports.reports.subjects import subject_of
from reports.schedules.periods import Period
from reports.snapshots.canonical import read_snapshot
from reports.snapshots.specs import Compared, SnapshotSpec


def window_of(report: Report, cutoff: datetime) -> Period:
    """The days of which a report speaks: its period; of a mission those of its engagement as known
    at the cut-off, since its dates may be corrected."""
    known = dates_of(report.subject_id, cutoff) if report.subject_type == "engagement" else None
    return (
        Period(known[0], known[1] + timedelta(days=1))
        if known
        else Period(report.period_start, report.period_end)
    )


def snapshot_spec_of(
    report: Report,
    cutoff: datetime | None = None,
    *,
    published_before: datetime | None = None,
    is_correction: bool = False,
) -> SnapshotSpec:
    """All that decides a report's snapshot; with another cut-off that of a preview or a correction.

    `published_before` leaves out what was published from that instant on, so that a report can be
    counted again as it was made. A correction adjusts nothing anew.
    """
    version, at = report.version, cutoff or report.cutoff_at
    period = window_of(report, at)
    previous, last_year = compared_with(report, period)
    if report.previous_cutoff_at is None:  # not produced yet, or before these were kept
        fix_comparisons([report], calendar_of(version.schedule.programme))
    subject, scope = subject_of(report)
    running = at < version.schedule.programme.midnight(period.end)
    return SnapshotSpec(
        kind=version.schedule.kind,
        programme=version.schedule.programme,
        subject=subject,
        scope=scope,
        period=period,
        cutoff=at,
        previous=compared_period(
            report, period, previous, at, report.previous_cutoff_at, running=running
        ),
        last_year=compared_period(
            report, period, last_year, at, report.year_before_cutoff_at, running=running
        ),
        chain=None if is_correction else chain_of(report, at, before=published_before),
    )


def compared_period(
    report: Report,
    period: Period,
    earlier: Period | None,
    cutoff: datetime,
    own_cutoff: datetime | None,
    *,
    running: bool,
) -> Compared | None:
    """An earlier period beside a report: the revision in force at the report's cut-off; where there
    is none, worked out at that period's own cut-off. Of a running period, the same number of first
    days, as known at the end of the last of them. Source: the rules of the programme, section 6."""
    if earlier is None or own_cutoff is None:
        return None
    programme = report.version.schedule.programme
    if running:
        return first_days_of(earlier, (programme.day_of(cutoff) - period.start).days + 1, programme)
    revision = in_force(report, earlier, cutoff)
    if revision is None:
        return Compared(earlier, own_cutoff)
    return Compared(
        earlier, own_cutoff, revision.number, read_snapshot(revision.snapshot)["figures"]
    )


def first_days_of(period: Period, days: int, programme: Programme) -> Compared | None:
    """The first days of a period, as known when the last of them was over; None for no day."""
    end = min(period.start + timedelta(days=days), period.end)
    return Compared(Period(period.start, end), programme.midnight(end)) if days > 0 else None


def in_force(report: Report, period: Period, cutoff: datetime) -> ReportRevision | None:
    """The revision of an earlier period of the chain that was in force at an instant."""
    alike = [
        r.pk
        for r in chain_reports(report)
        if (r.period_start, r.period_end) == (period.start, period.end)
    ]
    revisions = ReportRevision.objects.filter(report__in=alike, published_at__lt=cutoff)
    return revisions.order_by("-published_at", "-pk").first()
