"""The report to a donor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from assistance.funding.models import Donor, Funding
from reports.documents.sections.adjustments import adjustments
from reports.documents.sections.annex import annex, entered_after
from reports.documents.sections.correction import correction
from reports.documents.sections.coverage import coverage
from reports.documents.sections.delivery import delivery
from reports.figures.audiences import DONOR
from reports.kinds.base import ReportKind

if TYPE_CHECKING:
    from reports.schedules.models import ScheduleVersion
    from reports.schedules.periods import Period


class DonorReport(ReportKind):
    """What a donor's funding delivered, for whom, at what cost."""

    code = "donor"
    title = _("Donor report")
    headlines = ("engagements_delivered", "participants", "women_share", "countries_served", "cost")
    sections = (correction, delivery, coverage, adjustments, entered_after, annex)
    outside = (DONOR,)
    is_of_donor = True

    def subjects(self, version: ScheduleVersion, period: Period) -> list[tuple[str, int]]:
        """The one that the schedule names, else each that funds the programme."""
        if version.donor_id:
            return [("donor", version.donor_id)]
        funding = Funding.objects.filter(programme=version.schedule.programme_id)
        donors = Donor.objects.filter(pk__in=funding.values("donor_id")).order_by("pk")
        return [("donor", pk) for pk in donors.values_list("pk", flat=True)]
