"""Groups of countries, with dated membership: a country graduates."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db.models import ValidityModel, ValidityQuerySet, ends_after_it_begins, once_at_a_time
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


@pghistory.track()
class GroupMembership(ValidityModel):
    """A country belongs to a group from a day until (not including) another.

    History keeps what was known when: dates move by late decisions.
    """

    country = models.ForeignKey(Country, models.PROTECT, related_name="memberships")
    group = models.ForeignKey(CountryGroup, models.CASCADE, related_name="memberships")
    decision = models.CharField(_("by decision"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ValidityQuerySet["GroupMembership"].as_manager()

    class Meta:
        verbose_name = _("group membership")
        verbose_name_plural = _("group memberships")
        constraints = [
            ends_after_it_begins("membership_ordered", _("A membership ends after it begins.")),
            once_at_a_time(
                "membership_no_overlap",
                "country",
                "group",
                message=_("The country is a member of this group in part of these days already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} – {self.group}"
