"""Schedules that come with the sample data."""

from __future__ import annotations

import time
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import User
from assistance.programmes.models import Programme
from assistance.requests.models import AssistanceRequest
from countries.models import Country
from reports.revisions import is_outdated, publish
from reports.schedules.expecting import expect
from reports.schedules.models import Frequency, Kind, Report, ReportRevision, Schedule, ScheduleVersion
from reports.schedules.periods import before, period_of
from reports.schedules.producing import produce_one
from reports.schedules.writing import rewrite

MANAGER, OFFICER = "manager@example.org", "officer@example.org"
PATIENCE = 300  # seconds for a worker to finish a report that it has begun


def make_schedules() -> None:
    """A progress report from the first quarter with requests on, briefs on two countries, a monthly report for the manager; past periods are caught up."""
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
    last = before("quarterly", before("quarterly", this)).start
    month = before("monthly", before("monthly", period_of("monthly", programme.today()))).start
    named = Country.objects.filter(iso3__in=["KEN", "FJI"])
    add(programme, manager, Kind.PROGRESS, "Progress report", Frequency.QUARTERLY, period_of("quarterly", first).start)
    add(programme, manager, Kind.COUNTRY, "Country brief", Frequency.QUARTERLY, max(last, period_of("quarterly", first).start)).countries.set(named)
    add(programme, manager, Kind.MANAGEMENT, "Management report", Frequency.MONTHLY, max(month, period_of("monthly", first).start))


def add(programme: Programme, manager: User | None, kind: str, title: str, frequency: str, start: date) -> ScheduleVersion:
    """A schedule in English, with the manager among its recipients."""
    schedule = Schedule.objects.create(programme=programme, kind=kind, title=title, created_by=manager)
    version = ScheduleVersion.objects.create(schedule=schedule, frequency=frequency, valid_from=start, zone=programme.zone, languages=["en"])
    if manager:
        version.recipients.add(manager)
    return version


def caught_up() -> QuerySet[Report]:
    """Progress reports of the sample on quarters that were over when it was made, not published and not in anybody's hands."""
    found = Report.objects.filter(version__schedule__kind=Kind.PROGRESS, version__schedule__created_by__email=MANAGER)
    untouched = (Report.State.EXPECTED, Report.State.PRODUCING, Report.State.PRODUCED)
    return found.filter(cutoff_at__lt=F("version__schedule__created_at"), published_at__isnull=True, state__in=untouched)


def awaits_publication() -> bool:
    """Whether there is a sample programme whose past quarters are not published yet."""
    schedules = Schedule.objects.filter(kind=Kind.PROGRESS, created_by__email=MANAGER)
    return caught_up().exists() or schedules.filter(versions__reports__isnull=True).exists()


def publish_in_order() -> int:
    """Publishes the caught-up progress reports of the sample, the oldest period first, each a week
    after its cut-off, as if it had been done then. Produces what no worker has produced yet.
    Returns how many."""
    expect()
    reviewer, publisher = (User.objects.get(email=email) for email in (OFFICER, MANAGER))
    done = 0
    for pk in caught_up().order_by("period_start").values_list("pk", flat=True):
        if (report := produced(pk)) is not None:
            publish_as_then(report, reviewer, publisher)
            done += 1
    return done


def produced(pk: int) -> Report | None:
    """The report once it is produced, by us or by a worker; None where it failed, was skipped, or
    somebody is working on it already."""
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
    if is_outdated(revision):
        ReportRevision.objects.filter(pk=revision.pk).update(rewrite_asked_at=timezone.now())
        rewrite(revision.pk)
        revision.refresh_from_db()
    reviewed, at = (report.cutoff_at + timedelta(days=days, hours=9) for days in (4, 7))
    with transaction.atomic():
        ReportRevision.objects.filter(pk=revision.pk).update(reviewed_at=reviewed, reviewed_by=reviewer, told_at=reviewed)
        publish(revision, publisher, at)
        Report.objects.filter(pk=report.pk).update(state=Report.State.PUBLISHED, produced_at=report.due_at, published_at=at, published_by=publisher)
