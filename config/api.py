"""The router of the API: one line an endpoint; schema and documentation beside it."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import path, re_path
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import DefaultRouter
from rest_framework.views import APIView

from assistance.engagements.api import EngagementViewSet
from assistance.programmes.api import PillarViewSet, ProgrammeViewSet, ThemeViewSet
from assistance.requests import schema as request_schema  # noqa: F401 the same of requests
from assistance.requests.api import RequestViewSet
from assistance.results.api import FrameworkViewSet
from assistance.tools.api import ToolViewSet
from audit.api import AuditViewSet
from config.api_schema import SchemaView
from core.api import schema  # noqa: F401 registers what the schema says of tokens
from countries.geography.api import CountryViewSet, InstitutionViewSet
from countries.instruments.api import (
    InstrumentViewSet,
    ObligationViewSet,
    TreatyActionViewSet,
)
from countries.processes.api import AttendanceViewSet, ProcessViewSet, SessionViewSet
from portal.search.api import SearchViewSet
from reports.reports.api import ReportViewSet
from reports.schedules.api import ScheduleViewSet

router = DefaultRouter()
router.register("requests", RequestViewSet, "api-request")
router.register("engagements", EngagementViewSet, "api-engagement")
router.register("countries", CountryViewSet, "api-country")
router.register("institutions", InstitutionViewSet, "api-institution")
router.register("instruments", InstrumentViewSet, "api-instrument")
router.register("treaty-actions", TreatyActionViewSet, "api-treaty-action")
router.register("obligations", ObligationViewSet, "api-obligation")
router.register("processes", ProcessViewSet, "api-process")
router.register("sessions", SessionViewSet, "api-session")
router.register("attendances", AttendanceViewSet, "api-attendance")
router.register("tools", ToolViewSet, "api-tool")
router.register("results-frameworks", FrameworkViewSet, "api-results-framework")
router.register("programmes", ProgrammeViewSet, "api-programme")
router.register("pillars", PillarViewSet, "api-pillar")
router.register("themes", ThemeViewSet, "api-theme")
router.register("search", SearchViewSet, "api-search")
router.register("reports", ReportViewSet, "api-report")
router.register("schedules", ScheduleViewSet, "api-schedule")
router.register("audit/(?P<subject>[a-z_]+)", AuditViewSet, "api-audit")


@extend_schema(exclude=True)
class Nothing(APIView):
    """What has no endpoint is answered as the rest of the API answers, not by a page."""

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Every method."""
        self.http_method_not_allowed = self.nothing  # type: ignore[method-assign]
        return super().dispatch(request, *args, **kwargs)

    def nothing(self, request: Request, *args: object, **kwargs: object) -> Response:
        """Raises NotFound."""
        raise NotFound


urlpatterns = [
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
    *router.urls,
    re_path(r"^.*/$", Nothing.as_view()),
]
