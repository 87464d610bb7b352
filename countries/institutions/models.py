"""Who asks and who benefits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from core import access
from core.db.search import SearchWords
from countries.geography.models import Country

if TYPE_CHECKING:
    from accounts.users.models import User


INSTITUTION_WORDS = SearchWords("name")


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


class InstitutionQuerySet(models.QuerySet["Institution"]):
    """Institutions by reader."""

    def visible_to(self, user: User) -> InstitutionQuerySet:
        """All for staff, those of their own countries for focal points, none for anybody else."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_focal_point:
            return self.filter(country__in=access.country_ids(user))
        return self if user.is_programme_staff else self.none()


@pghistory.track()
class Institution(models.Model):
    """A ministry, a police unit, a court …, of one country."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="institutions")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=InstitutionKind.choices)

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "name"],
                name="institution_once",
                violation_error_message=_("The country has this institution already."),
            )
        ]
        indexes = [GinIndex(INSTITUTION_WORDS, name="institution_words")]

    def __str__(self) -> str:
        return self.name
