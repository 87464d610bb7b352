"""What States have committed themselves to, and which requests and engagements serve it."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.engagements.models import Engagement
from assistance.requests.models import AssistanceRequest
from countries.instruments.models import Obligation
from countries.processes.models import SessionRecommendation


def one_of(first: str, second: str) -> Q:
    """The condition that one of two columns is filled."""
    return Q(**{f"{first}__isnull": False, f"{second}__isnull": True}) | Q(
        **{f"{first}__isnull": True, f"{second}__isnull": False}
    )


@pghistory.track()
class CommitmentLink(models.Model):
    """A request asks for help with an obligation of a treaty or a recommendation of a session, or an
    engagement gives it. Named by staff, and read by them alone: whose help with what is internal
    (rules of the programme, section 11)."""

    request = models.ForeignKey(
        AssistanceRequest, models.CASCADE, null=True, related_name="commitment_links"
    )
    engagement = models.ForeignKey(
        Engagement, models.CASCADE, null=True, related_name="commitment_links"
    )
    obligation = models.ForeignKey(
        Obligation, models.PROTECT, null=True, related_name="commitment_links"
    )
    recommendation = models.ForeignKey(
        SessionRecommendation, models.PROTECT, null=True, related_name="commitment_links"
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    named_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("commitment that is served")
        verbose_name_plural = _("commitments that are served")
        constraints = [
            models.CheckConstraint(
                condition=one_of("request", "engagement"), name="commitment_of_one_record"
            ),
            models.CheckConstraint(
                condition=one_of("obligation", "recommendation"), name="commitment_is_one"
            ),
            models.UniqueConstraint(
                fields=["request", "engagement", "obligation", "recommendation"],
                name="commitment_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id or self.engagement_id}: {self.obligation_id or self.recommendation_id}"
