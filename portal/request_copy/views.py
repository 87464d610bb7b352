"""The copy of a request as PDF, behind sign-in."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.requests.models import AssistanceRequest
from portal.request_copy.documents import request_as_pdf


@require_safe
@permission_required("request.read")
def request_copy(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """For whoever may read the request."""
    visible = AssistanceRequest.objects.visible_to(request.user)
    case = get_object_or_404(visible.select_related("country", "programme", "pillar"), pk=pk)
    name = f"{case.reference or 'draft'}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    body = request_as_pdf(case, request.user)
    return HttpResponse(body, content_type="application/pdf", headers=headers)
