"""Money as the API shows it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class FundingSerializer(serializers.Serializer[Any]):
    """The money that something is set against."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    donor = serializers.CharField(source="donor.title")
