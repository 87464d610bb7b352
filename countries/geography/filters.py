"""Filters of the list of countries, and those by country that other lists use."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.filters import CodeFilter, FilterSet, Order, SortFilter, choice_filter, code_filter
from countries.geography.models import REGIONS, Country
from countries.groups.models import CountryGroup, GroupMembership
from countries.names import LANGUAGES, current_language


def country_filter(**kwargs: Any) -> CodeFilter:
    """By the three letters of ISO 3166; the choices stand in the reader's order."""
    sentence = _("There is no country with the code “%(value)s”; write three letters such as KEN.")
    return code_filter(
        _("Country"),
        lambda _request: Country.objects.in_order(),
        sentence,
        to_field_name="iso3",
        **kwargs,
    )


def country_named(text: str, path: str = "") -> Q:
    """The condition that a country, to which `path` leads (`country__`), has a text in its name in
    any of the six languages, or as its code."""
    text = text.strip()
    found = Q(**{f"{path}iso2__iexact": text}) | Q(**{f"{path}iso3__iexact": text})
    for language in LANGUAGES:
        found |= Q(**{f"{path}name_{language}__icontains": text})
    return found


def region_filter(**kwargs: Any) -> django_filters.ChoiceFilter:
    """By M49 region."""
    choices = [(code, name) for code, name in REGIONS.items() if code != "Antarctica"]
    values: dict[str, Any] = {"label": _("Region"), "choices": choices}
    return choice_filter(**(values | kwargs))


def group_filter(**kwargs: Any) -> CodeFilter:
    """By group of countries: membership today."""
    return code_filter(
        _("Country group"),
        CountryGroup.objects.all(),
        _("There is no group of countries “%(value)s”; write its code, such as ldc."),
        **kwargs,
    )


def members_today(group: CountryGroup) -> Any:
    """Ids of the countries that belong to a group today (UTC)."""
    return (
        GroupMembership.objects.on(timezone.now().date()).filter(group=group).values("country_id")
    )


ORDERS = (
    Order(
        "name",
        _("Country"),
        lambda: (f"sort_{current_language()}", "id"),
        _("Country, in reverse order"),
    ),
    Order("code", _("Code"), lambda: ("iso3", "id"), _("Code, in reverse order")),
    Order("region", _("Region"), lambda: ("region", "id"), _("Region, in reverse order")),
)


class CountryFilter(FilterSet):
    """Countries by region, group and name."""

    q = django_filters.CharFilter(label=_("Name or code"), method="search", max_length=120)
    region = region_filter()
    group = group_filter(method="in_group")
    sort = SortFilter(*ORDERS)

    class Meta:
        model = Country
        fields: list[str] = []

    def search(self, rows: Any, _name: str, text: str) -> Any:
        """A part of the name in any of the six languages, or an ISO or M49 code."""
        return rows.filter(country_named(text) | Q(m49=text.strip()))

    def in_group(self, rows: Any, _name: str, group: CountryGroup) -> Any:
        """Members today."""
        return rows.filter(pk__in=members_today(group))
