"""Schedules as the API shows them."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import BoundedListField, StrictFieldsMixin
from reports.schedules.models import Schedule, ScheduleVersion


class VersionSerializer(serializers.ModelSerializer[ScheduleVersion]):
    """How a schedule works."""

    class Meta:
        model = ScheduleVersion
        fields = [
            "number",
            "frequency",
            "first_month",
            "dates",
            "valid_from",
            "valid_until",
            "cutoff_days",
            "languages",
            "formats",
            "zone",
            "hour",
            "attach",
            "group",
            "region",
            "pillar",
            "donor",
        ]


class ScheduleSerializer(serializers.ModelSerializer[Schedule]):
    """A schedule with its version in force. On creation the version's fields stand beside the title."""

    url = serializers.HyperlinkedIdentityField(view_name="api-schedule-detail")
    programme = serializers.CharField(source="programme.code", read_only=True)
    version = serializers.SerializerMethodField()

    class Meta:
        model = Schedule
        fields = ["id", "url", "title", "kind", "programme", "is_paused", "created_at", "version"]
        read_only_fields = ["kind", "is_paused", "created_at"]

    @extend_schema_field(VersionSerializer)
    def get_version(self, schedule: Schedule) -> dict[str, object] | None:
        """The open version."""
        version = next((v for v in schedule.versions.all() if v.valid_until is None), None)
        return VersionSerializer(version).data if version else None


class NewScheduleSerializer(StrictFieldsMixin, serializers.Serializer[None]):
    """What a new schedule needs; validated by the same form as the page's."""

    programme = serializers.CharField(help_text="Code of the programme.")
    kind = serializers.CharField(default="progress", help_text="Which report.")
    title = serializers.CharField()
    frequency = serializers.CharField()
    first_month = serializers.IntegerField(
        default=1, help_text="Month in which the year begins: of a fiscal year another than 1."
    )
    dates = BoundedListField(
        child=serializers.DateField(),
        default=[],
        max_length=400,
        help_text="With the frequency `dates`: each begins a period, the last ends one.",
    )
    valid_from = serializers.DateField(required=False, help_text="Needed unless dates are given.")
    cutoff_days = serializers.IntegerField(default=11)
    hour = serializers.IntegerField(default=6, help_text="At which work starts, in the zone.")
    zone = serializers.CharField(
        default="", allow_blank=True, help_text="The programme's own where none is given."
    )
    countries = BoundedListField(
        child=serializers.CharField(),
        default=[],
        max_length=300,
        help_text="ISO 3166 alpha-3 codes; all where none is named.",
    )
    group = serializers.CharField(
        default="", allow_blank=True, help_text="Code of a group of countries."
    )
    region = serializers.CharField(default="", allow_blank=True)
    pillar = serializers.CharField(default="", allow_blank=True, help_text="Code.")
    donor = serializers.IntegerField(default=None, allow_null=True)
    languages = BoundedListField(child=serializers.CharField(), default=["en"], max_length=20)
    formats = BoundedListField(
        child=serializers.CharField(), default=["html", "pdf", "xlsx", "csv", "json"], max_length=20
    )
    attach = serializers.BooleanField(
        default=False, help_text="Whether the PDF goes along with mails."
    )
    recipients = BoundedListField(
        child=serializers.IntegerField(),
        default=[],
        max_length=500,
        help_text="Ids of staff of the programme; its managers are told in any case.",
    )


class ProduceSerializer(StrictFieldsMixin, serializers.Serializer[None]):
    """Which period is wanted."""

    day = serializers.DateField(help_text="Any day in the period.")
