"""The brief on a country."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from reports.documents.sections.adjustments import adjustments
from reports.documents.sections.correction import correction
from reports.documents.sections.country import ROOMY_TABLES, profile, received, requests_section
from reports.figures.audiences import COUNTRY
from reports.figures.country_profile import country_profile
from reports.kinds.base import ReportKind
from reports.snapshots.types import Narrative

if TYPE_CHECKING:
    from reports.figures.facts.windows import FigureWindow
    from reports.schedules.models import ScheduleVersion
    from reports.schedules.periods import Period


class CountryBrief(ReportKind):
    """Two pages on one country: its requests, what it received, what comes next."""

    code = "country"
    title = _("Country brief")
    headlines = (
        "requests_received",
        "open_requests",
        "engagements_delivered",
        "participants",
        "women_share",
    )
    sections = (correction, profile, requests_section, received, adjustments)
    outside = (COUNTRY,)
    is_brief = True
    has_notes = False
    roomy_tables = ROOMY_TABLES
    is_of_requests = True

    def subjects(self, version: ScheduleVersion, period: Period) -> list[tuple[str, int]]:
        """Each country of the schedule's scope."""
        from reports.schedules.scopes import countries_of  # which reads this registry

        countries = countries_of(version, period.start).order_by("iso3")
        return [("country", pk) for pk in countries.values_list("pk", flat=True)]

    def narrative(self, subject: int, window: FigureWindow) -> Narrative:
        """The country's groups, requests and open steps."""
        return {"profile": country_profile(subject, window)}
