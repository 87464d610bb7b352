"""Results frameworks as the API shows them."""

from __future__ import annotations

from rest_framework import serializers

from assistance.programmes.serializers import LinkedSerializer
from assistance.results.models import (
    Indicator,
    IndicatorTarget,
    Outcome,
    Output,
    ResultsFramework,
)


class FrameworkTargetSerializer(serializers.ModelSerializer[IndicatorTarget]):
    """What is to be reached by the end of a day; of a share in per cent."""

    class Meta:
        model = IndicatorTarget
        fields = ["by", "value", "words"]


class FrameworkIndicatorSerializer(serializers.ModelSerializer[Indicator]):
    """An indicator. Its values stand in reports, as the figures `results.<code>` and
    `results.<code>.cumulative`."""

    targets = FrameworkTargetSerializer(many=True, read_only=True)

    class Meta:
        model = Indicator
        fields = [
            "id",
            "code",
            "text",
            "definition",
            "unit",
            "measurement",
            "direction",
            "over_periods",
            "over_places",
            "baseline_year",
            "baseline",
            "baseline_numerator",
            "baseline_denominator",
            "baseline_words",
            "targets",
            "disaggregations",
            "means_of_verification",
            "source",
            "frequency",
            "responsible",
            "figure",
            "narrowed_by",
        ]


class FrameworkOutputSerializer(serializers.ModelSerializer[Output]):
    """An output with its indicators."""

    pillar = serializers.CharField(source="pillar.code", read_only=True, default=None)
    indicators = FrameworkIndicatorSerializer(many=True, read_only=True)

    class Meta:
        model = Output
        fields = ["code", "text", "pillar", "indicators"]


class FrameworkOutcomeSerializer(serializers.ModelSerializer[Outcome]):
    """An outcome with its own indicators and its outputs."""

    indicators = FrameworkIndicatorSerializer(source="own", many=True, read_only=True)
    outputs = FrameworkOutputSerializer(many=True, read_only=True)

    class Meta:
        model = Outcome
        fields = ["code", "text", "sdg_targets", "indicators", "outputs"]


class FrameworkSerializer(LinkedSerializer[ResultsFramework]):
    """A version of a programme's results framework, whole."""

    basename, key = "api-results-framework", "pk"
    programme = serializers.CharField(source="programme.code", read_only=True)
    outcomes = FrameworkOutcomeSerializer(many=True, read_only=True)

    class Meta:
        model = ResultsFramework
        fields = [
            "id",
            "url",
            "programme",
            "code",
            "title",
            "version",
            "first_day",
            "until",
            "valid_from",
            "sdg_targets",
            "outcomes",
        ]
