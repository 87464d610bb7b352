"""Plans as the API shows them."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assistance.plans.models import PlanIndicator, PlannedStep, ResponsePlan
from assistance.plans.result_models import PlanIndicatorValue
from assistance.plans.results import results_of


class StepSerializer(serializers.ModelSerializer[PlannedStep]):
    """A step of a plan."""

    class Meta:
        model = PlannedStep
        fields = ["what", "starts_on", "ends_on", "who", "cost"]


class IndicatorValueSerializer(serializers.ModelSerializer[PlanIndicatorValue]):
    """A value with when and how it was measured."""

    class Meta:
        model = PlanIndicatorValue
        fields = ["wave", "value", "measured_on", "source"]


class IndicatorSerializer(serializers.ModelSerializer[PlanIndicator]):
    """By what will be seen that it helped."""

    values = serializers.SerializerMethodField()

    class Meta:
        model = PlanIndicator
        fields = ["title", "unit", "baseline", "target", "values"]

    @extend_schema_field(IndicatorValueSerializer(many=True))
    def get_values(self, indicator: PlanIndicator) -> list[dict[str, object]]:
        """The one that counts of each wave that was recorded."""
        (result,) = results_of([indicator])
        return [dict(IndicatorValueSerializer(value).data) for value in result.values if value]


class PlanSerializer(serializers.ModelSerializer[ResponsePlan]):
    """A version of the response plan."""

    cost = serializers.DecimalField(max_digits=16, decimal_places=2, read_only=True)
    proposed_by = serializers.CharField(source="proposed_by.name", read_only=True)
    steps = StepSerializer(many=True, read_only=True)
    indicators = IndicatorSerializer(many=True, read_only=True)

    class Meta:
        model = ResponsePlan
        fields = [
            "version",
            "status",
            "summary",
            "proposed_by",
            "proposed_at",
            "agreed_by_name",
            "agreed_at",
            "cost",
            "steps",
            "indicators",
        ]
