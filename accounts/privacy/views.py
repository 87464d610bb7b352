"""What Meridian holds about oneself, as a file."""

from __future__ import annotations

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from accounts.decorators import permission_required
from accounts.models import User
from accounts.privacy.holdings import export_of
from accounts.privacy.models import Look, log_access
from accounts.types import AuthenticatedRequest


@require_safe
@permission_required("account.read")
def own_data(request: AuthenticatedRequest) -> JsonResponse:
    """Everything held about the reader, in JSON; that it was taken out is recorded.

    Outside the countries' role: only one's own rows are read.
    """
    user = User.objects.get(pk=request.user.pk)
    log_access(request, Look.Act.TAKEN_OUT, "user", user.pk)
    response = JsonResponse(export_of(user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response
