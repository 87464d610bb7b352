"""Who was told of a report, and when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from notifications.models import Notification
from reports.schedules.models import ReportRevision


class Delivery(models.Model):
    """One person told of one revision: never twice."""

    revision = models.ForeignKey(ReportRevision, models.PROTECT, related_name="deliveries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    notification = models.ForeignKey(Notification, models.SET_NULL, null=True, related_name="+")
    event = models.CharField(max_length=20)  # produced, published
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["revision", "user", "event"], name="delivery_once")
        ]

    def __str__(self) -> str:
        return f"{self.revision_id} → {self.user_id}"
