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
    """A user designated for a country by an institution, for one programme or several, from a day until
    (not including) another. What they read of requests and write is of these programmes alone."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="designations")
    country = models.ForeignKey(Country, models.PROTECT, related_name="focal_points")
    institution = models.ForeignKey(
        Institution, models.PROTECT, related_name="focal_points", null=True, blank=True
    )
    programmes: models.ManyToManyField[models.Model, DesignatedProgramme] = models.ManyToManyField(
        "assistance.Programme",
        verbose_name=_("programmes"),
        related_name="focal_points",
        through="DesignatedProgramme",
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


@pghistory.track()
class DesignatedProgramme(models.Model):
    """For which programme somebody is designated. It ends with the designation."""

    focal_point = models.ForeignKey(
        FocalPoint, models.CASCADE, related_name="designated_programmes"
    )
    programme = models.ForeignKey(
        "assistance.Programme", models.PROTECT, verbose_name=_("programme"), related_name="+"
    )

    class Meta:
        verbose_name = _("programme of a designation")
        verbose_name_plural = _("programmes of a designation")
        constraints = [
            models.UniqueConstraint(
                fields=["focal_point", "programme"], name="designated_programme_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.focal_point_id}: {self.programme_id}"
