"""Sending a report's stored document: to be kept, never to be run by a browser."""

from __future__ import annotations

from django.http import HttpResponse

from reports.documents.render import CONTENT_TYPES
from reports.schedules.models import ReportDocument


def as_download(document: ReportDocument, name: str) -> HttpResponse:
    """The bytes under a name, to which language and format are added."""
    response = HttpResponse(bytes(document.content), content_type=CONTENT_TYPES[document.format])
    response["Content-Disposition"] = f'attachment; filename="{name}-{document.language}.{document.format}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["ETag"] = f'"{document.sha256}"'
    response["Cache-Control"] = "private, no-store"
    return response
