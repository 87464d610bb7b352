"""Instruments, treaty actions and obligations, to be read only."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Prefetch, Q, QuerySet
from rest_framework.permissions import IsAuthenticated
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.api.permissions import VerbPermission
from accounts.types import person_of
from core.api.counting import CountMixin
from core.api.filters import StrictFilterBackend
from core.filters import FilterSet
from countries.instruments.filters import TreatyActionFilter, instrument_filter
from countries.instruments.models import Instrument, Obligation, TreatyAction
from countries.instruments.serializers import (
    InstrumentSerializer,
    ObligationSerializer,
    TreatyActionSerializer,
)
from countries.names import LANGUAGES


class InstrumentFilter(FilterSet):
    """Instruments by code."""

    code = django_filters.CharFilter(max_length=20)

    class Meta:
        model = Instrument
        fields: list[str] = []


class InstrumentViewSet(CountMixin, ReadOnlyModelViewSet[Instrument]):
    """Treaties that the programme serves."""

    queryset = Instrument.objects.all()
    serializer_class = InstrumentSerializer
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "instrument.read"}
    filter_backends = [StrictFilterBackend]
    filterset_class = InstrumentFilter
    lookup_field = "code"
    lookup_value_regex = "[A-Z0-9-]+"

    def get_queryset(self) -> QuerySet[Instrument]:
        """With their deposits, in two queries for all rows."""
        deposits = TreatyAction.objects.deposits().select_related("country")
        return Instrument.objects.order_by("order", "id").prefetch_related(
            Prefetch("actions", queryset=deposits)
        )


class TreatyActionViewSet(CountMixin, ReadOnlyModelViewSet[TreatyAction]):
    """Signatures, ratifications, accessions and entries into force, each with its source."""

    queryset = TreatyAction.objects.all()
    serializer_class = TreatyActionSerializer
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "instrument.read"}
    filter_backends = [StrictFilterBackend]
    filterset_class = TreatyActionFilter

    def get_queryset(self) -> QuerySet[TreatyAction]:
        """With instrument and country."""
        actions = TreatyAction.objects.visible_to(person_of(self.request))
        return actions.select_related("instrument", "country").order_by("id")


class ObligationFilter(FilterSet):
    """Obligations by words, instrument and pillar."""

    q = django_filters.CharFilter(method="search", max_length=120)
    instrument = instrument_filter()
    pillar = django_filters.CharFilter(max_length=40)

    class Meta:
        model = Obligation
        fields: list[str] = []

    def search(self, rows: Any, _name: str, text: str) -> Any:
        """A part of the name in any language, or the article or code itself."""
        words = text.strip()
        found = Q(article__iexact=words) | Q(code__iexact=words)
        for language in LANGUAGES:
            found |= Q(**{f"names__{language}__icontains": words})
        return rows.filter(found)


class ObligationViewSet(CountMixin, ReadOnlyModelViewSet[Obligation]):
    """What instruments oblige their parties to."""

    queryset = Obligation.objects.all()
    serializer_class = ObligationSerializer
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "instrument.read"}
    filter_backends = [StrictFilterBackend]
    filterset_class = ObligationFilter
    lookup_field = "code"
    lookup_value_regex = "[A-Za-z0-9-]+"

    def get_queryset(self) -> QuerySet[Obligation]:
        """With their instrument."""
        return Obligation.objects.select_related("instrument").order_by(
            "instrument__order", "order", "id"
        )
