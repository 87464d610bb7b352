"""Who speaks for a country."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.functions import DateRange
from countries.focal_points.querysets import FocalPointQuerySet
from countries.geography.models import Country
from countries.institutions.models import Institution


@pghistory.track()
class FocalPoint(models.Model):
    """A user designated for a country by an institution, from a day until (not including) another."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="designations")
    country = models.ForeignKey(Country, models.PROTECT, related_name="focal_points")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="focal_points", null=True, blank=True
    )
    is_primary = models.BooleanField(_("primary"), default=True)
    may_clear = models.BooleanField(_("may clear what others submit"), default=False)
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("first day after"), null=True, blank=True)

    objects = FocalPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="designation_ordered",
                violation_error_message=_("A designation ends after it begins."),
            ),
            ExclusionConstraint(
                name="designation_no_overlap",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("country", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "This person is designated for the country in part of these days already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.country})"
