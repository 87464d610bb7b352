"""Small lists that other objects name by code: programmes, pillars, themes. To be read only."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model
from rest_framework.permissions import IsAuthenticated
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.api.permissions import VerbPermission
from accounts.types import person_of
from assistance.programmes.models import Pillar, Programme, Theme
from assistance.programmes.querysets import ProgrammeQuerySet
from assistance.programmes.serializers import PillarSerializer, ProgrammeSerializer, ThemeSerializer

Row = TypeVar("Row", bound=Model)


class SmallList(ReadOnlyModelViewSet[Row]):
    """Read-only, found by code."""

    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "api.read"}
    filter_backends = []
    lookup_field = "code"


class ProgrammeViewSet(SmallList[Programme]):
    """Programmes: staff see those they work for, focal points those to which a request can be addressed."""

    queryset = Programme.objects.order_by("title")
    serializer_class = ProgrammeSerializer

    def get_queryset(self) -> ProgrammeQuerySet:
        """The reader's."""
        return Programme.objects.visible_to(person_of(self.request)).order_by("title")


class PillarViewSet(SmallList[Pillar]):
    """Pillars in their order, with the days in which they are in use."""

    queryset = Pillar.objects.order_by("order")
    serializer_class = PillarSerializer


class ThemeViewSet(SmallList[Theme]):
    """The maintained list of themes."""

    queryset = Theme.objects.order_by("order", "code")
    serializer_class = ThemeSerializer
