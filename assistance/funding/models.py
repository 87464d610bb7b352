"""Donors and what they fund."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from assistance.programmes.models import Pillar, Programme
from core.db.models import ValidityModel


@pghistory.track()
class Donor(models.Model):
    """Who gives."""

    title = models.CharField(_("name"), max_length=200, unique=True)

    class Meta:
        ordering = ["title"]
        verbose_name = _("donor")
        verbose_name_plural = _("donors")

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Funding(ValidityModel):
    """A contribution: donor, programme, amount, days of use, earmarked for a pillar or for none."""

    donor = models.ForeignKey(Donor, models.PROTECT, related_name="funding")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="funding")
    title = models.CharField(_("name"), max_length=200)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3, default="USD")
    pillar = models.ForeignKey(
        Pillar, models.PROTECT, null=True, blank=True, verbose_name=_("earmarked for")
    )
    valid_until = models.DateField(_("first day after"))

    class Meta:
        ordering = ["donor__title", "valid_from"]
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__gt=models.F("valid_from")),
                name="funding_ordered",
                violation_error_message=_("The period ends after it begins."),
            ),
            models.CheckConstraint(
                condition=models.Q(amount__gt=0),
                name="funding_above_zero",
                violation_error_message=_("Write an amount above zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.donor}: {self.title}"
