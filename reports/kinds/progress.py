"""The progress report of a programme."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.documents.sections.adjustments import adjustments
from reports.documents.sections.annex import annex, entered_after
from reports.documents.sections.correction import correction
from reports.documents.sections.coverage import coverage
from reports.documents.sections.delivery import delivery
from reports.documents.sections.demand import demand
from reports.documents.sections.endings import endings
from reports.documents.sections.evaluation import evaluation
from reports.documents.sections.processes import processes
from reports.documents.sections.response import response
from reports.documents.sections.results import results
from reports.figures.audiences import PUBLIC
from reports.kinds.base import TIMELY, ReportKind


class ProgressReport(ReportKind):
    """Demand, response, delivery, endings and coverage of a programme, or of what its scope names."""

    code = "progress"
    title = _("Progress report")
    headlines = (
        "requests_received",
        TIMELY,
        "engagements_delivered",
        "participants",
        "countries_served",
    )
    sections = (
        correction,
        demand,
        response,
        delivery,
        endings,
        coverage,
        results,
        evaluation,
        processes,
        adjustments,
        entered_after,
        annex,
    )
    outside = (PUBLIC,)
    has_results = True
