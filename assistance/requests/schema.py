"""What the schema of the API says of requests and cannot read from their serializer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from drf_spectacular.extensions import OpenApiSerializerExtension

from assistance.requests.list_serializers import STAFF_COLUMNS
from core.api.schema import leave_open

if TYPE_CHECKING:
    from drf_spectacular.utils import Direction


class RequestInFull(OpenApiSerializerExtension):
    """The columns that are the programme's own are not in what the country reads."""

    target_class = "assistance.requests.serializers.RequestSerializer"

    def map_serializer(self, auto_schema: Any, direction: Direction) -> dict[str, Any]:
        """The schema of the serializer, with these columns optional and choices that may be empty."""
        leave_open(self.target)
        described: dict[str, Any] = auto_schema._map_serializer(
            self.target, direction, bypass_extensions=True
        )
        described["required"] = [
            name for name in described.get("required", []) if name not in STAFF_COLUMNS
        ]
        return described
