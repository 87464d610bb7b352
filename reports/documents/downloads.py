"""Sending a report's stored document: to be kept, never to be run by a browser."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Protocol

from django.http import HttpResponse

from reports.documents.render import CONTENT_TYPES

STYLESHEET = re.compile(rb"<style>(.*?)</style>", re.DOTALL)


def styles_of(body: bytes) -> str:
    """What a page may be dressed with, for its policy: the stylesheet in its head, by its hash, and
    nothing else."""
    found = STYLESHEET.search(body)
    return (
        f"style-src 'sha256-{base64.b64encode(hashlib.sha256(found[1]).digest()).decode()}'"
        if found
        else "style-src 'none'"
    )


class StoredDocument(Protocol):
    """A document with its bytes."""

    language: str
    format: str
    sha256: str
    content: bytes


def as_download(document: StoredDocument, name: str) -> HttpResponse:
    """The bytes under a name, to which language and format are added."""
    body = bytes(document.content)
    response = HttpResponse(body, content_type=CONTENT_TYPES[document.format])
    response["Content-Disposition"] = (
        f'attachment; filename="{name}-{document.language}.{document.format}"'
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = (
        f"default-src 'none'; {styles_of(body)}; sandbox"
        if document.format == "html"
        else "default-src 'none'; sandbox"
    )
    response["ETag"] = f'"{document.sha256}"'
    response["Cache-Control"] = "private, no-store"
    return response
