"""Pages on which an engagement is logged and changed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.permissions import may
from accounts.types import AuthenticatedRequest
from assistance.engagements.form_assembly import EngagementFormSet
from assistance.engagements.forms import linkable_requests
from assistance.engagements.models import Engagement
from assistance.engagements.views import EDITABLE, get_engagement_or_404
from core.decorators import allow_form_cache
from core.workflow.views import sent_version


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("engagement.create")
@allow_form_cache
def new_engagement(request: AuthenticatedRequest) -> HttpResponse:
    """Logging an engagement; `?request=` names a request that it answers."""
    user = request.user
    if not may(user, "engagement.create"):
        raise PermissionDenied
    asked = [int(pk) for pk in request.GET.getlist("request") if pk.isdecimal() and len(pk) < 19]
    entry = EngagementFormSet(
        user,
        data=request.POST if request.method == "POST" else None,
        preselected=linkable_requests(user).filter(pk__in=asked) if asked else (),
    )
    status = 200
    if entry.judged:
        status = 422
        if entry.is_valid():
            engagement, status = entry.save()
            if engagement:
                messages.success(
                    request, _("Saved as %(reference)s.") % {"reference": engagement.reference}
                )
                return redirect(engagement)
    return render_entry(request, entry, status)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("engagement.edit")
@allow_form_cache
def edit_engagement(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Changing an engagement that is not verified or cancelled; staff of its programme."""
    user = request.user
    engagement = get_engagement_or_404(user, pk)
    if not Engagement.objects.editable_by(user).filter(pk=pk).exists():
        raise Http404
    entry = EngagementFormSet(
        user, data=request.POST if request.method == "POST" else None, engagement=engagement
    )
    status = 200
    if entry.judged:
        status = 422
        if entry.is_valid():
            saved, status = entry.save(sent_version(request))
            if saved:
                messages.success(request, _("Saved."))
                return redirect(saved)
    elif engagement.state not in EDITABLE:
        messages.error(
            request,
            _("A verified or cancelled engagement is not changed. Open it for correction first."),
        )
        return redirect(engagement)
    version = (
        request.POST.get("version", "")
        if request.method == "POST" and status != 409
        else current_version(pk)
    )
    return render_entry(request, entry, status, version)


def current_version(pk: int) -> int:
    """As it is now: who was told of a change in the meantime, and looked at it, may save after all."""
    return Engagement.objects.values_list("version", flat=True).get(pk=pk)


def render_entry(
    request: AuthenticatedRequest, entry: EngagementFormSet, status: int, version: int | str = ""
) -> HttpResponse:
    """The page."""
    context = {
        "entry": entry,
        "form": entry.form,
        "parts": entry.parts,
        "engagement": entry.engagement,
        "version": version,
        "several": len(entry.parts) > 1,
    }
    return render(request, "engagements/edit.html", context, status=status)
