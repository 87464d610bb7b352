"""The summary of a pillar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistance.programmes.models import Pillar
from assistance.requests.models import AssistanceRequest
from reports.documents.sections.adjustments import adjustments
from reports.documents.sections.annex import annex, entered_after
from reports.documents.sections.correction import correction
from reports.documents.sections.delivery import delivery
from reports.documents.sections.demand import demand
from reports.documents.sections.endings import endings
from reports.documents.sections.response import response
from reports.figures.audiences import PUBLIC
from reports.kinds.base import TIMELY, ReportKind

if TYPE_CHECKING:
    from reports.schedules.models import ScheduleVersion
    from reports.schedules.periods import Period


class PillarSummary(ReportKind):
    """Demand, response and delivery of one pillar."""

    code = "pillar"
    title = _("Pillar summary")
    headlines = (
        "requests_received",
        TIMELY,
        "engagements_delivered",
        "participants",
        "countries_served",
    )
    sections = (correction, demand, response, delivery, endings, adjustments, entered_after, annex)
    outside = (PUBLIC,)

    def subjects(self, version: ScheduleVersion, period: Period) -> list[tuple[str, int]]:
        """The one that the schedule names, else each that was in use."""
        if version.pillar_id:
            return [("pillar", version.pillar_id)]
        programme = version.schedule.programme_id
        # also of one that is offered no more and was used
        used = AssistanceRequest.objects.filter(programme=programme).values("pillar")
        own = Pillar.objects.filter(Q(programmes=programme) | Q(pk__in=used)).distinct()
        pillars = own.during(period.start, period.end).order_by("order", "code")
        return [("pillar", pk) for pk in pillars.values_list("pk", flat=True)]
