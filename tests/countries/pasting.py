"""Tables that are pasted, for tests."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.test import Client


def taken_over(client: Client, place: str, text: str) -> HttpResponseBase:
    """What follows once a table was seen as what it would change, and is taken over."""
    stamp = client.post(place, {"text": text}).context["preview"].stamp
    return client.post(place, {"text": text, "stamp": stamp, "import": "yes"})
