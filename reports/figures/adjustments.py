"""Adjustments to earlier periods: what became known of them after they were reported.

Source: the rules of the programme, section 6. The stated value of a reported period is that of its
last published revision plus the adjustments first published after it. A report adds, for each such
period, the period's value at its own cut-off less the stated value. That difference is worked out
from the rows touched between the two cut-offs, not by counting the periods again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from reports.figures.adjusted_rows import (
    Row,
    adjusted_codes,
    cause_of,
    gather_adjusted_rows,
    gather_requests,
    known_at,
    members_touched,
    values_of,
    what_became_of_parts,
)
from reports.figures.catalogue import definition_of
from reports.figures.compute import compute_figures
from reports.figures.counting import Amount, Figure, Figures, amount_as_json
from reports.figures.facts.windows import FigureWindow
from reports.schedules.periods import Period
from reports.snapshots.types import AdjustmentRow, StatedSpan

KIND = "adjustment"  # of rows
ADJUSTMENTS, BEFORE_FIRST, NOT_REPORTED = "adjustments", "before_first_report", "not_reported"
CAUSES = {
    "late": _("Recorded after the period was reported"),
    "changed": _("Number or cost changed"),
    "struck": _("Struck out"),
    "moved": _("Dates corrected"),
    "membership": _("Membership of the group changed"),
    "reclassified": _("Put under another pillar, donor or programme"),
    "rule": _("Rule of counting changed"),
    NOT_REPORTED: _("Not reported yet"),
}

WORDS = (ADJUSTMENTS, BEFORE_FIRST, NOT_REPORTED)


def is_adjustment(code: str) -> bool:
    """Whether a figure speaks of earlier periods."""
    return any(f".{word}" in code for word in WORDS)


def adjusted_head(code: str) -> str:
    """The figure whose earlier periods a code speaks of: `participants.women` of
    `participants.women.adjustments.period.2026-04-01`."""
    return code.partition(f".{word_of(code)}")[0]


def word_of(code: str) -> str:
    """What such a code says of them: `adjustments`, `before_first_report` or `not_reported`."""
    return next(word for word in WORDS if f".{word}" in code)


def first_day(code: str) -> date | None:
    """The first day of the period that such a code is about; None where it is of all of them."""
    _head, word, day = code.partition(".period.")
    return date.fromisoformat(day) if word else None


@dataclass(frozen=True)
class Stated:
    """A period that was reported: until when what stands in its reports was known, what it states
    of each figure that is adjusted, and whether it was counted by the rules in force now."""

    period: Period
    cutoff: datetime
    values: dict[str, Amount] = field(default_factory=dict)
    same_rules: bool = True


@dataclass(frozen=True)
class Chain:
    """Earlier periods of a report, the oldest first: those that were reported, and those that were
    not. `since` is the cut-off of the report before; `sources` say which publications were read."""

    stated: tuple[Stated, ...] = ()
    not_reported: tuple[Period, ...] = ()
    first: date | None = None  # first day of the chain's first report
    since: datetime | None = None
    sources: tuple[StatedSpan, ...] = ()


@dataclass(frozen=True)
class Change:
    """What one row adds to a figure of a period: `now` less `before`."""

    code: str
    period: date  # its first day
    reference: str
    country: str
    before: Amount
    now: Amount
    cause: str
    subject: int | None = None  # id of the engagement or, of requests received, of the request

    @property
    def difference(self) -> Amount:
        """What it adds."""
        return self.now - self.before

    def as_json(self) -> AdjustmentRow:
        """For the annex of the snapshot: amounts of money as text."""
        row = AdjustmentRow(
            figure=self.code,
            period=str(self.period) if self.period > date.min else "",
            reference=self.reference,
            before=amount_as_json(self.before),
            now=amount_as_json(self.now),
            cause=self.cause,
            subject=self.subject,
        )
        if self.country:
            row["country"] = self.country
        return row


def adjust(window: FigureWindow, chain: Chain) -> tuple[Figures, list[Change]]:
    """The figures of the adjustments of a window's report, and the rows behind them, which the
    figures count by their place in the list, from 1.

    Runs inside a transaction, before the window's own facts are gathered, which it overwrites.
    """
    figures: Figures = {}
    changes: list[Change] = []
    if chain.stated:
        found = list(since_stated(window, chain.stated))
        add_adjustment(
            figures, changes, window, found, ADJUSTMENTS, [s.period for s in chain.stated]
        )
    if chain.first is not None and chain.since is not None:
        long_ago = Period(date.min, chain.first)
        earlier = Stated(long_ago, chain.since)
        add_adjustment(
            figures,
            changes,
            window,
            list(touched_periods(window, [earlier], chain.since)),
            BEFORE_FIRST,
            [],
        )
    if chain.not_reported:
        whole = list(counted_whole(window, chain.not_reported))
        add_adjustment(figures, changes, window, whole, NOT_REPORTED, chain.not_reported)
    return figures, changes


def since_stated(window: FigureWindow, stated: Sequence[Stated]) -> Iterator[Change]:
    """Every change since the periods were stated, each by what was known of its period then."""
    for cutoff in sorted({s.cutoff for s in stated}):
        alike = [s for s in stated if s.cutoff == cutoff]
        yield from touched_periods(window, alike, cutoff)
        for one in alike:
            if not one.same_rules:
                yield from by_rule(window, one)


def by_rule(window: FigureWindow, stated: Stated) -> Iterator[Change]:
    """What the present rules count otherwise of a period that was stated by former ones."""
    codes = adjusted_codes(window)
    as_stated = replace(window, period=stated.period, cutoff=stated.cutoff)
    again = compute_figures(as_stated, only=codes, listed=())
    for code in codes:
        before, figure = stated.values.get(code), again.get(code)
        if before is not None and figure is not None and figure.amount != before:
            yield Change(code, stated.period.start, "", "", before, figure.amount, "rule")


def counted_whole(window: FigureWindow, periods: Sequence[Period]) -> Iterator[Change]:
    """Periods that were never reported, as known at the window's cut-off: every row of theirs."""
    span = replace(
        window, period=Period(min(p.start for p in periods), max(p.end for p in periods))
    )
    gather_adjusted_rows(span, "now", "cutoff", "")
    gather_requests(span, "now", "cutoff", everything=True)
    for code, rows in values_of("now", window).items():
        for row in rows.values():
            if period := period_of(row.day, periods):
                nothing = row.value * 0
                yield Change(
                    code,
                    period.start,
                    row.reference,
                    row.country,
                    nothing,
                    row.value,
                    NOT_REPORTED,
                    row.subject,
                )


