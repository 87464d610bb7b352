"""Whether a country has a public page."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.programmes.models import Programme
from assistance.publications.querysets import PublicationQuerySet
from countries.models import Country


@pghistory.track()
class CountryPublication(models.Model):
    """A country's word on being named by a programme: on a public page of its own, in news, and with
    the institution of its focal point. Without a row, and at first, it is no."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="publications")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="publications")
    has_page = models.BooleanField(default=False)
    names_institution = models.BooleanField(default=False)
    decided_on = models.DateField()
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication of a country")
        verbose_name_plural = _("publications of countries")
        constraints = [
            models.UniqueConstraint(fields=["country", "programme"], name="publication_once")
        ]

    def __str__(self) -> str:
        return f"{self.country_id} {self.programme_id}: {self.has_page}"
