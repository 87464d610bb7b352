"""Fields of the form of a schedule: days and countries as people list them."""

from __future__ import annotations

import re
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from core import days
from countries.models import Country

FIRST_YEAR, YEARS_AHEAD = 2000, 10
MOST_DATES = 60


def refuse_absurd(day: date) -> None:
    """Raises ValidationError for a year that cannot be meant."""
    if sentence := days.implausible_day(day, first=FIRST_YEAR, ahead=YEARS_AHEAD):
        raise forms.ValidationError(sentence)


class DatesField(forms.CharField):
    """Days as people list them: 2026-01-31, one a line or with commas. An API sends a list."""

    def to_python(self, value: object) -> list[date]:  # type: ignore[override]
        """The days in order. Raises ValidationError that names what is no day."""
        found = (
            value
            if isinstance(value, list)
            else [self.day(word) for word in re.split(r"[\s,;]+", str(value or "").strip()) if word]
        )
        if len(found) > MOST_DATES:
            raise forms.ValidationError(
                _("These are too many dates: at most %(n)s."), params={"n": MOST_DATES}
            )
        for day in found:
            refuse_absurd(day)
        return sorted(set(found))

    def day(self, word: str) -> date:
        """One day. Raises ValidationError."""
        try:
            return date.fromisoformat(word)
        except ValueError:
            raise forms.ValidationError(
                _("“%(word)s” is no date. Write the year first: 2026-01-31."),
                params={"word": word[:40]},
            ) from None


class CountriesField(forms.CharField):
    """Countries by ISO code, with commas or blanks between them."""

    def to_python(self, value: object) -> list[Country]:  # type: ignore[override]
        """The countries. Raises ValidationError that names the code nobody has."""
        words = value if isinstance(value, list) else re.split(r"[\s,;]+", str(value or "").strip())
        codes = [w.strip().upper() for w in words if w.strip()]
        found = {
            c.iso3: c
            for c in Country.objects.filter(
                iso3__in=[c for c in codes if c.isascii() and c.isalpha()]
            )
        }
        for code in codes:
            if code not in found:
                raise forms.ValidationError(
                    _("“%(code)s” is no country's code. Write three letters, such as KEN or FJI."),
                    params={"code": code[:20]},
                )
        return [found[c] for c in dict.fromkeys(codes)]
