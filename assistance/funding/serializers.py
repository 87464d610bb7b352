"""Money as the API shows it."""

from __future__ import annotations

from rest_framework import serializers

from assistance.funding.models import Funding


class FundingSerializer(serializers.Serializer[Funding]):
    """The money that something is set against."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    donor = serializers.CharField(source="donor.title")
