"""Gathers this app's models."""

from reports.deliveries.models import Delivery
from reports.deliveries.webhooks import Webhook, WebhookDelivery
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
