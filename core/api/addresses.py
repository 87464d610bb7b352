"""Addresses of the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

if TYPE_CHECKING:
    from rest_framework.request import Request


def absolute_url(view: str, *args: object, request: HttpRequest | Request | None = None) -> str:
    """An absolute address of the API."""
    path = reverse(view, args=args)
    return request.build_absolute_uri(path) if request is not None else path


def number_of(pk: object) -> int:
    """The id that an address names; -1, which nothing has, where it is no number."""
    return int(str(pk)) if str(pk).isascii() and str(pk).isdigit() else -1
