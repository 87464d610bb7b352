"""Gathers this app's models."""

from reports.deliveries.models import Delivery, Webhook, WebhookDelivery
from reports.schedules.models import (
    Report,
    ReportDocument,
    ReportRevision,
    Schedule,
    ScheduleVersion,
)

__all__ = [
    "Delivery",
    "Report",
    "ReportDocument",
    "ReportRevision",
    "Schedule",
    "ScheduleVersion",
    "Webhook",
    "WebhookDelivery",
]
