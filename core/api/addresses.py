"""Addresses of the API."""

from __future__ import annotations

from typing import Any

from django.urls import reverse


def absolute_url(view: str, *args: Any, request: Any = None) -> str:
    """An absolute address of the API."""
    path = reverse(view, args=args)
    return request.build_absolute_uri(path) if request is not None else path
