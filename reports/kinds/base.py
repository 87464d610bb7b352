"""What a kind of report says of itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from core.text import Label
from reports.documents.structure import Section
from reports.documents.writer import Writer
from reports.snapshots.types import Narrative

if TYPE_CHECKING:
    from reports.figures.facts.windows import FigureWindow
    from reports.schedules.models import ScheduleVersion
    from reports.schedules.periods import Period

SectionBuilder = Callable[[Writer], Section | None]
TIMELY = "standard_kept.standard.decision"


class ReportKind:
    """A kind of report: what its documents hold, for whom, of what, and what its schedule asks.

    A brief has neither cover nor contents nor pictures. `is_planned`: it makes itself by a schedule,
    others are asked for one by one. `is_stored`: of a live page nothing is kept.
    """

    code: ClassVar[str]
    title: ClassVar[Label]  # translatable
    headlines: ClassVar[tuple[str, ...]]  # codes of figures
    sections: ClassVar[tuple[SectionBuilder, ...]]
    outside: ClassVar[tuple[str, ...]] = ()  # audiences beside the programme
    # figures and dimensions on request that it tells: of every period; of its own alone
    asked: ClassVar[tuple[str, ...]] = ()
    asked_of_own_period: ClassVar[tuple[str, ...]] = ()
    is_brief: ClassVar[bool] = False
    has_notes: ClassVar[bool] = True  # on method
    is_compared: ClassVar[bool] = True  # with earlier periods
    is_planned: ClassVar[bool] = True
    is_stored: ClassVar[bool] = True
    roomy_tables: ClassVar[int | None] = None  # rows above which its tables are set closer
    is_of_donor: ClassVar[bool] = False  # speaks of all that a donor's funding delivered
    is_of_requests: ClassVar[bool] = False  # first; these have no donor
    has_results: ClassVar[bool] = False  # of the programme's results framework

    def subjects(self, version: ScheduleVersion, period: Period) -> list[tuple[str, int]]:
        """Type and id of what each report of a period is about, resolved when the period opens."""
        return [("programme", version.schedule.programme_id)]

    def narrative(self, subject: int, window: FigureWindow) -> Narrative:
        """What it says beside figures; while the facts of its window are there."""
        return {}
