"""Who was told of a report, and when: people, and the systems of others by webhooks, whose outbox
is like that of mails."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.programmes.models import Programme
from core import access
from core.db.models import OutboxModel, OutboxQuerySet, index_of_unsent
from core.encryption import EncryptedField
from notifications.models import Notification
from reports.reports.models import ReportRevision

if TYPE_CHECKING:
    from accounts.users.models import User


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


class WebhookQuerySet(models.QuerySet["Webhook"]):
    """Webhooks by reader."""

    def visible_to(self, user: User) -> WebhookQuerySet:
        """Staff: those of their programmes."""
        return (
            self.filter(programme__in=access.programme_ids(user))
            if user.is_authenticated and user.is_programme_staff
            else self.none()
        )


class SecretField(EncryptedField):
    """The secret that signs what is sent; under keys of its own."""

    PURPOSE = "webhook"


@pghistory.track(exclude=["secret"])
class Webhook(models.Model):
    """An address that gets a signed message when a report of a programme is published."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="webhooks", verbose_name=_("programme")
    )
    url = models.CharField(_("address"), max_length=500)
    secret = SecretField()
    is_active = models.BooleanField(_("switched on"), default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "url"]
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        constraints = [models.UniqueConstraint(fields=["programme", "url"], name="webhook_once")]

    def __str__(self) -> str:
        return self.url

    @staticmethod
    def new_secret() -> str:
        """256 random bits, in letters."""
        return f"whs_{secrets.token_urlsafe(32)}"


class WebhookDelivery(OutboxModel):
    """One message to one address: never two of the same revision and event.

    The body is kept as it is sent.
    """

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    # none: a test
    revision = models.ForeignKey(
        ReportRevision, models.PROTECT, null=True, blank=True, related_name="+"
    )
    event = models.CharField(max_length=20)  # published, test
    body = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    objects = OutboxQuerySet["WebhookDelivery"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["webhook", "revision", "event"], name="webhook_delivery_once"
            )
        ]
        indexes = [
            index_of_unsent("webhook_to_send"),
            models.Index(fields=["webhook", "-created_at"], name="webhook_last"),
        ]

    def __str__(self) -> str:
        return f"{self.webhook_id} {self.event} {self.revision_id or ''}"
