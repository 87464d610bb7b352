"""Reports through the API."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import get_language
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.api.permissions import VerbPermission
from accounts.types import person_of
from core.api.counting import CountMixin
from core.api.filters import StrictFilterBackend
from reports.reports.filters import ReportFilter
from reports.reports.models import Report
from reports.reports.serializers import FigureRowsSerializer, ReportLineSerializer, ReportSerializer
from reports.snapshots import rows


class ReportViewSet(
    CountMixin, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Report]
):
    """Reports: what is expected, produced, published; with documents, figures and the rows behind them."""

    queryset = Report.objects.none()
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "report.read_internal"}
    filter_backends = [StrictFilterBackend]
    filterset_class = ReportFilter
    serializer_class = ReportSerializer

    def get_queryset(self) -> QuerySet[Report]:
        """Those that the reader may open."""
        return Report.objects.visible_to(person_of(self.request)).select_related(
            "version__schedule__programme"
        )

    def get_serializer_class(self) -> type[BaseSerializer[Report]]:
        """Lists are lean."""
        return ReportLineSerializer if self.action == "list" else super().get_serializer_class()

    @extend_schema(
        responses=FigureRowsSerializer,
        parameters=[OpenApiParameter("code", OpenApiTypes.STR, OpenApiParameter.PATH)],
    )
    @action(
        detail=True,
        url_path=r"figures/(?P<code>[\w.\-]+)/rows",
        url_name="rows",
        pagination_class=None,
        filterset_class=None,
    )
    def rows(self, request: Request, code: str, pk: str | None = None) -> Response:
        """Exactly the rows that the figure counts."""
        revision = self.get_object().current
        if revision is None:
            raise Http404
        try:
            opened = rows.open_figure(revision.contents, code, get_language() or "en")
        except KeyError:
            raise Http404 from None
        shown = [{k: v for k, v in row.items() if k != "path"} for row in opened.rows]
        about = {
            "code": code,
            "label": opened.label,
            "unit": opened.unit,
            "value": opened.figure["value"],
            "count": len(shown),
        }
        # a list like any other, always of one page
        return Response(about | {"next": None, "previous": None, "results": shown})
