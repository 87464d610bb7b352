"""Periods: half-open, on the calendar. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

MONTHS = {"monthly": 1, "quarterly": 3, "half_yearly": 6, "yearly": 12}


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


def add_months(day: date, months: int) -> date:
    """The first of a month, some months on."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def period_of(frequency: str, day: date) -> Period:
    """The period that contains a day. Weeks begin on Monday (ISO 8601), years on 1 January."""
    if frequency == "weekly":
        start = day - timedelta(days=day.weekday())
        return Period(start, start + timedelta(days=7))
    months = MONTHS[frequency]
    start = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(start, add_months(start, months))


def before(frequency: str, period: Period) -> Period:
    """The period of the same frequency before this one."""
    return period_of(frequency, period.start - timedelta(days=1))


def periods(frequency: str, first: date, until: date) -> Iterator[Period]:
    """Every period that begins on or after `first` and not after `until`."""
    period = period_of(frequency, first)
    if period.start < first:
        period = period_of(frequency, period.end)
    while period.start <= until:
        yield period
        period = period_of(frequency, period.end)


def name(start: date, end: date) -> str:
    """How people call a period: “July to September 2026”, “2026”, “week of 5 January 2026”."""
    last = end - timedelta(days=1)
    if (end - start).days == 7 and start.weekday() == 0:
        return _("week of %(date)s") % {"date": date_format(start, "DATE_FORMAT")}
    if (start.month, start.day, last.month, last.day) == (1, 1, 12, 31) and start.year == last.year:
        return str(start.year)
    if start.day == 1 and end.day == 1 and start.year == last.year:
        first, second = date_format(start, "F"), date_format(last, "F")
        if first == second:
            return _("%(month)s %(year)s") % {"month": first, "year": start.year}
        return _("%(first)s to %(last)s %(year)s") % {"first": first, "last": second, "year": start.year}
    return f"{date_format(start, 'DATE_FORMAT')} – {date_format(last, 'DATE_FORMAT')}"
