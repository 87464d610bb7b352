"""Working days of a duty station."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, cast

from django.utils.functional import SimpleLazyObject

if TYPE_CHECKING:
    from assistance.programmes.models import Programme


DAY = timedelta(days=1)
SATURDAY_AND_SUNDAY = frozenset((6, 7))


@dataclass
class WorkingDays:
    """The calendar of a duty station: the week without its weekend, whose days ISO 8601 numbers from 1
    for Monday, and without its holidays."""

    holidays: frozenset[date] = field(default_factory=frozenset)
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY

    def is_weekday(self, day: date) -> bool:
        """Whether it is no day of the weekend."""
        return day.isoweekday() not in self.weekend

    def works_on(self, day: date) -> bool:
        """Whether the duty station works that day."""
        return self.is_weekday(day) and day not in self.holidays

    def add(self, start: date, days: int) -> date:
        """The last day of a standard of this many working days: the day after `start` is the first.

        Below zero goes back.
        """
        day, step, left = start, DAY if days >= 0 else -DAY, abs(days)
        while left:
            day += step
            left -= self.works_on(day)
        return day

    def between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative where `end` comes first.
        `add(start, between(start, end))` is `end` or, where nobody works on `end`, the working
        day before it."""
        if end < start:
            return -self.between(end, start)
        whole_weeks, rest = divmod((end - start).days, 7)
        count = whole_weeks * (7 - len(self.weekend))
        count += sum(self.is_weekday(start + DAY * (i + 1)) for i in range(rest))
        return count - sum(1 for h in self.holidays if start < h <= end and self.is_weekday(h))


def calendar_of(programme: Programme) -> WorkingDays:
    """The programme's calendar, with the holidays in force now, which are read when a day is asked
    for: most cases of a list are not late."""

    def read() -> frozenset[date]:
        return frozenset(programme.holidays.values_list("day", flat=True))

    return WorkingDays(
        cast("frozenset[date]", SimpleLazyObject(read)), frozenset(programme.weekend)
    )
