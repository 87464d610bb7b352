"""Figures of the dashboard, live: those of the page, without the rows behind them, and one with its
rows, as they were known when the page was counted."""

from __future__ import annotations

import hashlib
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from redis.exceptions import RedisError

from assistance.programmes.models import Programme
from reports.figures.catalogue import definition_of
from reports.figures.facts.windows import COUNTING_RULES
from reports.figures.scope import ReportScope
from reports.kinds.dashboard import Dashboard
from reports.reports.snapshot_specs import first_days_of
from reports.schedules.periods import Period, Rhythm
from reports.snapshots.build import build_snapshot, compared_figures
from reports.snapshots.canonical import canonical_json, read_snapshot
from reports.snapshots.specs import Compared, SnapshotSpec, Subject
from reports.snapshots.types import FiguresData, Snapshot

# Seconds for which figures are kept at least, and opening a number shows the rows that it counted;
# of a large programme longer, so that not more than a twentieth of the time goes into counting.
FRESH = 20
TIMES_AS_LONG = 20
A_DAY = 24 * 3600  # seconds
# after which nothing that was recorded before an instant comes to light any more
SETTLED = timedelta(minutes=30)
COUNTRIES = frozenset({"country"})  # the rows that the page itself lists


@dataclass(frozen=True)
class LiveFigures:
    """What somebody asks for: a period of a programme or of a part of it."""

    programme: Programme
    rhythm: Rhythm
    period: Period
    scope: ReportScope

    def page(self) -> Snapshot:
        """All figures of the page as of now, beside those of the period before."""
        found = self.kept()
        if found is None:
            spec = self.spec(timezone.now())
            found = self.keep(replace(spec, previous=self.compared(spec)))
        return found

    def compared(self, spec: SnapshotSpec) -> Compared | None:
        """The period before. What was known of its first days when the last of them was over stays
        so, and is counted once a day."""
        found = compared_period(self.programme, self.rhythm, self.period)
        if found is None or spec.cutoff - found.cutoff < SETTLED:
            return found
        key = self.key(found.period, found.cutoff, COUNTING_RULES, spec.only)
        known: FiguresData | None = kept_value(key)
        if known is None:
            with transaction.atomic():
                counted = compared_figures(spec, found)
            known = {code: figure.as_json() for code, figure in counted.items()}
            keep_value(key, known, A_DAY)
        return replace(found, stated=known)

    def with_rows(self, code: str) -> Snapshot:
        """A figure with its rows: as known when the page was counted, if that was just now.

        Raises KeyError for a code that there is not.
        """
        head, page = definition_of(code).code, self.kept()
        now = datetime.fromisoformat(page["cutoff"]) if page else timezone.now()
        found = self.kept(head, now) or self.keep(
            replace(self.spec(now), only=(head,), listed=kinds_of(head)), head, now
        )
        if code not in found["figures"]:  # counted in the period before alone, or not at all
            found["figures"][code] = (page or self.page())["figures"][code]
        return found

    def spec(self, now: datetime) -> SnapshotSpec:
        """What decides the page."""
        return SnapshotSpec(
            Dashboard.code,
            self.programme,
            Subject("programme", self.programme.pk),
            self.scope,
            self.period,
            now,
            only=Dashboard.figures,
            listed=COUNTRIES,
        )

    def key(self, *of: object) -> str:
        """Under which it is kept."""
        asked = repr((self.programme.pk, self.rhythm, self.period, self.scope, *of))
        return "dashboard:" + hashlib.sha256(asked.encode()).hexdigest()

    def kept(self, *of: object) -> Snapshot | None:
        """What was counted just now; None where nothing was, or the cache cannot be asked."""
        found = kept_value(self.key(*of))
        return read_snapshot(found) if found is not None else None

    def keep(self, spec: SnapshotSpec, *of: object) -> Snapshot:
        """Counts anew."""
        began = time.monotonic()
        text = canonical_json(build_snapshot(spec))
        keep_value(self.key(*of), text, seconds_kept(time.monotonic() - began))
        return read_snapshot(text)


def seconds_kept(counting: float) -> int:
    """For how many seconds figures are kept that took so many to count."""
    return max(FRESH, int(counting * TIMES_AS_LONG))


def kept_value(key: str) -> Any:
    """What is kept under a key; None where nothing is, or the cache cannot be asked."""
    try:
        return cache.get(key)
    except (RedisError, OSError):
        return None


def keep_value(key: str, value: object, seconds: int) -> None:
    """Keeps something for so long; without a cache it is counted again next time."""
    with suppress(RedisError, OSError):
        cache.set(key, value, seconds)


def kinds_of(head: str) -> frozenset[str]:
    """The kinds of rows that a figure and its parts count, and of what they name."""
    definition = definition_of(head)
    return COUNTRIES | {definition.rows, *(part.rows for part in definition.parts if part.rows)}


def compared_period(programme: Programme, rhythm: Rhythm, period: Period) -> Compared | None:
    """The period before as it is known now; of one that is running, as many of its first days."""
    now, earlier = timezone.now(), rhythm.before(period)
    if now >= programme.midnight(period.end):
        return Compared(earlier, now)
    return first_days_of(earlier, (programme.day_of(now) - period.start).days + 1, programme)
