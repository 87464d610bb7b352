"""Whose history is read here: schedules of reports with their versions, and reports with their
revisions."""

from __future__ import annotations

from collections.abc import Iterator

from audit.registry import Part, Subject
from core.access import managed_ids
from reports.donor_links.models import DonorLink
from reports.reports.models import Report, ReportRevision
from reports.schedules.models import Schedule, ScheduleVersion


def own_subjects() -> Iterator[Subject]:
    """What the audit trail can show of this app."""
    yield Subject(
        "schedule",
        Schedule,
        managed=lambda user: Schedule.objects.visible_to(user).filter(
            programme__in=managed_ids(user)
        ),
        sealed=True,
        parts=(Part(ScheduleVersion, "schedule_id"),),
    )
    yield Subject(
        "report",
        Report,
        managed=lambda user: Report.objects.visible_to(user).filter(
            version__schedule__programme__in=managed_ids(user)
        ),
        sealed=True,
        parts=(Part(ReportRevision, "report_id"),),
    )
    yield Subject("donor_link", DonorLink, managed=DonorLink.objects.visible_to)
