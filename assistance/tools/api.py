"""Tools, to be read only."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework.permissions import IsAuthenticated
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.api.permissions import VerbPermission
from assistance.tools.filters import ToolFilter
from assistance.tools.models import Tool
from assistance.tools.serializers import ToolSerializer
from core.api.counting import CountMixin
from core.api.filters import StrictFilterBackend


class ToolViewSet(CountMixin, ReadOnlyModelViewSet[Tool]):
    """Repositories, guides, curricula and model laws."""

    queryset = Tool.objects.all()
    serializer_class = ToolSerializer
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "tool.read"}
    filter_backends = [StrictFilterBackend]
    filterset_class = ToolFilter
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[Tool]:
        """With versions, in two queries for all rows."""
        tools = Tool.objects.select_related("replaced_by").prefetch_related("versions")
        return tools.order_by("title", "id")
