"""The schema of the API, described once in each language and form and then sent from memory.

To describe it takes a third of a second of a processor, and strangers may ask for it. It is the same
for every reader and changes with a release alone, which starts new processes.
"""

from __future__ import annotations

import threading

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import APIException
from rest_framework.request import Request

MOST_WAITING = 2  # threads that describe it or wait for that; the others are for everybody else
KEPT_HEADERS = ("Content-Type", "Content-Disposition")

_kept: dict[tuple[str, str], tuple[bytes, dict[str, str]]] = {}
_describing = threading.Lock()
_waiting = threading.BoundedSemaphore(MOST_WAITING)


class Busy(APIException):
    """It is being described for others."""

    status_code = 503
    wait = 2  # seconds, for the header Retry-After


class SchemaView(SpectacularAPIView):
    """The library's view, with a memory; what does not exist makes no variant of its own."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: object, **kwargs: object) -> HttpResponse:
        """The schema as YAML or JSON. Raises Busy."""
        wanted = request.GET.get("lang") or translation.get_language() or ""
        language = wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        key = (language, request.accepted_renderer.media_type)
        if key not in _kept:
            self.describe(request, key)
        content, headers = _kept[key]
        return HttpResponse(content, headers=headers)

    def describe(self, request: Request, key: tuple[str, str]) -> None:
        """Keeps the variant, unless somebody else has meanwhile. Raises Busy."""
        if not _waiting.acquire(blocking=False):
            raise Busy
        try:
            with _describing:
                if key not in _kept:
                    _kept[key] = self.described(request, key[0])
        finally:
            _waiting.release()

    def described(self, request: Request, language: str) -> tuple[bytes, dict[str, str]]:
        """The library's answer, as bytes with its headers."""
        with translation.override(language):
            response = self._get_schema_response(request)
            response.accepted_renderer = request.accepted_renderer
            response.accepted_media_type = request.accepted_media_type
            response.renderer_context = self.get_renderer_context()
            response.render()
        return response.content, {name: response[name] for name in KEPT_HEADERS}

    def _get_version_parameter(self, request: Request) -> None:
        """There is one version, whatever the query says."""
