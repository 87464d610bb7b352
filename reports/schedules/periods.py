"""Periods: half-open, on the calendar, on a fiscal year or between given dates. Pure arithmetic."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}
WEEK = timedelta(days=7)


@dataclass(frozen=True, order=True)
class Period:
    """From a day until (not including) another."""

    start: date
    end: date

    def __contains__(self, day: date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> date:
        """The day before `end`."""
        return self.end - timedelta(days=1)


@dataclass(frozen=True)
class Rhythm:
    """How periods follow each other: by the week, by months of a year that begins in `first_month`,
    or between given `dates`."""

    frequency: str
    first_month: int = 1
    dates: tuple[date, ...] = ()

    def containing(self, day: date) -> Period | None:
        """The period with a day in it; None outside the given dates.

        Weeks begin on Monday (ISO 8601).
        """
        if self.frequency == "dates":
            return next((p for p in self.given() if day in p), None)
        if self.frequency == "weekly":
            start = day - timedelta(days=day.weekday())
            return Period(start, start + WEEK)
        months = MONTHS[self.frequency]
        start = add_months(day, -((day.month - self.first_month) % months))
        return Period(start, add_months(start, months))

    def given(self) -> list[Period]:
        """The periods between the dates, in their order."""
        days = sorted(set(self.dates))
        return [Period(*pair) for pair in pairwise(days)]

    def before(self, period: Period) -> Period:
        """The one before it; before the first of given dates, one of the same length."""
        earlier = self.containing(period.start - timedelta(days=1))
        return earlier or Period(period.start - (period.end - period.start), period.start)

    def since(self, first: date, until: date) -> Iterator[Period]:
        """Every period that begins on or after `first` and not after `until`."""
        if self.frequency == "dates":
            yield from (p for p in self.given() if first <= p.start <= until)
            return
        period = self.containing(first)
        while period is not None and period.start <= until:
            if period.start >= first:
                yield period
            period = self.containing(period.end)

    def year_before(self, period: Period) -> Period | None:
        """The same period a year earlier, of weeks the one 52 weeks earlier; None where it is
        simply the one before."""
        if self.frequency == "weekly":
            return Period(period.start - 52 * WEEK, period.end - 52 * WEEK)
        earlier = Period(same_day(period.start, -1), same_day(period.end, -1))
        return None if earlier == self.before(period) or earlier.start >= earlier.end else earlier


def same_day(day: date, years: int) -> date:
    """The day some years on; of 29 February the last of February."""
    year = day.year + years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def add_months(day: date, months: int) -> date:
    """The first of a month, some months on."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def period_of(frequency: str, day: date) -> Period:
    """The period of the calendar that contains a day."""
    found = Rhythm(frequency).containing(day)
    assert found is not None, "only given dates leave days out"
    return found


def period_before(frequency: str, period: Period) -> Period:
    """The period of the calendar before this one."""
    return period_of(frequency, period.start - timedelta(days=1))


def periods_between(frequency: str, first: date, until: date) -> Iterator[Period]:
    """Every period of the calendar that begins on or after `first` and not after `until`."""
    yield from Rhythm(frequency).since(first, until)


def month_in_words(day: date, form: str) -> str:
    """A month as it stands within a sentence: Django's Russian names of months are written large,
    as nowhere in Russian but at a beginning."""
    said = str(date_format(day, form))
    return said.lower() if (get_language() or "").startswith("ru") else said


def period_name(start: date, end: date) -> str:
    """How people call a period: “July to September 2026”, “2026”, “week of 5 January 2026”."""
    last = end - timedelta(days=1)
    if (end - start).days == 7 and start.weekday() == 0:
        return _("week of %(date)s") % {"date": date_format(start, "DATE_FORMAT")}
    if (start.month, start.day, last.month, last.day) == (1, 1, 12, 31) and start.year == last.year:
        return str(start.year)
    if start.day == 1 and end.day == 1 and start.year == last.year:
        first, second = month_in_words(start, "F"), month_in_words(last, "F")
        if first == second:
            return _("%(month)s %(year)s") % {"month": first, "year": start.year}
        return _("%(first)s to %(last)s %(year)s") % {
            "first": first,
            "last": second,
            "year": start.year,
        }
    if start.day == 1 and end.day == 1:  # of a fiscal year
        return _("%(first)s to %(last)s") % {
            "first": month_in_words(start, "YEAR_MONTH_FORMAT"),
            "last": month_in_words(last, "YEAR_MONTH_FORMAT"),
        }
    return f"{date_format(start, 'DATE_FORMAT')} – {date_format(last, 'DATE_FORMAT')}"
