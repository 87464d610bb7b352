"""Serving files."""

from __future__ import annotations

import logging
import uuid

from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.tokens.decorators import session_or_token
from accounts.types import AuthenticatedRequest
from files.models import Attachment

log = logging.getLogger(__name__)


@session_or_token
@require_safe
@permission_required("file.read")
def download_attachment(request: AuthenticatedRequest, key: uuid.UUID) -> FileResponse:
    """The bytes, always as a download and never to be guessed at or run by a browser; 404 for who
    may not see the owner."""
    attachment = get_object_or_404(Attachment.objects.visible_to(request.user), key=key)
    try:
        content = attachment.content.open("rb")
    except (
        FileNotFoundError
    ) as error:  # a restore without the files; `manage.py verify` lists them all
        log.exception("The bytes of file %s are missing", attachment.pk)
        raise Http404 from error
    response = FileResponse(
        content, as_attachment=True, filename=attachment.name, content_type=attachment.content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
