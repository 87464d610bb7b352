"""Schedules that come with the sample data."""

from __future__ import annotations

import time
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from assistance.programmes.models import Programme
from assistance.requests.models import AssistanceRequest
from countries.models import Country
from reports.kinds.country import CountryBrief
from reports.kinds.management import ManagementReport
from reports.kinds.progress import ProgressReport
from reports.reports.models import Report, ReportRevision
from reports.reports.planning import add_rows
from reports.reports.production import produce_one
from reports.reports.revisions import publish_revision
from reports.schedules.models import Frequency, Schedule, ScheduleVersion
from reports.schedules.periods import period_before, period_of

MANAGER, OFFICER = "manager@example.org", "officer@example.org"
PATIENCE = 300  # seconds for a worker to finish a report that it has begun


def make_schedules() -> None:
    """A progress report from the first quarter with requests on, briefs on two countries, a monthly
    report for the manager; past periods are caught up."""
    programme = Programme.objects.get(code="cybercrime")
    first = (
        AssistanceRequest.objects.filter(programme=programme, received_on__isnull=False)
        .order_by("received_on")
        .values_list("received_on", flat=True)
        .first()
    )
    if first is None or Schedule.objects.filter(programme=programme).exists():
        return
    manager = User.objects.filter(email=MANAGER).first()
    this = period_of("quarterly", programme.today())
    last = period_before("quarterly", period_before("quarterly", this)).start
    month = period_before(
        "monthly", period_before("monthly", period_of("monthly", programme.today()))
    ).start
    named = Country.objects.filter(iso3__in=["KEN", "FJI"])
    progress = add_schedule(
        programme,
        manager,
        ProgressReport.code,
        "Progress report",
        Frequency.QUARTERLY,
        period_of("quarterly", first).start,
    )
    if manager is not None:  # until `publish_in_order` has made and published the past quarters
        Schedule.objects.filter(pk=progress.schedule_id).update(is_paused=True)
    add_schedule(
        programme,
        manager,
        CountryBrief.code,
        "Country brief",
        Frequency.QUARTERLY,
        max(last, period_of("quarterly", first).start),
    ).countries.set(named)
    add_schedule(
        programme,
        manager,
        ManagementReport.code,
        "Management report",
        Frequency.MONTHLY,
        max(month, period_of("monthly", first).start),
    )


def add_schedule(
    programme: Programme, manager: User | None, kind: str, title: str, frequency: str, start: date
) -> ScheduleVersion:
    """A schedule in English, with the manager among its recipients."""
    schedule = Schedule.objects.create(
        programme=programme, kind=kind, title=title, created_by=manager
    )
    version = ScheduleVersion.objects.create(
        schedule=schedule,
        frequency=frequency,
        valid_from=start,
        zone=programme.zone,
        languages=["en"],
    )
    if manager:
        version.recipients.add(manager)
    return version


def being_published() -> Schedule | None:
    """The sample's progress report, as long as it is held back until its past is published."""
    found = Schedule.objects.filter(
        kind=ProgressReport.code, created_by__email=MANAGER, is_paused=True, paused_at__isnull=True
    )
    return found.select_related("programme").first()


def publish_in_order() -> int:
    """Makes and publishes the progress reports of past quarters, one after the other, each a week
    after its cut-off, as if it had been done then; the schedule goes on by itself afterwards. Safe
    to run again after it was stopped. Returns how many were published."""
    schedule = being_published()
    if schedule is None:
        return 0
    reviewer, publisher = (User.objects.get(email=email) for email in (OFFICER, MANAGER))
    version, done = schedule.versions.get(), 0
    for period in version.rhythm.since(version.valid_from, schedule.programme.today()):
        add_rows(version, [period])
        report = Report.objects.get(version=version, period_start=period.start)
        if report.cutoff_at > timezone.now():
            break
        if (
            report.published_at is None
            and (made := produce_by_hand(report.pk, publisher)) is not None
        ):
            publish_as_then(made, reviewer, publisher)
            done += 1
    Schedule.objects.filter(pk=schedule.pk).update(is_paused=False)
    return done


def produce_by_hand(pk: int, user: User) -> Report | None:
    """The report, asked for by hand, once it is produced by us or by a worker; None where it
    failed, or somebody is working on it already."""
    Report.objects.filter(pk=pk, state=Report.State.EXPECTED).update(asked_by=user)
    for _second in range(PATIENCE):
        report = Report.objects.select_related("version__schedule__programme").get(pk=pk)
        if report.state == Report.State.PRODUCED:
            return report
        if report.state not in (Report.State.EXPECTED, Report.State.PRODUCING):
            return None
        if not produce_one():
            time.sleep(1)
    return None


def publish_as_then(report: Report, reviewer: User, publisher: User) -> None:
    """A review and a publication that bear the times at which they would have been."""
    revision = report.current
    assert revision is not None, "it was produced"
    reviewed, at = (report.cutoff_at + timedelta(days=days, hours=9) for days in (4, 7))
    with transaction.atomic():
        ReportRevision.objects.filter(pk=revision.pk).update(
            reviewed_at=reviewed, reviewed_by=reviewer, told_at=reviewed
        )
        publish_revision(revision, publisher, at)
        Report.objects.filter(pk=report.pk).update(
            state=Report.State.PUBLISHED,
            produced_at=report.due_at,
            published_at=at,
            published_by=publisher,
        )
