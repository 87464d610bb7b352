"""The columns of the list of countries."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.tables import Column, Table
from countries.geography.models import Country


def country_cell(country: Country) -> SafeString:
    """The name, which leads to the country."""
    return format_html(
        '<a class="title" href="{}">{}</a>', country.get_absolute_url(), country.name
    )


def groups_cell(country: Country) -> str:
    """The groups of which it is a member today, as the view prefetched them."""
    return " · ".join(m.group.name for m in country.memberships.all())


COUNTRIES: Table[Country] = Table(
    caption=_("Countries"),
    empty=_("No country fits."),
    none_yet=_("No country fits."),
    columns=(
        Column("country", _("Country"), country_cell, sort="name"),
        Column("code", _("Code"), lambda c: c.iso3, sort="code", css="small soft"),
        Column("region", _("Region"), lambda c: c.region_name, sort="region", css="small wide"),
        Column("groups", _("Groups today"), groups_cell, css="small wide"),
    ),
)
