"""Filters of the list of treaty actions."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.filters import (
    CodeFilter,
    FilterSet,
    Order,
    SortFilter,
    choice_filter,
    code_filter,
    date_filter,
)
from countries.geography.filters import (
    country_filter,
    country_named,
    group_filter,
    members_today,
    region_filter,
)
from countries.groups.models import CountryGroup
from countries.instruments.choices import Action
from countries.instruments.models import Instrument, TreatyAction
from countries.names import current_language

ORDERS = (
    Order("latest", _("Latest first"), lambda: (F("date").desc(nulls_last=True), "id")),
    Order(
        "country",
        _("Country"),
        lambda: (F(f"country__sort_{current_language()}").asc(nulls_last=True), "id"),
    ),
    Order("instrument", _("Instrument"), lambda: ("instrument__order", "id")),
)


def instrument_filter(**kwargs: Any) -> CodeFilter:
    """By the instrument's code."""
    return code_filter(
        _("Instrument"),
        Instrument.objects.all(),
        _("There is no instrument with the code “%(value)s”; write one such as UN-CAC."),
        **kwargs,
    )


class TreatyActionFilter(FilterSet):
    """Treaty actions by instrument, country, action and day."""

    q = django_filters.CharFilter(
        label=_("Country, organisation or source"), method="search", max_length=120
    )
    instrument = instrument_filter()
    country = country_filter()
    region = region_filter(field_name="country__region")
    group = group_filter(method="in_group")
    action = choice_filter(label=_("Action"), choices=Action.choices)
    since = date_filter(field_name="date", lookup_expr="gte", label=_("From this day"))
    until = date_filter(field_name="date_until", lookup_expr="lte", label=_("Until this day"))
    sort = SortFilter(*ORDERS)

    class Meta:
        model = TreatyAction
        fields: list[str] = []

    def search(self, rows: Any, _name: str, text: str) -> Any:
        """A part of the country's name in any language, of the organisation, source or note."""
        words = text.strip()
        found = country_named(words, "country__") | Q(organisation__icontains=words)
        return rows.filter(found | Q(source__icontains=words) | Q(note__icontains=words))

    def in_group(self, rows: Any, _name: str, group: CountryGroup) -> Any:
        """Of members today."""
        return rows.filter(country__in=members_today(group))
