"""The outbox: who is to be told what. A row is written in the transaction of what it announces."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Notifications, by reader and by what is still to be sent."""

    def visible_to(self, user: Any) -> NotificationQuerySet:
        """One's own."""
        return self.filter(user_id=user.pk or 0)

    def to_send(self) -> NotificationQuerySet:
        """Not sent, not given up, and due for a try."""
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True, next_try_at__lte=timezone.now())


class Notification(models.Model):
    """One message to one person: shown in the product, and sent by e-mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)  # of the page it is about, without host
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    message_id = models.UUIDField(default=uuid.uuid4, unique=True)  # stable: a second sending carries the same
    sent_at = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField(default=timezone.now)
    tries = models.PositiveSmallIntegerField(default=0)
    given_up_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            models.Index(fields=["next_try_at"], name="notification_to_send", condition=models.Q(sent_at__isnull=True, given_up_at__isnull=True)),
            models.Index(fields=["user", "-created_at"], name="notification_of_user"),
        ]

    def __str__(self) -> str:
        return self.subject
