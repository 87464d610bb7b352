"""Processes, sessions and attendance, to be read only."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet
from rest_framework.permissions import IsAuthenticated
from rest_framework.viewsets import ReadOnlyModelViewSet

from accounts.api.permissions import VerbPermission
from accounts.types import person_of
from core.api.counting import CountMixin
from core.api.filters import StrictFilterBackend
from core.filters import FilterSet
from countries.processes.filters import AttendanceFilter, SessionFilter
from countries.processes.models import Process, ProcessSession, SessionAttendance
from countries.processes.serializers import (
    AttendanceSerializer,
    ProcessSerializer,
    SessionSerializer,
)


class ProcessFilter(FilterSet):
    """Processes by code."""

    code = django_filters.CharFilter(max_length=40)

    class Meta:
        model = Process
        fields: list[str] = []


class ProcessViewSet(CountMixin, ReadOnlyModelViewSet[Process]):
    """Intergovernmental processes that the programme serves."""

    queryset = Process.objects.all()
    serializer_class = ProcessSerializer
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "process.read"}
    filter_backends = [StrictFilterBackend]
    filterset_class = ProcessFilter
    lookup_field = "code"

    def get_queryset(self) -> QuerySet[Process]:
        """With what they name."""
        return Process.objects.select_related("came_after", "instrument").order_by("order", "id")


class SessionViewSet(CountMixin, ReadOnlyModelViewSet[ProcessSession]):
    """Sessions of processes."""

    queryset = ProcessSession.objects.all()
    serializer_class = SessionSerializer
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "process.read"}
    filter_backends = [StrictFilterBackend]
    filterset_class = SessionFilter

    def get_queryset(self) -> QuerySet[ProcessSession]:
        """With process, numbers, documents and recommendations, in three queries for all rows."""
        return (
            ProcessSession.objects.select_related("process", "numbers")
            .prefetch_related("documents", "recommendations")
            .order_by("-starts_on", "-id")
        )


class AttendanceViewSet(CountMixin, ReadOnlyModelViewSet[SessionAttendance]):
    """Countries at sessions: all for staff, those of their own countries for focal points."""

    queryset = SessionAttendance.objects.all()
    serializer_class = AttendanceSerializer
    permission_classes = [IsAuthenticated, VerbPermission]
    verbs = {"list": "attendance.read"}
    filter_backends = [StrictFilterBackend]
    filterset_class = AttendanceFilter

    def get_queryset(self) -> QuerySet[SessionAttendance]:
        """The reader's."""
        rows = SessionAttendance.objects.visible_to(person_of(self.request))
        return rows.select_related("country", "session__process").order_by("-id")
