"""Administration of countries, groups and their dated memberships, institutions, focal points.

Nothing is deleted; what ends gets a last day.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from accounts.offboarding import HandoverModelAdmin
from accounts.permissions import may
from core.admin import ModelAdmin, SearchableModelAdmin, TabularInline
from countries.forms import NamedForm
from countries.models import (
    Country,
    CountryGroup,
    DesignatedProgramme,
    FocalPoint,
    GroupMembership,
    Institution,
    Instrument,
    Obligation,
)
from countries.names import LANGUAGES

NAMES = [f"name_{x}" for x in LANGUAGES]


class MembershipInline(TabularInline[GroupMembership, Country]):
    """The groups of a country: their dates move by late decisions, and history keeps what was known
    when."""

    model = GroupMembership
    extra = 0
    fields = ["group", "valid_from", "valid_until", "decision"]


@admin.register(Country)
class CountryAdmin(ModelAdmin[Country]):
    """Names, codes and regions follow the M49 standard."""

    list_display = ["iso3", "name_en", "region", "un_status"]
    list_filter = ["region", "un_status"]
    search_fields = ["iso3", "iso2", *NAMES]
    ordering = ["iso3"]
    inlines = [MembershipInline]
    fields = [
        "iso2",
        "iso3",
        "m49",
        *NAMES,
        "region",
        "subregion",
        "un_status",
        "tile_column",
        "tile_row",
    ]


class GroupForm(NamedForm[CountryGroup]):
    """A group with its name in six languages."""

    class Meta:
        model = CountryGroup
        fields = ["code", "order", "source"]


@admin.register(CountryGroup)
class CountryGroupAdmin(ModelAdmin[CountryGroup]):
    """Groups by which figures are told apart."""

    form = GroupForm
    list_display = ["code", "name", "source"]
    search_fields = ["code", "names"]


@admin.register(GroupMembership)
class GroupMembershipAdmin(SearchableModelAdmin[GroupMembership]):
    """Who belongs to which group from when until when."""

    list_display = ["country", "group", "valid_from", "valid_until", "decision"]
    list_filter = ["group"]
    list_select_related = ["country", "group"]
    search_fields = ["country__iso3", "country__name_en"]
    autocomplete_fields = ["country"]
    fields = ["country", "group", "valid_from", "valid_until", "decision"]


@admin.register(Institution)
class InstitutionAdmin(SearchableModelAdmin[Institution]):
    """Institutions of the countries."""

    list_display = ["name", "country", "kind"]
    list_filter = ["kind"]
    list_select_related = ["country"]
    search_fields = ["name", "country__iso3", "country__name_en"]
    autocomplete_fields = ["country"]


class InstrumentForm(NamedForm[Instrument]):
    """A treaty with its name in six languages and its rule of entry into force."""

    class Meta:
        model = Instrument
        fields = [
            "code",
            "order",
            "short_names",
            "reference",
            "depositary",
            "source",
            "adopted_on",
            "opened_on",
            "closes_on",
            "deposits_needed",
            "members_needed",
            "members",
            "days_after",
            "later_days",
            "months_after",
            "on_first_of_month",
        ]


@admin.register(Instrument)
class InstrumentAdmin(ModelAdmin[Instrument]):
    """Treaties; what countries did about them is recorded on their pages."""

    form = InstrumentForm
    list_display = ["code", "name", "reference", "deposits_needed"]
    search_fields = ["code", "names"]


class ObligationForm(NamedForm[Obligation]):
    """An article or chapter with its title in six languages."""

    class Meta:
        model = Obligation
        fields = ["instrument", "code", "article", "pillar", "order", "source"]


@admin.register(Obligation)
class ObligationAdmin(ModelAdmin[Obligation]):
    """What treaties oblige their parties to."""

    form = ObligationForm
    list_display = ["code", "name", "pillar"]
    list_filter = ["instrument"]
    search_fields = ["code", "names"]


class DesignatedProgrammeInline(TabularInline[DesignatedProgramme, FocalPoint]):
    """For which programmes: one at least. None is taken away, since nobody would take over what is
    under way; the designation ends, and another begins."""

    model = DesignatedProgramme
    extra = 0
    min_num = 1
    can_delete = False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Who keeps designations."""
        return may(request.user, "administer.reference")

    has_add_permission = has_view_permission

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody: to put another programme in the place of one would take that away."""
        return False

    def get_formset(
        self, request: HttpRequest, obj: FocalPoint | None = None, **kwargs: Any
    ) -> type[BaseInlineFormSet[Any, Any, Any]]:
        """Refuses to be without one."""
        return super().get_formset(request, obj, validate_min=True, **kwargs)


@admin.register(FocalPoint)
class FocalPointAdmin(HandoverModelAdmin[FocalPoint]):
    """Who speaks for a country, from when until when.

    A designation stays that of its person and country: another one is another row. Programmes are
    added to it; they end with it.
    """

    ending_fields = ("may_clear", "valid_from", "valid_until")

    list_display = [
        "user",
        "country",
        "institution",
        "is_primary",
        "may_clear",
        "valid_from",
        "valid_until",
    ]
    list_filter = ["is_primary", "may_clear"]
    list_select_related = ["user", "country", "institution"]
    search_fields = ["user__name", "user__email", "country__iso3", "country__name_en"]
    autocomplete_fields = ["user", "country", "institution"]
    inlines = [DesignatedProgrammeInline]
    fields = [
        "user",
        "country",
        "institution",
        "is_primary",
        "may_clear",
        "valid_from",
        "valid_until",
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: FocalPoint | None = None) -> list[str]:
        """Whose and of which country is said once."""
        return ["user", "country"] if obj else []