def touched_periods(
    window: FigureWindow, stated: Sequence[Stated], then: datetime
) -> Iterator[Change]:
    """What rows recorded between `then` and the window's cut-off change in some periods."""
    periods = sorted(s.period for s in stated)
    span = replace(window, period=Period(periods[0].start, periods[-1].end))
    more = {"then": then}
    old, new = known_at(span, "then", more), known_at(span, "cutoff", more)
    parts = what_became_of_parts(span, more)
    of_engagement = defaultdict(list)
    for part in parts.values():
        of_engagement[part.engagement].append(part)
    members = members_touched(span, more)
    for code in adjusted_codes(window):
        for key in sorted({*old[code], *new[code]}):
            before, now = old[code].get(key), new[code].get(key)
            known = now or before
            assert known is not None, "a row is known at one of the two instants at least"
            about = (
                [parts[known.part]]
                if known.part in parts
                else of_engagement[known.subject]
                if code != "requests_received"
                else []
            )
            yield from changes_of(code, before, now, periods, cause_of(before, now, about, members))


def changes_of(
    code: str,
    old: Row | None,
    new: Row | None,
    periods: Sequence[Period],
    cause: str,
) -> Iterator[Change]:
    """What one row changes: in its period, or, where its day was corrected, in both periods."""
    known = new or old
    assert known is not None, "a row is known at one of the two instants at least"
    nothing = known.value * 0
    at = {row: period_of(row.day, periods) for row in (old, new) if row is not None}
    for period in sorted({p for p in at.values() if p is not None}):
        before = old.value if old is not None and at[old] == period else nothing
        now = new.value if new is not None and at[new] == period else nothing
        if before != now:
            yield Change(
                code,
                period.start,
                known.reference,
                known.country,
                before,
                now,
                cause,
                known.subject,
            )


def period_of(day: date, periods: Sequence[Period]) -> Period | None:
    """The period with a day in it, out of some that stand in order and do not overlap."""
    place = bisect_right(periods, day, key=lambda p: p.start) - 1
    return periods[place] if place >= 0 and day in periods[place] else None


def add_adjustment(
    figures: Figures,
    changes: list[Change],
    window: FigureWindow,
    found: Sequence[Change],
    word: str,
    periods: Sequence[Period],
) -> None:
    """Adds figures `code.word` and, of each period that has something, `code.word.period.<first
    day>`."""
    for code in adjusted_codes(window):
        own = sorted(
            (c for c in found if c.code == code), key=lambda c: (c.period, c.reference, c.country)
        )
        places = range(len(changes) + 1, len(changes) + 1 + len(own))
        changes += own
        numbered = list(zip(places, own, strict=True))
        figures[f"{code}.{word}"] = total_of(code, numbered)
        for start in sorted({c.period for c in own} & {p.start for p in periods}):
            of_period = [(n, c) for n, c in numbered if c.period == start]
            figures[f"{code}.{word}.period.{start}"] = total_of(code, of_period)


def total_of(code: str, rows: Sequence[tuple[int, Change]]) -> Figure:
    """The sum of some changes, with their places."""
    unit = definition_of(code).unit
    nothing: Amount = Decimal(0) if unit == "money" else 0
    return Figure(unit, sum((c.difference for _n, c in rows), nothing), KIND, [n for n, _c in rows])
