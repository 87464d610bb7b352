"""What came of the indicators of a plan: values at completion and later. Source: the rules of the
programme, section 9."""

from __future__ import annotations

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.plans.models import PlanIndicator
from assistance.results.models import Indicator


class PlanIndicatorValueQuerySet(models.QuerySet["PlanIndicatorValue"]):
    """What was measured of plans."""

    def current(self, known: datetime | None = None) -> PlanIndicatorValueQuerySet:
        """The last one recorded, before an instant, of each indicator and time."""
        newer = PlanIndicatorValue.objects.filter(
            indicator=models.OuterRef("indicator"),
            wave=models.OuterRef("wave"),
            pk__gt=models.OuterRef("pk"),
        )
        found: PlanIndicatorValueQuerySet = self
        if known is not None:
            found = found.filter(recorded_at__lt=known)
            newer = newer.filter(recorded_at__lt=known)
        return found.filter(~models.Exists(newer))


class PlanIndicatorValue(models.Model):
    """A value of an indicator of an agreed plan. The last one recorded of a wave counts; what was recorded
    before it stays, with the reason of the correction."""

    class Wave(models.TextChoices):
        """When it was measured."""

        COMPLETION = "completion", _("at completion")
        SIX_MONTHS = "six_months", _("after 6 months")
        TWELVE_MONTHS = "twelve_months", _("after 12 months")

    indicator = models.ForeignKey(PlanIndicator, models.PROTECT, related_name="values")
    wave = models.CharField(_("measured"), max_length=14, choices=Wave.choices)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    measured_on = models.DateField(_("measured on"))
    source = models.CharField(_("source"), max_length=300)
    feeds = models.ForeignKey(
        Indicator,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_values",
        verbose_name=_("feeds the indicator of the framework"),
    )
    correction_reason = models.CharField(_("why it is corrected"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PlanIndicatorValueQuerySet.as_manager()

    class Meta:
        ordering = ["indicator", "-pk"]
        verbose_name = _("value of a plan's indicator")
        verbose_name_plural = _("values of plans' indicators")
        triggers = [
            pgtrigger.Protect(
                name="plan_indicator_value_append_only",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id}, {self.wave}: {self.value}"
