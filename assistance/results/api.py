"""Results frameworks, to be read only."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework.permissions import IsAuthenticated
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.api.permissions import VerbPermission
from accounts.types import person_of
from assistance.results.filters import FrameworkFilter
from assistance.results.models import ResultsFramework
from assistance.results.serializers import FrameworkSerializer
from core.api.counting import CountMixin
from core.api.filters import StrictFilterBackend


class FrameworkViewSet(CountMixin, ReadOnlyModelViewSet[ResultsFramework]):
    """Versions of the results frameworks of one's programmes."""

    queryset = ResultsFramework.objects.none()
    serializer_class = FrameworkSerializer
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "result.read"}
    filter_backends = [StrictFilterBackend]
    filterset_class = FrameworkFilter

    def get_queryset(self) -> QuerySet[ResultsFramework]:
        """Whole, in a query a table."""
        visible = ResultsFramework.objects.visible_to(person_of(self.request))
        return visible.whole().order_by("programme__code", "version", "id")
