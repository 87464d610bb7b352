"""Who asks and who benefits."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from countries.geography.models import Country


class InstitutionKind(models.TextChoices):
    """The kinds of institution that cybercrime assistance deals with (UNODC practitioner groups)."""

    MINISTRY = "ministry", _("Ministry")
    POLICE = "police", _("Police")
    PROSECUTION = "prosecution", _("Prosecution")
    JUDICIARY = "judiciary", _("Judiciary")
    CENTRAL_AUTHORITY = "central_authority", _("Central authority")
    CERT = "cert", _("Computer emergency response team")
    REGULATOR = "regulator", _("Regulator")
    PARLIAMENT = "parliament", _("Parliament")
    ACADEMIA = "academia", _("Academia")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    PRIVATE = "private", _("Private sector")


@pghistory.track()
class Institution(models.Model):
    """A ministry, a police unit, a court …, of one country."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="institutions")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=InstitutionKind.choices)

    class Meta:
        ordering = ["name"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name"], name="institution_once", violation_error_message=_("The country has this institution already.")
            )
        ]

    def __str__(self) -> str:
        return self.name
