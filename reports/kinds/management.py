"""The report for the programme's own management."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from reports.documents.sections.adjustments import adjustments
from reports.documents.sections.correction import correction
from reports.documents.sections.endings import endings
from reports.documents.sections.management import ageing, balance, quality, timeliness, training
from reports.kinds.base import ReportKind


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
    asked = ("open_requests.region", "open_requests.pillar", "decided_in_time")
    asked_of_own_period = ("decided_in_time.month",)
    is_of_requests = True
