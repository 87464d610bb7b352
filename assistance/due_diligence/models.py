"""Due diligence on human rights: what the programme found of a unit of security forces before it helps it.

Source: the United Nations policy of 2013 (A/67/775–S/2013/110). Read by few: those who decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.requests.models import AssistanceRequest
from core import access

if TYPE_CHECKING:
    from datetime import date

    from accounts.models import User


class DueDiligenceQuerySet(models.QuerySet["DueDiligence"]):
    """Findings by reader."""

    def visible_to(self, user: User) -> DueDiligenceQuerySet:
        """Managers of the programme, and the officer who leads the case: nobody else, focal points and
        other officers included."""
        if not user.is_authenticated or not user.is_active or not user.is_programme_staff:
            return self.none()
        leads = Q(request__lead_officer=user.pk, request__programme__in=access.programme_ids(user))
        return self.filter(leads | Q(request__programme__in=access.managed_ids(user)))


class DueDiligence(models.Model):
    """What was found of one unit, by whom, until when it holds. Append-only: a later finding takes the
    place of an earlier one."""

    class Risk(models.TextChoices):
        """Of grave violations."""

        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")

    class Finding(models.TextChoices):
        """What follows."""

        MAY_PROCEED = "may_proceed", _("Help may be given")
        WITH_CONDITIONS = "with_conditions", _("Help may be given under conditions")
        NOT = "not", _("No help is given")

    request = models.ForeignKey(AssistanceRequest, models.PROTECT, related_name="due_diligence")
    unit = models.CharField(_("unit that receives the help"), max_length=300)
    risk = models.CharField(_("risk of grave violations"), max_length=8, choices=Risk.choices)
    assessment = models.TextField(_("what was looked at, and what was found"))
    finding = models.CharField(_("finding"), max_length=16, choices=Finding.choices)
    conditions = models.TextField(_("conditions"), blank=True)
    decided_on = models.DateField(_("decided on"))
    valid_until = models.DateField(_("holds until"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = DueDiligenceQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("due diligence on human rights")
        verbose_name_plural = _("due diligence on human rights")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("decided_on")),
                name="due_diligence_ends_after_it_begins",
                violation_error_message=_("It cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(finding="with_conditions") | ~Q(conditions=""),
                name="due_diligence_conditions_are_said",
                violation_error_message=_("Write the conditions."),
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="due_diligence_append_only", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.unit}"

    def allows(self, day: date) -> bool:
        """Whether help may be given on a day."""
        return self.finding != self.Finding.NOT and self.decided_on <= day <= self.valid_until
