"""Pages on which staff read what strangers wrote, and forward it."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.decorators import permission_required
from accounts.permissions import may
from accounts.types import AuthenticatedRequest
from core.pagination import page_of
from core.workflow.exceptions import DomainError
from portal.public_messages.models import PublicMessage
from portal.public_messages.services import KEPT_DAYS, handle_message
from portal.public_messages.tables import MESSAGES

State = PublicMessage.State


@require_safe
@permission_required("public_message.read")
def message_list(request: AuthenticatedRequest) -> HttpResponse:
    """The newest first."""
    rows = PublicMessage.objects.visible_to(request.user).select_related("country")
    page = page_of(request, rows)
    table = MESSAGES.on_page(request.user, page.rows)
    return render(request, "public_messages/index.html", {"table": table, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("public_message.read")
def message_page(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One message; staff forward it or set it aside."""
    visible = PublicMessage.objects.visible_to(request.user)
    message = get_object_or_404(visible.select_related("country", "programme"), pk=pk)
    may_handle = may(request.user, "public_message.handle")
    status = 200
    if request.method == "POST":
        wanted = request.POST.get("state", "")
        if not may_handle:
            return HttpResponse(status=403)
        if wanted not in (State.FORWARDED, State.SET_ASIDE):
            messages.error(request, _("Choose to forward the message or to set it aside."))
            status = 422
        else:
            try:
                handle_message(request.user, pk, wanted)
            except DomainError as refusal:
                messages.error(request, str(refusal))
                status = 409
            else:
                messages.success(request, _("Done."))
                return redirect("public_messages")
    context = {
        "message": message,
        "may_handle": may_handle and message.state == State.NEW,
        "erased_on": message.received_at + timedelta(days=KEPT_DAYS),
    }
    return render(request, "public_messages/detail.html", context, status=status)
