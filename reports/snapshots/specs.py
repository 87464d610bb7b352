"""Everything that decides a snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from assistance.programmes.models import Programme
from reports.figures.adjustments import Chain
from reports.figures.facts.windows import FigureWindow
from reports.figures.scope import ReportScope
from reports.schedules.periods import Period
from reports.snapshots.types import ComparedSpan, FiguresData, Names, Span, SubjectData


@dataclass(frozen=True)
class Subject:
    """What a report is about: the programme, or one country, donor, pillar or engagement of it.

    `names` by language.
    """

    type: str
    pk: int
    reference: str = ""
    names: Names = field(default_factory=dict)

    def as_json(self) -> SubjectData:
        """For the snapshot."""
        return SubjectData(type=self.type, id=self.pk, reference=self.reference, names=self.names)


@dataclass(frozen=True)
class Compared:
    """An earlier period beside a report's own: the figures of the revision in force at the report's
    cut-off, as its snapshot has them; where there was none, they are worked out as of `cutoff`."""

    period: Period
    cutoff: datetime
    revision: int | None = None  # its number
    stated: FiguresData | None = None

    def as_json(self) -> ComparedSpan:
        """For the snapshot: the period, and where its figures come from."""
        span = ComparedSpan(start=str(self.period.start), end=str(self.period.end))
        if self.stated is None:
            span["worked_out"] = True
        else:
            span["revision"] = self.revision
        return span


@dataclass(frozen=True)
class SnapshotSpec:
    """Everything that decides a snapshot: the same task gives the same snapshot, whenever it is
    taken.

    `previous` and `last_year` are what it is compared with; None where there is nothing comparable.
    `chain` says which earlier periods it adjusts; None where it adjusts none. A live page has `only`
    some figures, by code, and lists rows of some kinds alone; what is stored has and lists all.
    """

    kind: str
    programme: Programme
    subject: Subject
    scope: ReportScope
    period: Period
    cutoff: datetime
    previous: Compared | None = None
    last_year: Compared | None = None
    chain: Chain | None = None
    only: tuple[str, ...] | None = None
    listed: frozenset[str] | None = None

    def window(self, period: Period, cutoff: datetime) -> FigureWindow:
        """A period of the task's scope."""
        return FigureWindow(self.programme, period, cutoff, self.scope)


def period_span(period: Period) -> Span:
    """A period, half-open."""
    return Span(start=str(period.start), end=str(period.end))
