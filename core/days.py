"""Which days can be meant at all: one bound and one sentence for pages, API and schedules."""

from __future__ import annotations

import calendar
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

FIRST_YEAR = 1990
YEARS_AHEAD = 15


def implausible_day(day: date | None, *, first: int = FIRST_YEAR, ahead: int = YEARS_AHEAD) -> str:
    """A sentence for a day outside the years from `first` to `ahead` years from now; empty for one
    within, and for none."""
    last = timezone.now().year + ahead
    if day is None or first <= day.year <= last:
        return ""
    return _("The year %(year)s cannot be right: write a date from %(first)s to %(last)s.") % {
        "year": day.year,
        "first": first,
        "last": last,
    }


def reversed_days(start: date | None, end: date | None) -> str:
    """A sentence where the last day comes before the first one; else empty."""
    return _("The last day comes before the first one.") if start and end and end < start else ""


def months_later(day: date, months: int) -> date:
    """The same day so many calendar months later, or the last day of that month where it is
    shorter."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
