"""The report of a mission: one engagement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reports.documents.sections.annex import annex
from reports.documents.sections.correction import correction
from reports.documents.sections.mission import mission
from reports.figures.mission_record import mission_record
from reports.kinds.base import ReportKind
from reports.snapshots.types import Narrative

if TYPE_CHECKING:
    from reports.figures.facts.windows import FigureWindow
    from reports.schedules.models import ScheduleVersion
    from reports.schedules.periods import Period


class MissionReport(ReportKind):
    """The record of an engagement as a report, asked for from its page."""

    code = "mission"
    title = _("Mission report")
    headlines = ("participants", "women_share", "countries_served")
    sections = (correction, mission, annex)
    is_brief = True
    has_notes = False
    is_compared = False  # there is no mission before it
    is_planned = False

    def subjects(self, version: ScheduleVersion, period: Period) -> list[tuple[str, int]]:
        """None: it is asked for one by one."""
        return []

    def narrative(self, subject: int, window: FigureWindow) -> Narrative:
        """What was planned and came of it."""
        return {"mission": mission_record(subject, window)}
