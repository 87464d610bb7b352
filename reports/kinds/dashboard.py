"""The live page of a programme, of which nothing is stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reports.documents.sections import dashboard
from reports.documents.sections.coverage import coverage
from reports.documents.sections.endings import endings
from reports.figures.working import caseload
from reports.kinds.base import TIMELY, ReportKind

if TYPE_CHECKING:
    from reports.figures.counting import Figures
    from reports.figures.facts import FigureWindow


class Dashboard(ReportKind):
    """What a programme is asked and delivers, as of now."""

    code = "dashboard"
    title = _("Programme")
    headlines = (
        "requests_received",
        TIMELY,
        "engagements_delivered",
        "participants",
        "women_share",
        "countries_served",
    )
    sections = (
        dashboard.waiting,
        dashboard.balance,
        coverage,
        dashboard.service,
        endings,
        dashboard.women,
    )
    has_notes = False
    is_planned = False
    is_stored = False

    def add_own_figures(self, window: FigureWindow, figures: Figures) -> None:
        """By officer, since the page is the programme's own."""
        caseload(window, figures)
