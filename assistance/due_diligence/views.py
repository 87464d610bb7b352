"""The page of what was found of the security forces that a request would help."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.due_diligence.forms import DueDiligenceForm
from assistance.due_diligence.models import DueDiligence
from assistance.due_diligence.services import needs_due_diligence, record_due_diligence
from assistance.requests.models import AssistanceRequest
from core import access
from core.forms import posted_data
from core.workflow.exceptions import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("due_diligence.read")
def due_diligence(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Findings of one request, for its lead officer and the managers of its programme; managers add to
    them."""
    user = request.user
    cases = AssistanceRequest.objects.visible_to(user).select_related("programme", "country")
    case = get_object_or_404(cases, pk=pk)
    manages = case.programme_id in access.managed_ids(user)
    if not needs_due_diligence(case) or not (manages or case.lead_officer_id == user.pk):
        raise Http404
    if request.method == "POST" and not manages:
        raise Http404
    today = case.programme.today()
    form = DueDiligenceForm(posted_data(request), initial={"decided_on": today})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                record_due_diligence(user, case, form.cleaned_data)
            except DomainError as refusal:
                refusal.add_to_form(form)
            else:
                messages.success(request, _("Recorded."))
                return redirect("due_diligence", case.pk)
    found = DueDiligence.objects.visible_to(user).filter(request=case)
    context = {
        "case": case,
        "form": form if manages else None,
        "found": found.select_related("decided_by"),
        "today": today,
    }
    return render(request, "due_diligence/page.html", context, status=status)
