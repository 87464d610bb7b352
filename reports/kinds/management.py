"""The report for the programme's own management."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reports.documents.sections.adjustments import adjustments
from reports.documents.sections.correction import correction
from reports.documents.sections.endings import endings
from reports.documents.sections.management import ageing, balance, quality, timeliness, training
from reports.figures.working import line_of_months, working
from reports.kinds.base import ReportKind

if TYPE_CHECKING:
    from reports.figures.counting import Figures
    from reports.figures.facts import FigureWindow


class ManagementReport(ReportKind):
    """Caseload, timeliness, who has had nothing, the quality of the data."""

    code = "management"
    title = _("Management report")
    headlines = (
        "open_requests",
        "open_overdue",
        "decided_in_time",
        "countries_without_help_for_a_year",
        "participation_incomplete",
    )
    sections = (correction, ageing, timeliness, endings, balance, training, quality, adjustments)
    is_of_requests = True

    def add_figures(self, window: FigureWindow, figures: Figures) -> None:
        """By state, age, turn and region."""
        working(window, figures)

    def add_own_figures(self, window: FigureWindow, figures: Figures) -> None:
        """Decisions in time, over twelve months."""
        line_of_months(window, figures)
