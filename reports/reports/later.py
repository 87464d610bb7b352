"""What became known of the periods of a chain that has ended, live: no report is to come that would
carry it. A correction of a period takes it up. Source: the rules of the programme, section 6."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core.text import labelled
from reports.documents.structure import value_text
from reports.figures.adjusted_rows import adjusted_codes
from reports.figures.adjustments import ADJUSTMENTS, Chain, Stated, adjust
from reports.figures.catalogue import definition_of
from reports.figures.facts.windows import COUNTING_RULES, FigureWindow
from reports.figures.labels import SEX
from reports.reports.chains import chain_reports, publications_of, stated_values
from reports.reports.models import Report
from reports.reports.subjects import subject_of
from reports.schedules import periods
from reports.schedules.models import Schedule
from reports.schedules.periods import Period

MOST_SUBJECTS = 25  # of which one page tells


@dataclass(frozen=True)
class KnownLater:
    """What one figure of one period states, and what it would state by now."""

    report: Report
    period: str
    figure: str
    difference: str


def ended_chains(schedule: Schedule) -> Iterator[list[Report]]:
    """The chains of a schedule to which no version in force adds reports, of each subject."""
    going_on = {v.pk for v in schedule.versions.filter(valid_until__isnull=True)}
    reports = Report.objects.filter(version__schedule=schedule, published_at__isnull=False)
    seen: set[int] = set()
    for report in reports.select_related("version__schedule__programme").order_by(
        "subject_id", "period_start"
    ):
        if report.pk in seen or not (chain := chain_reports(report)):
            continue
        seen.update(r.pk for r in chain)
        if not going_on & {r.version_id for r in chain}:
            yield chain


def known_later(schedule: Schedule) -> list[KnownLater]:
    """The differences between what the ended chains of a schedule state and what is known now."""
    found: list[KnownLater] = []
    for _subject, chain in zip(range(MOST_SUBJECTS), ended_chains(schedule), strict=False):
        found += differences(chain)
    return found


def differences(chain: Sequence[Report]) -> Iterator[KnownLater]:
    """The same of one chain, as of now."""
    now, last = timezone.now(), chain[-1]
    _subject, scope = subject_of(last)
    programme = last.version.schedule.programme
    stated = [
        Stated(s.period, s.cutoff, s.values, s.rules == COUNTING_RULES)
        for s in stated_values(chain, publications_of(chain))
    ]
    if not stated:
        return
    after = Period(last.period_end, last.period_end + timedelta(days=1))
    window = FigureWindow(programme, after, now, scope)
    with transaction.atomic():
        figures, _changes = adjust(window, Chain(stated=tuple(stated)))
    by_start = {r.period_start: r for r in chain}
    for code in adjusted_codes(window):
        for one in stated:
            figure = figures.get(f"{code}.{ADJUSTMENTS}.period.{one.period.start}")
            if figure is not None and figure.value:
                sign = "+" if figure.value > 0 else ""
                yield KnownLater(
                    by_start[one.period.start],
                    periods.period_name(one.period.start, one.period.end),
                    figure_name(code),
                    f"{sign}{value_text(figure.unit, figure.value, currency=programme.currency)}",
                )


def figure_name(code: str) -> str:
    """A figure as people call it; of a sex “Participants: Women”."""
    sex = code.rpartition(".")[2]
    name = str(definition_of(code).label)
    return labelled(name, str(SEX[sex])) if sex in SEX else name


def has_ended_chain(schedule: Schedule) -> bool:
    """Whether a scope of the schedule may have given way to another, or none of it goes on."""
    versions = list(schedule.versions.all())
    return len(versions) > 1 or not any(v.valid_until is None for v in versions)
