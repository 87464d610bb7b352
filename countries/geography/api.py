"""Countries and their institutions, to be read only."""

from __future__ import annotations

from datetime import date

import django_filters
from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.api.permissions import VerbPermission
from accounts.types import person_of
from core.api.counting import CountMixin
from core.api.filters import StrictFilterBackend
from core.filters import FilterSet
from core.forms import NO_DATE
from countries.geography.filters import CountryFilter, country_filter
from countries.geography.models import Country
from countries.geography.serializers import CountrySerializer, InstitutionSerializer
from countries.groups.models import GroupMembership
from countries.institutions.models import Institution

ON = OpenApiParameter(
    "on", date, description="The day on which `groups` holds; today where it is left out."
)


@extend_schema_view(list=extend_schema(parameters=[ON]), retrieve=extend_schema(parameters=[ON]))
class CountryViewSet(CountMixin, ReadOnlyModelViewSet[Country]):
    """Countries and areas, in the order of the reader's language."""

    queryset = Country.objects.all()
    serializer_class = CountrySerializer
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "country.read"}
    filter_backends = [StrictFilterBackend]
    filterset_class = CountryFilter
    also_read = ("on",)
    lookup_field = "iso3"

    def get_queryset(self) -> QuerySet[Country]:
        """With the groups of the day, in two queries for all rows."""
        memberships = (
            GroupMembership.objects.on(self.day()).select_related("group").order_by("group__order")
        )
        countries = Country.objects.visible_to(person_of(self.request)).in_order()
        return countries.prefetch_related(
            Prefetch("memberships", queryset=memberships, to_attr="memberships_on_day")
        )

    def day(self) -> date:
        """The day asked for. Raises ValidationError for what is no date."""
        text = (
            self.request.query_params.get("on", "") if hasattr(self.request, "query_params") else ""
        )
        if not text:
            return timezone.now().date()
        try:
            day = parse_date(text)
        except ValueError:
            day = None
        if day is None:
            raise ValidationError({"on": [NO_DATE]})
        return day


class InstitutionFilter(FilterSet):
    """Institutions by country and name."""

    country = country_filter()
    q = django_filters.CharFilter(field_name="name", lookup_expr="icontains", max_length=200)

    class Meta:
        model = Institution
        fields: list[str] = []


class InstitutionViewSet(CountMixin, ReadOnlyModelViewSet[Institution]):
    """Institutions that can stand in a request: all for staff, those of their own countries for focal points."""

    queryset = Institution.objects.select_related("country").order_by("name")
    serializer_class = InstitutionSerializer
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "country.read_support"}
    filter_backends = [StrictFilterBackend]
    filterset_class = InstitutionFilter

    def get_queryset(self) -> QuerySet[Institution]:
        """The reader's."""
        mine = Institution.objects.visible_to(person_of(self.request))
        return mine.select_related("country").order_by("name")
