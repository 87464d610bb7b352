"""Processes, sessions and attendance as the API shows them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.types import person_of
from core.api.addresses import absolute_url
from countries.processes.models import (
    Process,
    ProcessSession,
    SessionAttendance,
    SessionDocument,
    SessionRecommendation,
)
from countries.processes.registry import Support, Supports, support_at


class ProcessSerializer(serializers.ModelSerializer[Process]):
    """An intergovernmental process."""

    url = serializers.SerializerMethodField()
    title = serializers.CharField(
        source="name", read_only=True, help_text="In the reader's language."
    )
    full_title = serializers.CharField(source="full_name", read_only=True)
    titles = serializers.DictField(source="names", child=serializers.CharField(), read_only=True)
    summary = serializers.CharField(read_only=True)
    came_after = serializers.CharField(source="came_after.code", read_only=True, default=None)
    instrument = serializers.CharField(source="instrument.code", read_only=True, default=None)

    class Meta:
        model = Process
        fields = [
            "id",
            "url",
            "code",
            "title",
            "full_title",
            "titles",
            "summary",
            "mandate",
            "mandate_url",
            "since",
            "came_after",
            "instrument",
        ]

    def get_url(self, process: Process) -> str:
        """Absolute."""
        return absolute_url("api-process-detail", process.code, request=self.context.get("request"))


class SessionDocumentSerializer(serializers.ModelSerializer[SessionDocument]):
    """A document before a session; `symbol` is empty where it is not entered."""

    class Meta:
        model = SessionDocument
        fields = ["symbol", "title", "kind", "dated_on", "languages", "url", "source"]


class SessionRecommendationSerializer(serializers.ModelSerializer[SessionRecommendation]):
    """What a session recommended; requests and engagements name it by its code."""

    class Meta:
        model = SessionRecommendation
        fields = ["code", "number", "text"]


class SessionSerializer(serializers.ModelSerializer[ProcessSession]):
    """A session of a process, with the documents before it and what it recommended.

    `countries` is how many are entered, `delegates` their number, null where none is known, and
    `without_delegates` of how many countries it is not; `attendance_is_whole` says that every country
    which attended is entered, `is_invented` that some of it is sample data.
    """

    url = serializers.SerializerMethodField()
    process = serializers.CharField(source="process.code", read_only=True)
    title = serializers.CharField(
        source="name", read_only=True, help_text="In the reader's language."
    )
    titles = serializers.DictField(source="names", child=serializers.CharField(), read_only=True)
    countries = serializers.IntegerField(source="numbers.countries", read_only=True)
    delegates = serializers.IntegerField(
        source="numbers.delegates", read_only=True, allow_null=True
    )
    without_delegates = serializers.IntegerField(source="numbers.without_delegates", read_only=True)
    is_invented = serializers.BooleanField(source="numbers.is_invented", read_only=True)
    documents = SessionDocumentSerializer(many=True, read_only=True)
    recommendations = SessionRecommendationSerializer(many=True, read_only=True)

    class Meta:
        model = ProcessSession
        fields = [
            "id",
            "url",
            "process",
            "kind",
            "title",
            "titles",
            "starts_on",
            "ends_on",
            "place",
            "agenda",
            "chair",
            "outcome",
            "attendance_is_whole",
            "countries",
            "delegates",
            "without_delegates",
            "is_invented",
            "documents",
            "recommendations",
        ]

    def get_url(self, session: ProcessSession) -> str:
        """Absolute."""
        return absolute_url("api-session-detail", session.pk, request=self.context.get("request"))


class AttendanceList(serializers.ListSerializer[SessionAttendance]):
    """Looks up what brought all rows at once."""

    def to_representation(self, data: Any) -> list[Any]:
        """The rows."""
        rows = list(data)
        self.context["support"] = support_of(rows, self)
        return super().to_representation(rows)


class AttendanceSerializer(serializers.ModelSerializer[SessionAttendance]):
    """A country at a session. A number that is null is not known; `is_invented` marks sample data.

    `supported` says whether an engagement that the reader may see brought somebody there,
    `engagements` which.
    """

    url = serializers.SerializerMethodField()
    session = serializers.IntegerField(source="session_id", read_only=True)
    process = serializers.CharField(source="session.process.code", read_only=True)
    country = serializers.CharField(source="country.iso3", read_only=True)
    delegates = serializers.IntegerField(read_only=True, allow_null=True)
    supported = serializers.SerializerMethodField()
    engagements = serializers.SerializerMethodField()

    class Meta:
        model = SessionAttendance
        list_serializer_class = AttendanceList
        fields = [
            "id",
            "url",
            "process",
            "session",
            "country",
            "women",
            "men",
            "other",
            "unknown",
            "delegates",
            "level",
            "supported",
            "engagements",
            "is_invented",
        ]

    def get_url(self, attendance: SessionAttendance) -> str:
        """Absolute."""
        return absolute_url(
            "api-attendance-detail", attendance.pk, request=self.context.get("request")
        )

    def support(self, row: SessionAttendance) -> Support:
        """What brought this country there."""
        if "support" not in self.context:
            self.context["support"] = support_of([row], self)
        found: Supports = self.context["support"]
        return found.get((row.session_id, row.country_id), Support())

    def get_supported(self, row: SessionAttendance) -> bool:
        """Whether it took place."""
        return self.support(row).is_held

    @extend_schema_field(serializers.ListField(child=serializers.IntegerField()))
    def get_engagements(self, row: SessionAttendance) -> list[int]:
        """Ids."""
        return sorted(self.support(row).engagements)


def support_of(
    rows: Sequence[SessionAttendance], serializer: serializers.BaseSerializer[Any]
) -> Supports:
    """What brought these countries to these sessions, as far as the reader may see it."""
    reader = person_of(serializer.context["request"])
    return support_at({row.session_id for row in rows}, reader)
