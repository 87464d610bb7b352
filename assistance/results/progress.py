"""How far an indicator has come from its baseline to its target, and how that is rated. Source: the
rules of the programme, section 9."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistance.results.choices import Direction, Rating

BEHIND = Decimal("0.1")  # of the time, by which what is on track may be behind


@dataclass(frozen=True)
class Target:
    """What is to be reached by the end of a day."""

    by: date
    value: Decimal


@dataclass(frozen=True)
class Way:
    """The way from a baseline to a target. Of what is summed since the framework's first day the
    baseline is shown only."""

    direction: str
    baseline: Decimal | None
    target: Decimal
    is_summed: bool = False

    def progress(self, value: Decimal) -> Decimal | None:
        """1 is the target; below 0 is worse than the baseline. None where nothing can be said: a
        baseline that was not measured of what is to decrease, or no way at all to go."""
        if self.is_summed:
            return value / self.target if self.target else None
        if self.baseline is None:
            if self.direction == Direction.DECREASE or not self.target:
                return None
            return value / self.target
        if self.baseline == self.target:
            return None
        return (value - self.baseline) / (self.target - self.baseline)

    def is_no_worse(self, value: Decimal) -> bool:
        """Whether a value is no worse than the target."""
        if self.direction == Direction.DECREASE:
            return value <= self.target
        return value >= self.target

    def rating(self, value: Decimal | None, elapsed: Decimal) -> str | None:
        """The rating of a value when this share of the time (0 to 1) is over; None where the rule
        rates nothing, and a person may."""
        if value is None:
            return Rating.NO_DATA
        progress = self.progress(value)
        if progress is None:
            if self.baseline is None and not self.is_summed:
                return None
            return Rating.MET if self.is_no_worse(value) else Rating.NO_PROGRESS
        due = max(Decimal(0), elapsed - BEHIND)
        if progress >= 1:
            return Rating.MET
        if progress >= due:
            return Rating.ON_TRACK
        return Rating.CONSTRAINED if progress >= due / 2 else Rating.NO_PROGRESS


def target_at(targets: Sequence[Target], last_day: date) -> Target | None:
    """The nearest target that is not past on a day; the last one where all are."""
    ahead = [target for target in sorted(targets, key=lambda t: t.by) if target.by >= last_day]
    if ahead:
        return ahead[0]
    return max(targets, key=lambda t: t.by, default=None)


def time_elapsed(first_day: date, by: date, last_day: date) -> Decimal:
    """The share of the time to a target, both days included, that is over at the end of a day."""
    whole = (by - first_day).days + 1
    if whole <= 0:
        return Decimal(1)
    gone = (last_day - first_day).days + 1
    return min(Decimal(1), max(Decimal(0), Decimal(gone) / Decimal(whole)))


def is_wrong_side(direction: str, baseline: Decimal, target: Decimal) -> bool:
    """Whether a target lies on the wrong side of its baseline."""
    return target < baseline if direction == Direction.INCREASE else target > baseline
