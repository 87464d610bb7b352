"""Programmes, pillars and themes as the API shows them."""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model
from rest_framework import serializers
from rest_framework.reverse import reverse

from assistance.programmes.models import Pillar, Programme, Theme

Row = TypeVar("Row", bound=Model)


class LinkedSerializer(serializers.ModelSerializer[Row]):
    """Adds the object's own address; `basename` says of which endpoint, `key` by which column."""

    basename = ""
    key = "pk"
    url = serializers.SerializerMethodField()

    def get_url(self, obj: Row) -> str:
        """Absolute."""
        return reverse(
            f"{self.basename}-detail",
            args=[getattr(obj, self.key)],
            request=self.context.get("request"),
        )


class ProgrammeSerializer(LinkedSerializer[Programme]):
    """A programme; its code is how other objects name it."""

    basename, key = "api-programme", "code"

    class Meta:
        model = Programme
        fields = ["id", "url", "code", "title", "zone", "currency", "is_active"]


class PillarSerializer(LinkedSerializer[Pillar]):
    """A pillar with its names."""

    basename, key = "api-pillar", "code"
    name = serializers.CharField(read_only=True)
    names = serializers.DictField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Pillar
        fields = ["id", "url", "code", "name", "names", "valid_from", "valid_until"]


class ThemeSerializer(LinkedSerializer[Theme]):
    """A theme with its names."""

    basename, key = "api-theme", "code"
    name = serializers.CharField(read_only=True)
    names = serializers.DictField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Theme
        fields = ["id", "url", "code", "name", "names", "is_active"]
