"""Whose history is read here: countries, groups, institutions, designations.

By administrators alone, who maintain them.
"""

from __future__ import annotations

from collections.abc import Iterator

from audit.registry import Subject
from countries.models import Country, CountryGroup, FocalPoint, Institution


def own_subjects() -> Iterator[Subject]:
    """What the audit trail can show of this app."""
    yield Subject("country", Country, by=("iso3", "iso2"))
    yield Subject("group", CountryGroup, by=("code",))
    yield Subject("institution", Institution)
    yield Subject("focal_point", FocalPoint, by=("user__email",))
