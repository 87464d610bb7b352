"""With which donors a country lets its request be shared, and since when."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assistance.funding.models import Donor
from assistance.requests.models import AssistanceRequest


@pghistory.track()
class DonorConsent(models.Model):
    """One donor may see the request from a day until, not including, another."""

    request = models.ForeignKey(AssistanceRequest, models.CASCADE, related_name="donor_consents")
    donor = models.ForeignKey(Donor, models.PROTECT, related_name="consents")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["request", "id"]
        verbose_name = _("consent to share with donors")
        verbose_name_plural = _("consents to share with donors")
        constraints = [
            models.UniqueConstraint(
                fields=["request", "donor"],
                condition=Q(until__isnull=True),
                name="donor_consent_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="donor_consent_ordered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.donor_id}"
