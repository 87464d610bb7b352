"""Countries as the API shows them: names and facts, nothing of what is done there."""

from __future__ import annotations

from typing import Protocol

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from countries.geography.models import Country
from countries.groups.models import GroupMembership
from countries.institutions.models import Institution


class GroupedCountry(Protocol):
    """A country with what the view has fetched."""

    memberships_on_day: list[GroupMembership]


class CountrySerializer(serializers.ModelSerializer[Country]):
    """A country or area. `groups` holds on the day of `?on=`, else today."""

    url = serializers.SerializerMethodField()
    name = serializers.CharField(read_only=True, help_text="In the reader's language.")
    names = serializers.SerializerMethodField()
    region_label = serializers.CharField(source="region_name", read_only=True)
    groups = serializers.SerializerMethodField()

    class Meta:
        model = Country
        fields = [
            "id",
            "url",
            "iso2",
            "iso3",
            "m49",
            "name",
            "names",
            "region",
            "region_label",
            "subregion",
            "un_status",
            "groups",
        ]

    def get_url(self, country: Country) -> str:
        """Absolute."""
        return reverse(
            "api-country-detail", args=[country.iso3], request=self.context.get("request")
        )

    @extend_schema_field(serializers.DictField(child=serializers.CharField()))
    def get_names(self, country: Country) -> dict[str, str]:
        """In the six languages."""
        return country.names

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_groups(self, country: GroupedCountry) -> list[str]:
        """Codes of the groups to which it belongs on the day; the view has fetched them for all rows at once."""
        return [membership.group.code for membership in country.memberships_on_day]


class InstitutionSerializer(serializers.ModelSerializer[Institution]):
    """An institution; requests name it by its id."""

    url = serializers.SerializerMethodField()
    country = serializers.CharField(source="country.iso3", read_only=True)

    class Meta:
        model = Institution
        fields = ["id", "url", "name", "kind", "country"]

    def get_url(self, institution: Institution) -> str:
        """Absolute."""
        return reverse(
            "api-institution-detail", args=[institution.pk], request=self.context.get("request")
        )
