"""With which earlier periods a report is compared, and where each of them stopped counting: fixed
in its row, as its own cut-off is.

So the comparison stays what it was when the schedule gets other days to the cut-off, or the
calendar another holiday.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from assistance.programmes.working_days import WorkingDays, calendar_of
from reports.reports.models import Report
from reports.schedules.deadlines import cutoff_of
from reports.schedules.models import Frequency
from reports.schedules.periods import Period

FIXED = ["previous_cutoff_at", "year_before_cutoff_at"]


def compared_with(
    report: Report, period: Period | None = None
) -> tuple[Period | None, Period | None]:
    """The period before, and the same one a year earlier where that is another; of a report's own
    period, or of one in its place.

    Given dates and engagements stand beside nothing: their periods are of unequal length.
    """
    if report.version.frequency == Frequency.DATES or report.subject_type == "engagement":
        return None, None
    rhythm, period = report.version.rhythm, period or Period(report.period_start, report.period_end)
    return rhythm.before(period), rhythm.year_before(period)


def fix_comparisons(reports: Sequence[Report], calendar: WorkingDays) -> None:
    """Sets the cut-offs of the earlier periods in reports of one version, and saves nothing.

    Where the schedule has a report on that period and the same subject, that one's counts, whatever
    the rule is today; else the rule decides.
    """
    earlier = [(report, *compared_with(report)) for report in reports]
    known = cutoffs_on(
        {period.start for _report, *both in earlier for period in both if period}, reports
    )
    by_rule: dict[Period, datetime] = {}

    def cutoff_on(report: Report, period: Period) -> datetime:
        """Where a period stopped counting for a report's subject."""
        kept = known.get((report.subject_type, report.subject_id, period))
        if kept is None and period not in by_rule:
            by_rule[period] = cutoff_of(report.version, period, calendar)
        return kept or by_rule[period]

    for report, previous, year_before in earlier:
        report.previous_cutoff_at = cutoff_on(report, previous) if previous else None
        report.year_before_cutoff_at = cutoff_on(report, year_before) if year_before else None


def cutoffs_on(
    starts: set[object], reports: Sequence[Report]
) -> dict[tuple[str, int, Period], datetime]:
    """Cut-offs of a schedule's reports by subject and period: of those in the database, and of
    `reports` as they stand here."""
    if not reports:
        return {}
    stored = Report.objects.filter(
        version__schedule_id=reports[0].version.schedule_id, period_start__in=starts
    ).order_by("version__number")
    rows = stored.values_list(
        "subject_type", "subject_id", "period_start", "period_end", "cutoff_at"
    )
    found = {(kind, pk, Period(start, end)): cutoff for kind, pk, start, end, cutoff in rows}
    return found | {
        (r.subject_type, r.subject_id, Period(r.period_start, r.period_end)): r.cutoff_at
        for r in reports
    }


def keep_comparisons(report: Report) -> None:
    """Fixes and saves them in a report that has none yet: one of a mission, or one made before they
    were kept."""
    if report.previous_cutoff_at is None:
        fix_comparisons([report], calendar_of(report.version.schedule.programme))
        report.save(update_fields=FIXED)
