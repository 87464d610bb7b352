"""Whose history is read here: countries, groups, institutions, designations. By administrators alone, who maintain them."""

from __future__ import annotations

from audit.registry import register
from countries.models import Country, CountryGroup, FocalPoint, Institution


def register_own() -> None:
    """Tells the audit."""
    register("country", Country, by=("iso3", "iso2"))
    register("group", CountryGroup, by=("code",))
    register("institution", Institution)
    register("focal_point", FocalPoint, by=("user__email",))
