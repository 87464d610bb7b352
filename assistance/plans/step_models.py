"""Which engagement carries out which step of a plan: what was planned stands beside what was done."""

from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.engagements.models import Engagement
from assistance.plans.models import PlannedStep


class StepEngagement(models.Model):
    """An engagement that was logged from a step of a plan. A plan is agreed and stays; the engagement
    goes its own way."""

    step = models.ForeignKey(PlannedStep, models.CASCADE, related_name="carried_out")
    engagement = models.ForeignKey(Engagement, models.CASCADE, related_name="planned_steps")
    logged_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["id"]
        verbose_name = _("engagement of a step")
        verbose_name_plural = _("engagements of steps")
        constraints = [
            models.UniqueConstraint(fields=["step", "engagement"], name="step_engagement_once")
        ]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.engagement_id}"

    @property
    def actual_cost(self) -> Decimal | None:
        """What its parts cost, as far as it is recorded; None where nothing is. For staff alone."""
        costs = [part.actual_cost for part in self.engagement.parts.all()]
        known = [cost for cost in costs if cost is not None]
        return sum(known, Decimal(0)) if known else None
