"""Do the stated values of a chain's periods add up? Source: the rules of the programme, section 6.

The stated value of each reported period is its value at the latest cut-off that spoke of it. Where
that is one cut-off for all of them, their sum is the value of the whole span at it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import pairwise

from django.db import transaction

from reports.figures.adjusted_rows import adjusted_codes
from reports.figures.compute import compute_figures
from reports.figures.counting import Amount
from reports.figures.facts.windows import COUNTING_RULES, FigureWindow
from reports.reports.chains import Statement, chain_reports, publications_of, stated_values
from reports.reports.models import Report
from reports.reports.subjects import subject_of
from reports.schedules.periods import Period


def published_chains() -> Iterator[list[Report]]:
    """Every chain that has a published report, the oldest period of each first."""
    seen: set[int] = set()
    published = Report.objects.filter(revisions__published_at__isnull=False).distinct()
    for report in published.select_related("version__schedule__programme").order_by("pk"):
        if report.pk not in seen and (found := chain_reports(report)):
            seen.update(r.pk for r in found)
            yield found


def findings() -> Iterator[str]:
    """A sentence for every period whose published figures and adjustments do not add up."""
    for reports in published_chains():
        yield from unreconciled(reports)


def unreconciled(reports: Sequence[Report]) -> Iterator[str]:
    """The same of one chain. Periods counted by former rules are left to their own sentence."""
    stated = stated_values(reports, publications_of(reports))
    last = reports[-1]
    name = f"Schedule {last.version.schedule_id}, {last.subject_type} {last.subject_id}"
    for one in stated:
        if one.rules == COUNTING_RULES:
            again = values_at(last, one.period, one.cutoff)
            wrong = differing_figures(one.values, again)
            if wrong:
                yield (
                    f"{name}, from {one.period.start}: as stated and adjusted, these do not hold:"
                    f" {wrong}"
                )
    yield from not_the_whole(last, stated, name)


def not_the_whole(report: Report, stated: Sequence[Statement], name: str) -> Iterator[str]:
    """Where all periods were spoken of at one cut-off and follow each other: whether they add up."""
    if (
        len(stated) < 2
        or len({s.cutoff for s in stated}) > 1
        or {s.rules for s in stated} != {COUNTING_RULES}
    ):
        return
    if any(a.period.end != b.period.start for a, b in pairwise(stated)):
        return
    span = Period(stated[0].period.start, stated[-1].period.end)
    whole = values_at(report, span, stated[0].cutoff)
    sums = {code: sum((s.values[code] for s in stated), value * 0) for code, value in whole.items()}
    if wrong := differing_figures(sums, whole):
        yield f"{name}, {span.start} to {span.end}: the periods do not add up to the whole: {wrong}"


def differing_figures(stated: dict[str, Amount], again: dict[str, Amount]) -> str:
    """The figures that differ, with both values."""
    return ", ".join(
        f"{code} {stated[code]} ≠ {value}"
        for code, value in again.items()
        if code in stated and stated[code] != value
    )


def values_at(report: Report, period: Period, cutoff: datetime) -> dict[str, Amount]:
    """What a period counts of the figures that are adjusted, as known at an instant."""
    _subject, scope = subject_of(report)
    window = FigureWindow(report.version.schedule.programme, period, cutoff, scope)
    codes = adjusted_codes(window)
    with transaction.atomic():
        figures = compute_figures(window, only=codes, listed=())
    return {code: figures[code].amount if code in figures else Decimal(0) for code in codes}
