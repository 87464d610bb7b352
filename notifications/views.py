"""What somebody was told: their own notifications."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from core.pagination import page_of
from notifications.models import Notification


@require_safe
@permission_required("notification.read")
def notification_list(request: AuthenticatedRequest) -> HttpResponse:
    """One's own, newest first, in pages."""
    own = Notification.objects.visible_to(request.user)
    page = page_of(
        request,
        own.order_by("-created_at", "-id").only("subject", "body", "path", "created_at", "read_at"),
    )
    return render(request, "accounts/notifications.html", {"page": page})


@require_POST
@permission_required("notification.read")
def open_notification(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Marks one as read and goes to the page that it is about."""
    notification = get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)
    if notification.read_at is None:
        notification.read_at = timezone.now()
        notification.save(update_fields=["read_at"])
    here = url_has_allowed_host_and_scheme(notification.path, None)
    return (
        redirect(notification.path)
        if notification.path.startswith("/") and here
        else redirect("notifications")
    )


@require_POST
@permission_required("notification.read")
def all_read(request: AuthenticatedRequest) -> HttpResponse:
    """Marks all of one's own as read."""
    own = Notification.objects.visible_to(request.user)
    own.filter(read_at__isnull=True).update(read_at=timezone.now())
    messages.success(request, _("All are marked as read."))
    return redirect("notifications")
