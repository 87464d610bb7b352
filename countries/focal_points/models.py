"""Who speaks for a country."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.models import ValidityModel, ends_after_it_begins, once_at_a_time
from countries.focal_points.querysets import FocalPointQuerySet
from countries.geography.models import Country
from countries.institutions.models import Institution


@pghistory.track()
class FocalPoint(ValidityModel):
    """A user designated for a country by an institution, from a day until (not including) another."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="designations")
    country = models.ForeignKey(Country, models.PROTECT, related_name="focal_points")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="focal_points", null=True, blank=True
    )
    is_primary = models.BooleanField(_("primary"), default=True)
    may_clear = models.BooleanField(_("may clear what others submit"), default=False)

    objects = FocalPointQuerySet.as_manager()

    class Meta:
        verbose_name = _("focal point")
        verbose_name_plural = _("focal points")
        constraints = [
            ends_after_it_begins("designation_ordered", _("A designation ends after it begins.")),
            once_at_a_time(
                "designation_no_overlap",
                "user",
                "country",
                message=_(
                    "This person is designated for the country in part of these days already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.country})"
