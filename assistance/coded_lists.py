"""Codes of a maintained list, as programs send them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model, QuerySet
from rest_framework import serializers


def checked_codes(codes: Iterable[str], rows: QuerySet[Model], sentence: str) -> list[str]:
    """Each code once. Raises ValidationError for one that no row has, with a sentence that names it
    (`%(code)s`)."""
    known = set(rows.values_list("code", flat=True))
    unknown = [code for code in codes if code not in known]
    if unknown:
        raise serializers.ValidationError(sentence % {"code": unknown[0]})
    return list(dict.fromkeys(codes))
