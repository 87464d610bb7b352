"""Countries and areas of the M49 standard."""

from __future__ import annotations

from typing import Any

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.db.search import SearchWords, joined
from countries.geography.querysets import CountryQuerySet
from countries.names import LANGUAGES, current_language, sort_key

REGIONS = {
    "Africa": _("Africa"),
    "Americas": _("Americas"),
    "Asia": _("Asia"),
    "Europe": _("Europe"),
    "Oceania": _("Oceania"),
    "Antarctica": _("Antarctica"),
}


COUNTRY_WORDS = SearchWords(
    joined("iso2", "iso3", "m49", *(f"name_{language}" for language in LANGUAGES))
)


class UnStatus(models.TextChoices):
    """What a country or area is to the United Nations."""

    MEMBER = "member", _("Member State")
    OBSERVER = "observer", _("Observer State")
    NONE = "", _("Not a Member State")


@pghistory.track()
class Country(models.Model):
    """A country or area: ISO 3166 codes, UN M49 code and region, official short names in six
    languages (source: UNSD M49)."""

    iso2 = models.CharField(max_length=2, unique=True)
    iso3 = models.CharField(max_length=3, unique=True)
    m49 = models.CharField(max_length=3, unique=True)
    name_en = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)
    name_es = models.CharField(max_length=120)
    name_ar = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_zh = models.CharField(max_length=120)
    sort_en = models.BinaryField(editable=False)
    sort_fr = models.BinaryField(editable=False)
    sort_es = models.BinaryField(editable=False)
    sort_ar = models.BinaryField(editable=False)
    sort_ru = models.BinaryField(editable=False)
    sort_zh = models.BinaryField(editable=False)
    region = models.CharField(max_length=40, blank=True)
    subregion = models.CharField(max_length=60, blank=True)
    un_status = models.CharField(max_length=10, choices=UnStatus.choices, blank=True)
    tile_column = models.PositiveSmallIntegerField(null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = CountryQuerySet.as_manager()

    class Meta:
        verbose_name = _("country")
        verbose_name_plural = _("countries")
        constraints = [
            models.UniqueConstraint(
                fields=["tile_column", "tile_row"], name="country_tile_unshared"
            ),
            models.CheckConstraint(
                condition=models.Q(iso2__regex=r"^[A-Z]{2}$", iso3__regex=r"^[A-Z]{3}$"),
                name="country_codes_in_capitals",
            ),
        ]
        indexes = [GinIndex(COUNTRY_WORDS, name="country_words")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Sort keys follow the names."""
        self.set_sort_keys()
        super().save(*args, **kwargs)

    def set_sort_keys(self) -> None:
        """Works out the key of every name."""
        for language in LANGUAGES:
            setattr(self, f"sort_{language}", sort_key(self.names[language], language))

    @property
    def names(self) -> dict[str, str]:
        """By language, as of all that is named in six; each is a column, so that the database sorts
        and searches by them."""
        return {language: getattr(self, f"name_{language}") for language in LANGUAGES}

    @property
    def name(self) -> str:
        """In the reader's language."""
        return str(getattr(self, f"name_{current_language()}") or self.name_en)

    @property
    def region_name(self) -> str:
        """The M49 region in the reader's language."""
        return str(REGIONS.get(self.region, self.region))

    def get_absolute_url(self) -> str:
        """Its page."""
        from django.urls import reverse

        return reverse("country", args=[self.iso3])
