"""Periods are half-open and on the calendar."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.schedules.models import Frequency
from reports.schedules.periods import Period, period_before, period_of, periods_between


def test_a_quarter_begins_on_the_first_of_its_first_month() -> None:
    assert period_of("quarterly", date(2026, 8, 17)) == Period(date(2026, 7, 1), date(2026, 10, 1))


def test_february_of_a_leap_year_has_its_last_day() -> None:
    assert date(2028, 2, 29) in period_of("monthly", date(2028, 2, 1))
    assert period_of("monthly", date(2028, 2, 29)).last_day == date(2028, 2, 29)


@pytest.mark.parametrize("frequency", [f for f in Frequency.values if f != "dates"])
@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_periods_meet_without_gap_or_overlap(frequency: str, day: date) -> None:
    period = period_of(frequency, day)
    assert day in period
    assert period_before(frequency, period).end == period.start
    assert period_of(frequency, period.end).start == period.end


def test_only_periods_that_have_begun_are_expected() -> None:
    found = list(periods_between("quarterly", date(2026, 1, 1), date(2026, 9, 30)))
    assert [p.start for p in found] == [date(2026, 1, 1), date(2026, 4, 1), date(2026, 7, 1)]
