"""Which country a cell means: official names in six languages, their usual turns, codes, and short
names in daily use."""

from __future__ import annotations

import difflib
import json
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core.text import normalise
from countries.geography.models import Country
from countries.names import LANGUAGES

# of a column with countries, in the six languages
COUNTRY_HEADS = ("Country", "State", "Pays", "País", "Страна", "البلد", "国家", "Code")
IDLE = frozenset(
    (
        "the",
        "of",
        "and",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "et",
        "el",
        "los",
        "las",
        "del",
        "y",
        "и",
    )
)
WRITTEN_OUT = {
    "st": "saint",
    "ste": "sainte",
    "rep": "republic",
    "dem": "democratic",
    "isl": "islands",
    "is": "islands",
}
WORDS: dict[str, dict[str, list[str]]] = json.loads(
    (Path(__file__).parent.parent / "reference" / "short-names.json").read_text(encoding="utf-8")
)
SHORT = WORDS["countries"]  # names in daily use that are no turn of an official one
SEVERAL = WORDS["several"]


def name_key(name: str) -> str:
    """The words of a name in order of the alphabet, so that “Congo (Democratic Republic of the)” is
    “Democratic Republic of the Congo”."""
    words = (WRITTEN_OUT.get(word, word) for word in normalise(name).split())
    return " ".join(sorted(word for word in words if word not in IDLE))


class UnknownCountry(Exception):
    """No country, or more than one; the text is the sentence."""


class CountryNames:
    """All countries by everything that people call them: loaded once, then asked for each row.

    >>> CountryNames().find("Iran (Islamic Republic of)").iso3
    'IRN'
    """

    def __init__(self) -> None:
        countries = list(
            Country.objects.only(
                "iso2", "iso3", "m49", *(f"name_{language}" for language in LANGUAGES)
            )
        )
        self.by_code = {code: c for c in countries for code in (c.iso2, c.iso3, c.m49)}
        self.by_key: dict[str, list[Country]] = {}
        self.names: dict[str, str] = {}  # comparable form: English name
        self.answers: dict[str, Country] = {}
        for country in countries:
            for name in country.names.values():
                self.add(name, country)
        for iso3, names in SHORT.items():
            for name in names:
                self.add_short(name, self.by_code.get(iso3))
        for name, codes in SEVERAL.items():
            self.by_key.setdefault(
                name_key(name), [self.by_code[code] for code in codes if code in self.by_code]
            )

    def add(self, name: str, country: Country) -> None:
        """One more name of a country."""
        known = self.by_key.setdefault(name_key(name), [])
        if country not in known:
            known.append(country)
        self.names.setdefault(normalise(name), country.name_en)

    def add_short(self, name: str, country: Country | None) -> None:
        """A name in daily use, unless it is an official name of another country."""
        if country is not None and name_key(name) not in self.by_key:
            self.add(name, country)

    def find(self, text: str) -> Country:
        """The country of a name or code.

        Raises UnknownCountry with what was meant perhaps, or between which one has to choose.
        """
        if text not in self.answers:
            self.answers[text] = self._find(text)
        return self.answers[text]

    def clean(self, text: str) -> Country:
        """The same for a cell of a table. Raises ValidationError with what is wrong."""
        try:
            return self.find(text)
        except UnknownCountry as problem:
            raise ValidationError(str(problem)) from None

    def code(self, text: str) -> Country:
        """The country of an ISO 3166 code of two or three letters or of a UN M49 number.

        Raises UnknownCountry.
        """
        code = text.strip().upper()
        found = self.by_code.get(code.zfill(3) if code.isdecimal() else code)
        if found is None:
            sentence = _(
                "there is no country with the code “%(code)s”. Write the two letters of ISO 3166,"
                " as KE for Kenya."
            )
            raise UnknownCountry(sentence % {"code": text})
        return found

    def _find(self, text: str) -> Country:
        found = self.by_key.get(name_key(text), [])
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            names = _(" or ").join(f"“{c.name_en}” ({c.iso2})" for c in found)
            raise UnknownCountry(
                _("“%(name)s” could be %(names)s. Write the full name or the code.")
                % {
                    "name": text,
                    "names": names,
                }
            )
        code = text.strip().upper()
        if len(code) <= 3 and (code.zfill(3) if code.isdecimal() else code) in self.by_code:
            return self.code(text)
        raise UnknownCountry(self._unknown(text))

    def _unknown(self, text: str) -> str:
        near = difflib.get_close_matches(normalise(text), self.names, n=6, cutoff=0.7)
        names = list(dict.fromkeys(self.names[n] for n in near))[:3]
        sentence = _("there is no country “%(name)s”") % {"name": text}
        if names:
            return (
                sentence
                + "; "
                + _("did you mean %(names)s?") % {"names": _(" or ").join(f"“{n}”" for n in names)}
            )
        return sentence + ". " + _("Write one country in a row, by its name or by its code.")
