"""Days and hours at which people act: working hours of the duty station, daytime in the countries."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from assistance.programmes.working_days import WorkingDays

DAY = timedelta(days=1)


class QuickDays(WorkingDays):
    """The same calendar, which remembers what it has worked out: a run asks for the same few
    thousand answers again and again."""

    def __init__(self, holidays: frozenset[date]) -> None:
        super().__init__(holidays)
        self.add = lru_cache(maxsize=None)(super().add)  # type: ignore[method-assign]
        self.between = lru_cache(maxsize=200_000)(super().between)  # type: ignore[method-assign]


class Hours:
    """Draws instants. All are in UTC."""

    def __init__(self, rng: random.Random, calendar: QuickDays, zone: ZoneInfo) -> None:
        self.rng, self.calendar, self.zone = rng, calendar, zone

    def at(self, day: date, zone: ZoneInfo, first: float = 8.5, last: float = 17.5) -> datetime:
        """Some instant of this day between these hours there."""
        second = int(self.rng.uniform(first, last) * 3600)
        local = datetime.combine(
            day, time(second // 3600, second // 60 % 60, second % 60), tzinfo=zone
        )
        return local.astimezone(UTC)

    def office(self, day: date) -> datetime:
        """An instant at the duty station, that day or, where nobody works on it, the next working
        day."""
        while not self.calendar.works_on(day):
            day += DAY
        return self.at(day, self.zone)

    def desk(self, now: datetime, working_days: int) -> datetime:
        """An instant at the duty station so many working days after `now`, and later than it."""
        day = self.calendar.add(now.astimezone(self.zone).date(), working_days)
        moment = self.office(day)
        return moment if moment > now else self.office(day + DAY)

    def abroad(self, now: datetime, days: int, zone: ZoneInfo) -> datetime:
        """An instant in a country so many days after `now`, and later than it; seldom at a weekend."""
        day = now.astimezone(zone).date() + DAY * days
        if day.weekday() >= 5 and self.rng.random() < 0.93:
            day += DAY * (7 - day.weekday())
        moment = self.at(day, zone, 7.5, 18.5)
        return moment if moment > now else self.at(day + DAY, zone, 7.5, 18.5)
