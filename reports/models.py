# ruff: isort: skip_file
"""Gathers this app's models, in the order in which one is made of the other: what history lists of
one instant follows it."""

from reports.schedules.models import Schedule, ScheduleVersion
from reports.reports.models import Report, ReportRevision
from reports.editions.models import ReportEdition
from reports.snapshots.models import AnnexRow, FigureRows
from reports.documents.models import ReportDocument
from reports.deliveries.models import Delivery, Webhook, WebhookDelivery
from reports.donor_links.models import DonorLink, DonorLinkOpening
from reports.summaries.models import ReachChange

__all__ = [
    "AnnexRow",
    "Delivery",
    "DonorLink",
    "DonorLinkOpening",
    "FigureRows",
    "ReachChange",
    "Report",
    "ReportDocument",
    "ReportEdition",
    "ReportRevision",
    "Schedule",
    "ScheduleVersion",
    "Webhook",
    "WebhookDelivery",
]
