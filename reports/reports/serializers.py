"""Reports as the API shows them."""

from __future__ import annotations

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.reverse import reverse

from core.api.serializers import own_field
from reports.documents.csv_json import figure_rows
from reports.documents.models import ReportDocument
from reports.reports.models import Report
from reports.snapshots.canonical import read_snapshot


class DocumentSerializer(serializers.ModelSerializer[ReportDocument]):
    """A stored document."""

    url = serializers.SerializerMethodField()

    class Meta:
        model = ReportDocument
        fields = ["language", "format", "audience", "sha256", "size", "url"]

    def get_url(self, document: ReportDocument) -> str:
        """Where its bytes are."""
        return str(
            reverse("report_document", args=[document.key], request=self.context.get("request"))
        )


class FigureSerializer(serializers.Serializer[dict[str, object]]):
    """One figure: `value` of a share is numerator ÷ denominator to four places; money is a decimal as text. Of a mean of answers, or a sum that only
    some rows state, `numerator` is how many answered or state it, `denominator` of how many."""

    code = serializers.CharField()
    label = own_field(serializers.CharField())
    unit = serializers.CharField()
    value = serializers.JSONField(help_text="A number, a text or null.")
    numerator = serializers.JSONField(
        help_text="A number, of a cost per participation a decimal as text, or null."
    )
    denominator = serializers.IntegerField(allow_null=True)
    previous = serializers.JSONField(help_text="The same of the period before, or null.")
    year_before = serializers.JSONField(
        help_text="The same of the same period a year earlier, or null."
    )
    rows_url = serializers.CharField()


class ReportLineSerializer(serializers.ModelSerializer[Report]):
    """A report in a list."""

    url = serializers.HyperlinkedIdentityField(view_name="api-report-detail")
    title = serializers.CharField(source="version.schedule.title", read_only=True)
    kind = serializers.CharField(source="version.schedule.kind", read_only=True)
    programme = serializers.CharField(source="version.schedule.programme.code", read_only=True)
    schedule = serializers.IntegerField(source="version.schedule_id", read_only=True)
    reason = serializers.CharField(source="why", read_only=True)

    class Meta:
        model = Report
        fields = [
            "id",
            "url",
            "title",
            "kind",
            "subject_type",
            "subject_id",
            "programme",
            "schedule",
            "period_start",
            "period_end",
            "cutoff_at",
            "due_at",
            "state",
            "reason",
            "produced_at",
            "published_at",
        ]


class ReportSerializer(ReportLineSerializer):
    """A report with its documents and figures."""

    revision = serializers.SerializerMethodField()
    snapshot_sha256 = serializers.SerializerMethodField()
    documents = serializers.SerializerMethodField()
    figures = serializers.SerializerMethodField()

    class Meta(ReportLineSerializer.Meta):
        fields = [
            *ReportLineSerializer.Meta.fields,
            "revision",
            "snapshot_sha256",
            "documents",
            "figures",
        ]

    def get_revision(self, report: Report) -> int | None:
        """Number of the revision in force."""
        return report.current.number if report.current else None

    def get_snapshot_sha256(self, report: Report) -> str | None:
        """Hash of its snapshot."""
        return report.current.sha256 if report.current else None

    @extend_schema_field(DocumentSerializer(many=True))
    def get_documents(self, report: Report) -> object:
        """Documents of the revision in force."""
        revision = report.current
        return (
            DocumentSerializer(revision.internal_documents, many=True, context=self.context).data
            if revision
            else []
        )

    @extend_schema_field(FigureSerializer(many=True))
    def get_figures(self, report: Report) -> list[dict[str, object]]:
        """Every figure with where its rows are."""
        revision = report.current
        if revision is None:
            return []
        request = self.context.get("request")
        keys = (
            "code",
            "label",
            "unit",
            "value",
            "numerator",
            "denominator",
            "previous",
            "year_before",
        )
        rows = figure_rows(read_snapshot(revision.snapshot), get_language() or "en")
        return [
            {k: row[k] for k in keys}
            | {
                "rows_url": reverse(
                    "api-report-rows", args=[report.pk, row["code"]], request=request
                )
            }
            for row in rows
        ]


class RowSerializer(serializers.Serializer[dict[str, object]]):
    """A row that a figure counts."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    kind = serializers.CharField()


class FigureRowsSerializer(serializers.Serializer[dict[str, object]]):
    """The rows that a figure counts: a list like any other, always of one page."""

    code = serializers.CharField()
    label = own_field(serializers.CharField())
    unit = serializers.CharField()
    value = serializers.JSONField(help_text="A number, a text or null.")
    count = serializers.IntegerField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = RowSerializer(many=True)
