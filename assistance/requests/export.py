"""The list of requests as CSV."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.requests.filters import RequestFilter
from assistance.requests.models import AssistanceRequest
from assistance.requests.tables import REQUESTS
from core.lists import back_to_list, export_list


@require_safe
@permission_required("request.export")
def export_requests(request: AuthenticatedRequest) -> HttpResponseBase:
    """The filtered list, all of its pages; back to the list where a filter cannot be read."""
    found = RequestFilter(
        request.GET, queryset=AssistanceRequest.objects.visible_to(request.user), request=request
    )
    if not found.form.is_valid():
        return back_to_list(request, "requests")
    return export_list("requests.csv", request.user, REQUESTS, found.qs)
