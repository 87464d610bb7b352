"""What stands in which report: its title, the figures on top and its chapters, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from reports.documents.sections import dashboard
from reports.documents.sections.adjustments import adjustments
from reports.documents.sections.annex import annex, entered_after
from reports.documents.sections.correction import correction
from reports.documents.sections.country import profile, received, requests_section
from reports.documents.sections.coverage import coverage
from reports.documents.sections.delivery import delivery
from reports.documents.sections.demand import demand
from reports.documents.sections.endings import endings
from reports.documents.sections.management import ageing, balance, quality, timeliness, training
from reports.documents.sections.mission import mission
from reports.documents.sections.response import response
from reports.documents.structure import Section
from reports.documents.writer import Writer

Chapter = Callable[[Writer], Section | None]


@dataclass(frozen=True)
class Shape:
    """Of one kind of report.

    `correction` stands in all of them, where there is one. A brief has neither cover nor contents
    nor pictures.
    """

    title: Any
    headlines: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    is_brief: bool = False
    has_notes: bool = True  # on method


# Chapters on requests alone: a report narrowed to a donor goes without, since requests have none.
ON_REQUESTS = (demand, response, ageing, timeliness, requests_section, endings)
TIMELY = "standard_kept.standard.decision"
SHAPES: dict[str, Shape] = {
    "progress": Shape(
        _("Progress report"),
        ("requests_received", TIMELY, "engagements_delivered", "participants", "countries_served"),
        (
            correction,
            demand,
            response,
            delivery,
            endings,
            coverage,
            adjustments,
            entered_after,
            annex,
        ),
    ),
    "pillar": Shape(
        _("Pillar summary"),
        ("requests_received", TIMELY, "engagements_delivered", "participants", "countries_served"),
        (correction, demand, response, delivery, endings, adjustments, entered_after, annex),
    ),
    "country": Shape(
        _("Country brief"),
        (
            "requests_received",
            "open_requests",
            "engagements_delivered",
            "participants",
            "women_share",
        ),
        (correction, profile, requests_section, received, adjustments),
        is_brief=True,
        has_notes=False,
    ),
    "donor": Shape(
        _("Donor report"),
        ("engagements_delivered", "participants", "women_share", "countries_served", "cost"),
        (correction, delivery, coverage, adjustments, entered_after, annex),
    ),
    "management": Shape(
        _("Management report"),
        (
            "open_requests",
            "open_overdue",
            "decided_in_time",
            "countries_without_help_for_a_year",
            "participation_incomplete",
        ),
        (correction, ageing, timeliness, endings, balance, training, quality, adjustments),
    ),
    "mission": Shape(
        _("Mission report"),
        ("participants", "women_share", "countries_served"),
        (correction, mission, annex),
        is_brief=True,
        has_notes=False,
    ),
    "dashboard": Shape(
        _("Programme"),
        (
            "requests_received",
            TIMELY,
            "engagements_delivered",
            "participants",
            "women_share",
            "countries_served",
        ),
        (
            dashboard.waiting,
            dashboard.balance,
            coverage,
            dashboard.service,
            endings,
            dashboard.women,
        ),
        has_notes=False,
    ),
}
