"""Chains: the reports of one schedule, subject and scope that follow each other.

A report of a chain carries the adjustments to the periods before it. Source: the rules of the
programme, section 6. Given dates and engagements have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from reports.figures.adjusted_rows import ADJUSTABLE
from reports.figures.adjustments import ADJUSTMENTS, Chain, Stated
from reports.figures.counting import Amount
from reports.figures.facts.windows import COUNTING_RULES
from reports.figures.scope import ReportScope
from reports.reports.models import Report, ReportRevision
from reports.schedules.models import Frequency, ScheduleVersion
from reports.schedules.periods import Period
from reports.schedules.scopes import scope_of
from reports.snapshots.canonical import read_snapshot
from reports.snapshots.types import Number, Snapshot, StatedData, StatedSpan


@dataclass(frozen=True)
class Publication:
    """A published revision, without its snapshot: what it states."""

    pk: int
    report: int
    period: Period
    cutoff: datetime
    published_at: datetime
    stated: StatedData

    @property
    def spoken(self) -> set[str]:
        """First days of the earlier periods that it adjusted, were it by nothing."""
        return {source["start"] for source in self.stated["chain"].get("stated", ())}


def chain_reports(report: Report) -> list[Report]:
    """The reports of a report's chain, the oldest period first; empty where it belongs to none."""
    if report.subject_type == "engagement" or report.version.frequency == Frequency.DATES:
        return []
    versions = versions_alike(report.version, report.subject_type)
    found = Report.objects.filter(
        version__in=versions, subject_type=report.subject_type, subject_id=report.subject_id
    )
    return list(found.order_by("period_start", "pk"))


def versions_alike(version: ScheduleVersion, subject_type: str) -> list[int]:
    """Ids of the versions around one that have its scope without a break; given dates break none."""
    every = version.schedule.versions.order_by("number").prefetch_related("countries")
    run: list[int] = []
    scope: ReportScope | None = None
    for one in every:
        if one.frequency == Frequency.DATES:
            continue
        own = scope_for(one, subject_type)
        if own != scope and version.pk in run:
            break
        run = [*run, one.pk] if own == scope else [one.pk]
        scope = own
    return run


def scope_for(version: ScheduleVersion, subject_type: str) -> ReportScope:
    """What decides which rows a subject's report counts: of a country brief its pillar alone."""
    wide = scope_of(version)
    return ReportScope(pillar=wide.pillar) if subject_type == "country" else wide


def publications_of(reports: Iterable[Report], before: datetime | None = None) -> list[Publication]:
    """The published revisions of some reports, in the order of their publication; those published
    before an instant where one is given."""
    by_id = {r.pk: r for r in reports}
    rows = ReportRevision.objects.filter(report__in=by_id, published_at__isnull=False)
    if before is not None:
        rows = rows.filter(published_at__lt=before)
    return [
        Publication(
            row.pk,
            row.report_id,
            Period(by_id[row.report_id].period_start, by_id[row.report_id].period_end),
            row.cutoff_at,
            row.published_at,  # type: ignore[arg-type]  # the query asks for those that are published
            row.stated or stated_by(read_snapshot(row.snapshot)),
        )
        for row in rows.order_by("published_at", "pk")
    ]


def chain_of(report: Report, cutoff: datetime, *, before: datetime | None = None) -> Chain | None:
    """What a report first published now (or at the instant `before`) has to adjust, as known at its
    cut-off. None where it belongs to no chain, and for a
    preview of a period that is not over."""
    reports = chain_reports(report)
    is_running = cutoff < report.version.schedule.programme.midnight(report.period_end)
    if not reports or is_running:
        return None
    earlier = [r for r in reports if r.period_end <= report.period_start]
    published = publications_of(reports, before)
    known = stated_values(earlier, published)
    is_late = any(p.period.start > report.period_start for p in published)
    spoken = [] if is_late else [s for s in known if s.cutoff <= cutoff]
    reported = {s.period.start for s in known}
    unreported = [
        Period(r.period_start, r.period_end) for r in earlier if r.period_start not in reported
    ]
    return Chain(
        stated=tuple(
            Stated(s.period, s.cutoff, s.values, s.rules == COUNTING_RULES) for s in spoken
        ),
        not_reported=tuple(unreported),
        first=reports[0].period_start,
        since=last_cutoff(report, earlier, published),
        sources=tuple(s.as_json() for s in spoken),
    )


