"""Digests: one mail a day, or on Mondays, at seven in the morning where the person is."""

from __future__ import annotations

import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

from accounts.models import User
from notifications.models import Digest, Notification
from notifications.types import Pace

HOUR = time(7)
MONDAY = 0
A_DAY = timedelta(days=1)


def moment_on(day: date, zone: zoneinfo.ZoneInfo) -> datetime:
    """Seven in the morning of that day there, whatever the clocks did in the night."""
    return datetime.combine(day, HOUR, zone).astimezone(UTC)


def is_digest_day(day: date, pace: str) -> bool:
    """Whether a digest goes out that day."""
    return pace == Pace.DAILY or day.weekday() == MONDAY


def first_after(instant: datetime, zone: zoneinfo.ZoneInfo, pace: str) -> date:
    """The first day whose digest is still to come at that instant.

    Counted in days of the calendar: none is left out or comes twice.
    """
    day = instant.astimezone(zone).date()
    while moment_on(day, zone) <= instant or not is_digest_day(day, pace):
        day += A_DAY
    return day


def last_until(instant: datetime, zone: zoneinfo.ZoneInfo, pace: str) -> date:
    """The last day whose digest was due by then."""
    day = instant.astimezone(zone).date()
    while moment_on(day, zone) > instant or not is_digest_day(day, pace):
        day -= A_DAY
    return day


def digest_for(row: Notification, pace: str, now: datetime) -> Digest:
    """The digest with which a row goes out, locked: the first after the row was written, or, where
    that is past, the last that was due.

    One that is sent or given up takes nothing more: then it is the next one.
    """
    zone = zoneinfo.ZoneInfo(row.user.time_zone)
    day = first_after(row.created_at, zone, pace)
    if moment_on(day, zone) <= now:
        day = last_until(now, zone, pace)
    while True:
        digest = open_digest(row.user, day, moment_on(day, zone))
        if digest is not None:
            return digest
        day += A_DAY
        while not is_digest_day(day, pace):
            day += A_DAY


def open_digest(user: User, day: date, due_at: datetime) -> Digest | None:
    """The person's digest of a day, locked, made where there is none yet; None where it is sent or
    given up already."""
    made, _new = Digest.objects.get_or_create(
        user=user, day=day, defaults={"due_at": due_at, "next_try_at": due_at}
    )
    digest = Digest.objects.select_for_update().get(pk=made.pk)
    return digest if digest.sent_at is None and digest.given_up_at is None else None
