"""Reports made for tests: one with figures, through the product's own doors."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

import pytest
from django.utils import timezone

from accounts.models import Role, User
from assistance.programmes.models import Programme, ProgrammeMembership
from reports.figures.scope import WHOLE, ReportScope
from reports.reports import services as report_services
from reports.reports.models import Report
from reports.reports.production import produce_due
from reports.schedules import services
from reports.schedules.models import Schedule
from reports.schedules.periods import Period, period_before, period_of
from reports.schedules.versions import ScheduleValues
from reports.snapshots.specs import Compared, SnapshotSpec, Subject
from reports.snapshots.storage import whole_snapshot
from tests import make
from tests.make import People


def schedule(people: People, **values: Any) -> Schedule:
    """A quarterly report from this quarter on, as page and text."""
    first = period_of("quarterly", make.programme().today()).start
    given: ScheduleValues = {
        "programme": make.programme(),
        "title": "Progress report",
        "frequency": "quarterly",
        "valid_from": first,
        "cutoff_days": 11,
        "languages": ["en"],
        "formats": ["html", "csv"],
    }
    return services.create_schedule(people.manager, given | cast("ScheduleValues", values))


def task(
    period: Period,
    cutoff: datetime,
    previous: Period | None = None,
    previous_cutoff: datetime | None = None,
    scope: ReportScope = WHOLE,
) -> SnapshotSpec:
    """A progress report of the programme on a period of the calendar, without a comparison with
    last year."""
    programme = make.programme()
    earlier = previous or period_before("quarterly", period)
    beside = Compared(earlier, previous_cutoff or programme.midnight(period.start))
    return SnapshotSpec(
        "progress", programme, Subject("programme", programme.pk), scope, period, cutoff, beside
    )


def contents_of(stored: Any) -> Any:
    """The snapshot of a revision or an edition with all its rows, to do with as one likes."""
    return whole_snapshot(stored.contents)


@pytest.fixture
def busy_people(busy_programme: People) -> People:
    """In a module: `people = busy_people`. Its tests need not wait for the same things to happen
    again."""
    return busy_programme.as_stored()


def something_happens(people: People) -> None:
    """A request accepted, one waiting, and a course delivered; nothing where that is so already."""
    if people.are_busy:
        return
    make.advanced(people, "accepted")
    make.submitted(people.fiji, "FJI", pillar=make.Pillar.objects.get(code="prevention"))
    engagement = make.engagement(
        people.officer, make.part(days=1, KEN={"women": 3, "men": 4}, FJI={"not_yet_known": True})
    )
    make.engagement_services.perform_action(
        people.officer, engagement.pk, "deliver", {"outcome": "Done."}
    )


def produce(planned: Schedule) -> Report:
    """This quarter's report, with its cut-off brought forward to now."""
    now = timezone.now()
    Report.objects.filter(version__schedule=planned).update(cutoff_at=now, due_at=now)
    assert produce_due() == 1
    return Report.objects.get(version__schedule=planned)


def produce_all(planned: Schedule) -> list[Report]:
    """Every report of a schedule, with the cut-off brought forward to now."""
    now = timezone.now()
    Report.objects.filter(version__schedule=planned).update(cutoff_at=now, due_at=now)
    produce_due()
    return list(Report.objects.filter(version__schedule=planned).order_by("pk"))


def produced(people: People, **values: Any) -> Report:
    """A report with something in it."""
    something_happens(people)
    return produce(schedule(people, **values))


def publish(people: People, report: Report) -> Report:
    """As it is done: the officer reviews it, the manager publishes it."""
    report_services.perform_action(people.officer, report.pk, "review")
    return report_services.perform_action(people.manager, report.pk, "publish")


def strangers(people: People) -> list[User]:
    """Everybody who reads no report of the programme: focal points, the administrator, staff of
    another programme, a former member."""
    other = Programme.objects.create(
        code="other", title="Other programme", eligible_group=make.programme().eligible_group
    )
    manager, former = make.user(Role.MANAGER), make.user(Role.MANAGER)
    ProgrammeMembership.objects.create(
        user=manager, programme=other, role="manager", valid_from=make.LONG_AGO
    )
    ProgrammeMembership.objects.create(
        user=former,
        programme=make.programme(),
        role="manager",
        valid_from=make.LONG_AGO,
        valid_until=timezone.now().date(),
    )
    return [people.kenya, people.fiji, people.administrator, manager, former]


def manager_as_officer() -> User:
    """A manager by role who works for the programme as an officer."""
    person = make.user(Role.MANAGER)
    ProgrammeMembership.objects.create(
        user=person, programme=make.programme(), role="officer", valid_from=make.LONG_AGO
    )
    return person
