"""The response plan: what will be done, agreed with the country before it is."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.requests.models import AssistanceRequest
from core.db.checks import CheckedModel
from core.db.tracking import ANY_CHANGE

if TYPE_CHECKING:
    from assistance.plans.results import IndicatorResult


# Who agreed for the country stands in the row only, where it can be erased.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=ANY_CHANGE),
    pghistory.DeleteEvent(),
    exclude=["agreed_by_name"],
)
class ResponsePlan(CheckedModel):
    """One version of a plan. The agreed one bears both names and dates."""

    class Status(models.TextChoices):
        """Where a version stands."""

        PROPOSED = "proposed", _("Proposed")
        AGREED = "agreed", _("Agreed")
        SENT_BACK = "sent_back", _("Sent back")
        SUPERSEDED = "superseded", _("Superseded")

    request = models.ForeignKey(AssistanceRequest, models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PROPOSED)
    summary = models.TextField(_("summary"), blank=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # who agreed for the country, where staff recorded it
    agreed_by_name = models.CharField(max_length=200, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["request", "-version"]
        verbose_name = _("response plan")
        verbose_name_plural = _("response plans")
        constraints = [
            models.UniqueConstraint(fields=["request", "version"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(status="agreed"), name="plan_one_agreed"
            ),
            models.UniqueConstraint(
                fields=["request"], condition=models.Q(status="proposed"), name="plan_one_proposed"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="agreed") | models.Q(agreed_at__isnull=False),
                name="plan_agreed_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} v{self.version}"

    @property
    def results(self) -> list[IndicatorResult]:
        """Its indicators with what came of them."""
        from assistance.plans.results import results_of

        return results_of(self.indicators.all())

    @property
    def cost(self) -> Decimal:
        """Sum of the steps' estimated cost, in the programme's currency."""
        return sum((s.cost for s in self.steps.all() if s.cost is not None), Decimal(0))


# Who does it, often a person by name, stands in the row only, where it can be erased.
@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(condition=ANY_CHANGE),
    pghistory.DeleteEvent(),
    exclude=["who"],
)
class PlannedStep(CheckedModel):
    """What, when, who, at what estimated cost."""

    plan = models.ForeignKey(ResponsePlan, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    what = models.CharField(_("what"), max_length=300)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    who = models.CharField(_("who"), max_length=200)
    cost = models.DecimalField(
        _("estimated cost"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        ordering = ["plan", "order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="step_order_once"),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="step_ordered",
                violation_error_message=_("A step ends before it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(cost__isnull=True) | models.Q(cost__gte=0),
                name="step_cost_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.what


@pghistory.track()
class PlanIndicator(models.Model):
    """By what will be seen that it helped: baseline and target agreed before delivery."""

    plan = models.ForeignKey(ResponsePlan, models.CASCADE, related_name="indicators")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("indicator"), max_length=300)
    unit = models.CharField(_("unit"), max_length=60)
    baseline = models.DecimalField(_("baseline"), max_digits=14, decimal_places=2)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2)

    class Meta:
        ordering = ["plan", "order"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="plan_indicator_order_once")
        ]

    def __str__(self) -> str:
        return self.title


class PlanDraft(models.Model):
    """The plan that officers are working on: one a request, of the programme's officers. The
    countries' role has no right to it (rules of the programme, section 4)."""

    request = models.OneToOneField(
        AssistanceRequest, models.CASCADE, related_name="plan_draft", verbose_name=_("request")
    )
    # as the form sends it: a list of texts by the name of the field
    texts = models.JSONField(default=dict)
    number = models.PositiveIntegerField(default=1)  # one higher with each saving
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("draft of a plan")
        verbose_name_plural = _("drafts of plans")

    def __str__(self) -> str:
        return f"{self.request_id}"
