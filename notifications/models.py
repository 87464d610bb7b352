"""The outbox: who is to be told what. A row is written in the transaction of what it announces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.models import OutboxModel, OutboxQuerySet, index_of_unsent
from notifications.types import Pace

if TYPE_CHECKING:
    from accounts.users.models import User


class NotificationQuerySet(OutboxQuerySet["Notification"]):
    """Notifications, by reader and by what is still to be sent."""

    def visible_to(self, user: User) -> NotificationQuerySet:
        """One's own."""
        return self.filter(user_id=user.pk or 0)

    def to_send(self) -> NotificationQuerySet:
        """Those that are due and wait in no digest."""
        return self.due().filter(digest__isnull=True)


@pghistory.track()
class NotificationPreference(models.Model):
    """How soon somebody wants mails of a group of kinds.

    Without a row the group's own pace holds.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences"
    )
    group = models.CharField(_("group"), max_length=20)
    pace = models.CharField(_("pace"), max_length=8, choices=Pace.choices)

    class Meta:
        verbose_name = _("choice of e-mail")
        verbose_name_plural = _("choices of e-mail")
        constraints = [
            models.UniqueConstraint(fields=["user", "group"], name="preference_once"),
            models.CheckConstraint(
                condition=models.Q(pace__in=Pace.values), name="preference_pace_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.pace}"


class Digest(OutboxModel):
    """One mail of a day with all that waited for it: one row a person and day, ever."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()  # the person's own, when the row was made
    due_at = models.DateTimeField()
    next_try_at = models.DateTimeField()

    objects = OutboxQuerySet["Digest"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day"], name="digest_once_a_day")]
        indexes = [index_of_unsent("digest_to_send")]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.day}"


class Notification(OutboxModel):
    """One message to one person: shown in the product, and sent by e-mail."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    path = models.CharField(max_length=300, blank=True)  # of the page it is about, without host
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    # with which it goes out, where not by itself
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, blank=True, related_name="rows")

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [
            index_of_unsent("notification_to_send"),
            models.Index(fields=["user", "-created_at"], name="notification_of_user"),
        ]

    def __str__(self) -> str:
        return self.subject
