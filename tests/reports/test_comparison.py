"""What a report is compared with stays what it was: the cut-offs of earlier periods are fixed in
its row."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from assistance.programmes.models import Holiday
from reports.reports import verification
from reports.reports.comparison import compared_with
from reports.reports.models import Report
from reports.reports.production import produce_due
from reports.reports.snapshot_specs import snapshot_spec_of
from reports.schedules import services
from reports.schedules.models import Schedule
from reports.schedules.periods import period_before, period_of
from tests import make
from tests.make import People
from tests.reports.producing import schedule, something_happens

pytestmark = pytest.mark.django_db


def long_begun(people: People, **values: Any) -> Schedule:
    """A quarterly report of more than a year."""
    return schedule(
        people,
        valid_from=period_of("quarterly", make.programme().today() - timedelta(days=480)).start,
        **values,
    )


def on(planned: Schedule, start: date) -> Report:
    """A schedule's report on the period that begins on a day."""
    return Report.objects.select_related("version__schedule__programme").get(
        version__schedule=planned, period_start=start
    )


def last_made(planned: Schedule) -> Report:
    """The latest report that is produced."""
    start = (
        Report.objects.filter(version__schedule=planned, state="produced")
        .order_by("-period_start")
        .values_list("period_start", flat=True)[0]
    )
    return on(planned, start)


def other_rules(people: People, planned: Schedule) -> None:
    """Thirty days to the cut-off instead of eleven, and a holiday in every month of the last three
    years."""
    today = make.programme().today()
    services.update_schedule(people.manager, planned.pk, {"cutoff_days": 30})
    days = [
        date(year, month, day)
        for year in range(today.year - 2, today.year + 1)
        for month in range(1, 13)
        for day in (8, 9, 10)
    ]
    Holiday.objects.bulk_create(
        [Holiday(programme=make.programme(), day=day, title="New") for day in days],
        ignore_conflicts=True,
    )


def test_another_cut_off_or_holiday_leaves_what_a_produced_report_is_compared_with(
    people: People,
) -> None:
    something_happens(people)
    planned = long_begun(people)
    assert produce_due() > 4
    report = last_made(planned)
    made = snapshot_spec_of(report)
    assert made.previous is not None and made.last_year is not None
    assert made.previous.cutoff == on(planned, made.previous.period.start).cutoff_at
    assert made.last_year.cutoff == on(planned, made.last_year.period.start).cutoff_at
    other_rules(people, planned)
    assert snapshot_spec_of(last_made(planned)) == made
    assert list(verification.findings()) == []


def test_a_report_made_late_is_compared_with_the_same_as_one_made_on_time(people: People) -> None:
    planned = schedule(
        people,
        valid_from=period_of("quarterly", make.programme().today() - timedelta(days=200)).start,
    )
    first = (
        Report.objects.filter(version__schedule=planned)
        .order_by("period_start")
        .values_list("period_start", flat=True)[0]
    )
    on_time = snapshot_spec_of(on(planned, first))  # nothing is there on the period before
    other_rules(people, planned)
    assert snapshot_spec_of(on(planned, first)) == on_time
    produce_due()
    assert (
        on(planned, first).state == "produced" and snapshot_spec_of(on(planned, first)) == on_time
    )


def test_what_is_not_cut_off_yet_follows_other_days_to_the_cut_off_and_what_it_is_compared_with_does_so_too(
    people: People,
) -> None:
    planned = schedule(people)
    (report,) = Report.objects.all()
    former = report.previous_cutoff_at
    services.update_schedule(people.manager, planned.pk, {"cutoff_days": 30})
    report.refresh_from_db()
    assert former is not None and report.previous_cutoff_at is not None
    assert timedelta(days=20) < report.previous_cutoff_at - former < timedelta(days=40)


def test_a_row_without_them_gets_them_when_it_is_next_produced_from_the_reports_on_those_periods(
    people: People,
) -> None:
    planned = long_begun(people)
    produce_due()
    running = period_of("quarterly", make.programme().today())
    odd = timezone.now() - timedelta(days=1)
    Report.objects.filter(period_start=period_before("quarterly", running).start).update(
        cutoff_at=odd, due_at=odd
    )
    Report.objects.filter(period_start=running.start).update(
        previous_cutoff_at=None,
        year_before_cutoff_at=None,
        cutoff_at=timezone.now(),
        due_at=timezone.now(),
    )
    assert produce_due() == 1
    kept = on(planned, running.start)
    assert kept.previous_cutoff_at == odd and kept.year_before_cutoff_at is not None


def test_each_countrys_brief_is_compared_with_its_own_former_one(people: People) -> None:
    countries = list(make.Country.objects.filter(iso3__in=["KEN", "FJI"]))
    planned = long_begun(people, kind="country", title="Briefs", countries=countries)
    for report in Report.objects.filter(version__schedule=planned).select_related(
        "version__schedule__programme"
    ):
        snapshot_spec_of(report)  # fixes them where they are not yet
        earlier, _year = compared_with(report)
        assert earlier is not None
        former = Report.objects.filter(
            subject_id=report.subject_id, period_start=earlier.start
        ).first()
        assert former is None or report.previous_cutoff_at == former.cutoff_at
