"""Who gets news by mail."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.programmes.models import Programme


class NewsSubscription(models.Model):
    """An address that gets a programme's news in a language, once it is confirmed.

    Rows come, are confirmed and go through functions of the database (`portal/public/wall/functions.py`).
    One that is not confirmed goes after 48 hours; out means erased. In no history, search or export.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # of its links
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    email = models.EmailField()
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_on = models.DateField(null=True)
    mailed_at = models.DateTimeField(null=True)  # the last mail, of whatever kind
    address_digest = models.CharField(max_length=64)  # by which one network address is limited

    class Meta:
        verbose_name = _("subscription to news")
        verbose_name_plural = _("subscriptions to news")
        constraints = [
            models.UniqueConstraint("programme", Lower("email"), name="subscription_once")
        ]

    def __str__(self) -> str:
        return f"{self.pk}"
