"""Tools as the API shows them."""

from __future__ import annotations

from rest_framework import serializers

from assistance.programmes.serializers import LinkedSerializer
from assistance.tools.models import Tool, ToolVersion


class ToolVersionSerializer(serializers.ModelSerializer[ToolVersion]):
    """An edition of a tool."""

    class Meta:
        model = ToolVersion
        fields = ["label", "languages", "url", "broken_since"]


class ToolSerializer(LinkedSerializer[Tool]):
    """A tool with its versions, the latest first; engagements name it by its code."""

    basename, key = "api-tool", "code"
    replaced_by = serializers.CharField(source="replaced_by.code", read_only=True, default=None)
    versions = ToolVersionSerializer(many=True, read_only=True)

    class Meta:
        model = Tool
        fields = [
            "id",
            "url",
            "code",
            "title",
            "kind",
            "owner",
            "licence",
            "note",
            "replaced_by",
            "versions",
        ]