@dataclass(frozen=True)
class Statement:
    """What a reported period states: its last published revision, and what was added to it since."""

    period: Period
    cutoff: datetime  # the latest one that spoke of it
    values: dict[str, Amount]
    rules: int | None  # by which all of it was counted; None where by several
    revision: int
    adjusted_by: tuple[int, ...]

    def as_json(self) -> StatedSpan:
        """For the snapshot, so that a later publication is noticed."""
        return StatedSpan(
            start=str(self.period.start),
            end=str(self.period.end),
            cutoff=self.cutoff.isoformat(),
            revision=self.revision,
            adjusted_by=list(self.adjusted_by),
        )


def stated_values(reports: Sequence[Report], published: Sequence[Publication]) -> list[Statement]:
    """The stated values of those of some reports' periods that were reported."""
    firsts: dict[int, Publication] = {}
    lasts: dict[int, Publication] = {}
    for one in published:
        firsts.setdefault(one.report, one)
        lasts[one.report] = one
    found = []
    for report in reports:
        last = lasts.get(report.pk)
        if last is None:
            continue
        start = str(report.period_start)
        later = [
            p
            for p in firsts.values()
            if p.report != report.pk and start in p.spoken and is_after(p, last)
        ]
        values = stored_amounts(last.stated["values"])
        for one in later:
            for code, value in stored_amounts(one.stated["adjustments"].get(start, {})).items():
                values[code] = values.get(code, value * 0) + value
        rules = {p.stated["rules"] for p in (last, *later)}
        found.append(
            Statement(
                last.period,
                max(p.cutoff for p in (last, *later)),
                values,
                rules.pop() if len(rules) == 1 else None,
                last.pk,
                tuple(sorted(p.pk for p in later)),
            )
        )
    return found


def is_after(one: Publication, other: Publication) -> bool:
    """Whether a publication came after another, of those of one instant by their number."""
    return (one.published_at, one.pk) > (other.published_at, other.pk)


def stored_amounts(values: Mapping[str, Number]) -> dict[str, Amount]:
    """Numbers as they were stored: money as text."""
    return {code: v if isinstance(v, int) else Decimal(str(v)) for code, v in values.items()}


def last_cutoff(
    report: Report, earlier: Sequence[Report], published: Sequence[Publication]
) -> datetime | None:
    """The cut-off of the last earlier report that was published; before the first, the one by which
    the period before it would have been counted."""
    before = [p.cutoff for p in published if p.period.end <= report.period_start]
    if before:
        return max(before)
    return (earlier[0] if earlier else report).previous_cutoff_at


def stated_by(snapshot: Snapshot) -> StatedData:
    """What a snapshot states of the figures that are adjusted, and adds to earlier periods: kept
    beside it, so that a chain is read without its snapshots."""
    figures = snapshot["figures"]
    values = {c: figures[c]["value"] for c in ADJUSTABLE if c in figures}
    added: dict[str, dict[str, Number]] = {}
    for code, figure in figures.items():
        head, word, start = code.partition(f".{ADJUSTMENTS}.period.")
        if word:
            added.setdefault(start, {})[head] = figure["value"]
    return StatedData(
        rules=snapshot.get("rules", 1),
        values=values,
        adjustments=added,
        chain=snapshot.get("chain", {}),
    )


def first_published(report: Report) -> ReportRevision | None:
    """The revision with which a report was first published; its corrections repeat its adjustments."""
    return (
        report.revisions.filter(published_at__isnull=False).order_by("published_at", "pk").first()
    )
