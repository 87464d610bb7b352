"""Groups of countries, with dated membership: a country graduates."""

from __future__ import annotations

from datetime import date

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.functions import DateRange
from countries.geography.models import Country
from countries.names import Named


@pghistory.track()
class CountryGroup(Named):
    """A group by which figures are told apart (LDC, LLDC, SIDS, ODA recipients, or a programme's
    own)."""

    code = models.SlugField(max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=100)
    source = models.CharField(max_length=200, blank=True)
    countries: models.ManyToManyField[Country, GroupMembership] = models.ManyToManyField(
        Country, through="GroupMembership", related_name="groups"
    )

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("country group")
        verbose_name_plural = _("country groups")


class GroupMembershipQuerySet(models.QuerySet["GroupMembership"]):
    """Memberships by day."""

    def on(self, day: date) -> GroupMembershipQuerySet:
        """Those in force on this day."""
        return self.filter(
            models.Q(valid_until__isnull=True) | models.Q(valid_until__gt=day), valid_from__lte=day
        )


@pghistory.track()
class GroupMembership(models.Model):
    """A country belongs to a group from a day until (not including) another.

    History keeps what was known when: dates move by late decisions.
    """

    country = models.ForeignKey(Country, models.PROTECT, related_name="memberships")
    group = models.ForeignKey(CountryGroup, models.CASCADE, related_name="memberships")
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("first day after"), null=True, blank=True)
    decision = models.CharField(_("by decision"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GroupMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("group membership")
        verbose_name_plural = _("group memberships")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_until__isnull=True)
                | models.Q(valid_until__gt=models.F("valid_from")),
                name="membership_ordered",
                violation_error_message=_("A membership ends after it begins."),
            ),
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    ("country", RangeOperators.EQUAL),
                    ("group", RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_(
                    "The country is a member of this group in part of these days already."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} – {self.group}"
