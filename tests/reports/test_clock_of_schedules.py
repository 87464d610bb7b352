"""Due dates over month ends, leap days, year ends and both changes of the clocks; a year of
downtime."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from reports.reports.models import Report
from reports.reports.planning import expect_of, expect_reports
from reports.reports.production import produce_due
from reports.schedules.deadlines import SETTLING, cutoff_of, due_of
from reports.schedules.models import ScheduleVersion
from reports.schedules.periods import Period
from tests import make
from tests.make import People
from tests.reports.producing import schedule

pytestmark = pytest.mark.django_db
VIENNA, NEW_YORK = "Europe/Vienna", "America/New_York"


def version_of(people: People, **values: object) -> ScheduleVersion:
    """A schedule's version with another zone, hour, or number of days."""
    planned = schedule(people, valid_from=date(2040, 1, 1), frequency="monthly")
    version = planned.versions.get()
    for name, value in values.items():
        setattr(version, name, value)
    version.save()
    return version


@pytest.mark.parametrize("zone", [VIENNA, NEW_YORK, "Pacific/Fiji"])
def test_a_report_is_due_at_its_hour_there_and_never_before_its_cut_off(
    people: People, zone: str
) -> None:
    """Every day of over two years, both changes of the clocks and a leap day included."""
    version, programme = version_of(people, zone=zone), make.programme()
    for hour, n in itertools.product((0, 2, 3, 6, 23), range(800)):
        version.hour = hour
        cutoff = programme.midnight(date(2027, 1, 1) + timedelta(days=n))
        due = due_of(version, cutoff)
        assert cutoff + SETTLING <= due <= cutoff + timedelta(hours=49)
        local = due.astimezone(ZoneInfo(zone))
        # an hour that the clocks left out
        skipped = (
            local.hour == hour + 1
            and local.utcoffset() != (local - timedelta(hours=24)).utcoffset()
        )
        assert (local.hour == hour or skipped) and (local.minute, local.second) == (0, 0), (
            due,
            local,
        )


def test_where_the_clocks_skip_midnight_the_cut_off_still_settles(people: People) -> None:
    """In Cairo the last Friday of April 2027 begins at one o'clock: the hour struck with the
    cut-off itself."""
    version, programme = version_of(people, zone="Africa/Cairo", hour=1), make.programme()
    programme.zone = "Africa/Cairo"
    cutoff = programme.midnight(date(2027, 4, 30))
    due = due_of(version, cutoff)
    assert cutoff.astimezone(UTC) + SETTLING <= due.astimezone(UTC)
    assert due.astimezone(ZoneInfo("Africa/Cairo")).hour == 1


@pytest.mark.parametrize(
    ("period", "last"),
    [
        (Period(date(2026, 10, 1), date(2026, 11, 1)), date(2026, 11, 3)),  # 1 November is a Sunday
        (Period(date(2028, 2, 1), date(2028, 3, 1)), date(2028, 3, 2)),  # which has a 29 February
        (Period(date(2027, 2, 1), date(2027, 3, 1)), date(2027, 3, 2)),
        (Period(date(2026, 12, 1), date(2027, 1, 1)), date(2027, 1, 5)),  # New Year, then a weekend
        (
            Period(date(2027, 3, 22), date(2027, 3, 29)),
            date(2027, 3, 31),
        ),  # the clocks change in that week; Easter Monday
    ],
)
def test_the_cut_off_is_the_end_of_so_many_working_days_after_the_period(
    people: People, period: Period, last: date
) -> None:
    version = version_of(people, cutoff_days=2)
    cutoff = cutoff_of(version, period)
    assert cutoff == datetime(last.year, last.month, last.day, tzinfo=ZoneInfo(VIENNA)) + timedelta(
        days=1
    )
    assert cutoff.astimezone(ZoneInfo(VIENNA)).hour == 0


def test_the_day_on_which_the_clocks_change_has_its_own_midnight(people: People) -> None:
    programme = make.programme()
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        start, end = (programme.midnight(d).astimezone(UTC) for d in (day, day + timedelta(days=1)))
        assert end - start == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("frequency", "first", "now", "expected"),
    [
        (
            "monthly",
            date(2028, 1, 1),
            datetime(2028, 2, 29, 22, 59, tzinfo=UTC),
            2,
        ),  # still 29 February in Vienna
        ("monthly", date(2028, 1, 1), datetime(2028, 2, 29, 23, 0, tzinfo=UTC), 3),  # 1 March there
        ("monthly", date(2027, 1, 1), datetime(2027, 3, 31, 21, 59, tzinfo=UTC), 3),  # summer time
        ("monthly", date(2027, 1, 1), datetime(2027, 3, 31, 22, 0, tzinfo=UTC), 4),
        (
            "weekly",
            date(2026, 12, 21),
            datetime(2027, 1, 4, 12, tzinfo=UTC),
            3,
        ),  # over the end of the year
    ],
)
def test_a_period_is_expected_from_its_first_midnight_at_the_duty_station(
    people: People, frequency: str, first: date, now: datetime, expected: int
) -> None:
    version = version_of(people, frequency=frequency, valid_from=first)
    assert len(expect_of(version, now)) == expected
    assert (
        expect_of(version, now) == [] or Report.objects.filter(version=version).count() == expected
    )


def test_a_year_of_downtime_is_caught_up_in_one_tick_each_period_as_of_its_own_cut_off(
    people: People,
) -> None:
    first = (make.programme().today() - timedelta(days=400)).replace(day=1)
    planned = schedule(people, frequency="monthly", valid_from=first, formats=["json"])
    Report.objects.filter(version__schedule=planned).delete()
    assert expect_reports() >= 12
    assert expect_reports() == 0
    made = produce_due()
    produced = Report.objects.filter(version__schedule=planned, state="produced")
    assert made == produced.count() >= 12
    assert [r.revisions.get().cutoff_at for r in produced] == [r.cutoff_at for r in produced]
    assert produce_due() == 0
