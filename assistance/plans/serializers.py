"""Plans as the API shows them."""

from __future__ import annotations

from rest_framework import serializers

from assistance.plans.models import PlanIndicator, PlannedStep, ResponsePlan


class StepSerializer(serializers.ModelSerializer[PlannedStep]):
    """A step of a plan."""

    class Meta:
        model = PlannedStep
        fields = ["what", "starts_on", "ends_on", "who", "cost"]


class IndicatorSerializer(serializers.ModelSerializer[PlanIndicator]):
    """By what will be seen that it helped."""

    class Meta:
        model = PlanIndicator
        fields = ["title", "unit", "baseline", "target"]


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
