"""Schedules through the API."""

from __future__ import annotations

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, mixins, viewsets
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.api.idempotency import create_once
from accounts.api.permissions import VerbPermission
from accounts.types import person_of
from assistance.programmes.models import Programme
from assistance.requests.api_errors import refusals_answered
from core.api.counting import CountMixin
from reports.reports.serializers import ReportLineSerializer
from reports.schedules import on_demand, services
from reports.schedules.forms import PeriodForm, ScheduleForm
from reports.schedules.models import Schedule
from reports.schedules.serializers import (
    NewScheduleSerializer,
    ProduceSerializer,
    ScheduleSerializer,
)


class ScheduleViewSet(
    CountMixin,
    mixins.ListModelMixin,
    mixins.RetrieveModelMixin,
    mixins.CreateModelMixin,
    viewsets.GenericViewSet[Schedule],
):
    """Schedules of reports."""

    queryset = Schedule.objects.none()
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {
        "list": "schedule.read",
        "create": "schedule.manage",
        "pause": "schedule.manage",
        "resume": "schedule.manage",
        "produce": "schedule.manage",
    }
    serializer_class = ScheduleSerializer

    def get_queryset(self) -> QuerySet[Schedule]:
        """Of the reader's programmes."""
        return (
            Schedule.objects.visible_to(person_of(self.request))
            .select_related("programme")
            .prefetch_related("versions")
        )

    @extend_schema(request=NewScheduleSerializer, responses={201: ScheduleSerializer})
    def create(self, request: Request, *args: object, **kwargs: object) -> Response:
        """A new schedule, by a manager."""
        return create_once(request, lambda: self._create(request), self._made)

    def _create(self, request: Request) -> tuple[int, Response]:
        """Validated by the page's own form."""
        given = NewScheduleSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        code, programmes = (
            given.validated_data["programme"],
            {p.code: p for p in Programme.objects.visible_to(person_of(request))},
        )
        if code not in programmes:
            sentence = _("There is no programme “%(code)s”. Known are: %(known)s.") % {
                "code": code,
                "known": ", ".join(sorted(programmes)) or "–",
            }
            raise exceptions.ValidationError({"programme": [sentence]})
        form = ScheduleForm(
            given.validated_data | {"programme": programmes[code].pk}, user=person_of(request)
        )
        if not form.is_valid():
            raise exceptions.ValidationError(
                {name: [str(e) for e in errors] for name, errors in form.errors.items()}
            )
        schedule = services.create_schedule(person_of(request), form.values)
        return schedule.pk, self._made(schedule.pk)

    def _made(self, pk: int) -> Response:
        """A schedule that was made, to who may read it. Raises Http404."""
        return Response(
            self.get_serializer(get_object_or_404(self.get_queryset(), pk=pk)).data, status=201
        )

    @extend_schema(request=None, responses=ScheduleSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: str | None = None) -> Response:
        """No report of it is produced until it is resumed."""
        return self._pause(request, paused=True)

    @extend_schema(request=None, responses=ScheduleSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str | None = None) -> Response:
        """Goes on; what came due in the pause is skipped."""
        return self._pause(request, paused=False)

    @extend_schema(request=ProduceSerializer, responses=ReportLineSerializer(many=True))
    @action(detail=True, methods=["post"], pagination_class=None)
    def produce(self, request: Request, pk: str | None = None) -> Response:
        """Produces the reports of the period with a day in it, also of a period before the schedule began."""
        given = ProduceSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        form = PeriodForm(given.validated_data)
        if not form.is_valid():
            raise exceptions.ValidationError(
                {name: [str(e) for e in errors] for name, errors in form.errors.items()}
            )
        with refusals_answered(request):
            reports = on_demand.run_now(
                person_of(request), self.get_object().pk, form.cleaned_data["day"]
            )
        return Response(
            ReportLineSerializer(reports, many=True, context=self.get_serializer_context()).data
        )

    def _pause(self, request: Request, *, paused: bool) -> Response:
        """Pauses or resumes."""
        with refusals_answered(request):
            schedule = services.pause_schedule(
                person_of(request), self.get_object().pk, paused=paused
            )
        return Response(self.get_serializer(self.get_queryset().get(pk=schedule.pk)).data)
