"""Countries as a form takes them: typed, with a list of names to choose from."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext

from countries.geography.models import Country
from countries.names import LANGUAGES


class CountryChoices:
    """All countries by what people may write: the name in one of six languages, or a code.

    Read once a form.
    """

    def __init__(self) -> None:
        self.countries = list(Country.objects.in_order().defer(*(f"sort_{x}" for x in LANGUAGES)))
        self.known: dict[str, Country] = {}
        for country in self.countries:
            for text in (country.iso2, country.iso3, *country.names.values()):
                self.known.setdefault(text.casefold(), country)

    def find(self, text: str) -> Country | None:
        """The country that is meant."""
        return self.known.get(" ".join(text.split()).casefold())

    def clean(self, text: str) -> Country | None:
        """The same for a form; none for a blank. Raises ValidationError for what is no country."""
        country = self.find(text) if text else None
        if text and country is None:
            raise forms.ValidationError(
                gettext(
                    "There is no country “%(text)s”. Choose one from the list, or write its three"
                    " letters, such as KEN."
                )
                % {"text": text}
            )
        return country
