"""Everything that decides a snapshot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assistance.programmes.models import Programme
from reports.figures.adjustments import Chain
from reports.figures.facts.windows import FigureWindow
from reports.figures.scope import ReportScope
from reports.schedules.periods import Period


@dataclass(frozen=True)
class Subject:
    """What a report is about: the programme, or one country, donor, pillar or engagement of it.

    `names` by language.
    """

    type: str
    pk: int
    reference: str = ""
    names: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Compared:
    """An earlier period beside a report's own: the figures of the revision in force at the report's
    cut-off, as its snapshot has them; where there was none, they are worked out as of `cutoff`."""

    period: Period
    cutoff: datetime
    revision: int | None = None  # its number
    stated: dict[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """For the snapshot: the period, and where its figures come from."""
        source: dict[str, Any] = (
            {"worked_out": True} if self.stated is None else {"revision": self.revision}
        )
        return period_span(self.period) | source


@dataclass(frozen=True)
class SnapshotSpec:
    """Everything that decides a snapshot: the same task gives the same snapshot, whenever it is
    taken.

    `previous` and `last_year` are what it is compared with; None where there is nothing comparable.
    `chain` says which earlier periods it adjusts; None where it adjusts none.
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

    def window(self, period: Period, cutoff: datetime) -> FigureWindow:
        """A period of the task's scope."""
        return FigureWindow(self.programme, period, cutoff, self.scope)


def period_span(period: Period) -> dict[str, str]:
    """A period, half-open."""
    return {"start": str(period.start), "end": str(period.end)}
