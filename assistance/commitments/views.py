"""The page on which staff name what a request or an engagement serves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.commitments.forms import CommitmentForm
from assistance.commitments.services import name_commitments, named_now
from assistance.engagements.models import Engagement
from assistance.requests.models import AssistanceRequest
from core.side_by_side import show_beside
from core.workflow.exceptions import EditConflict

FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
@permission_required("commitment.name")
def request_commitments(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Of a request that came to the programme."""
    cases = AssistanceRequest.objects.visible_to(request.user).filter(reference__isnull=False)
    return edit_commitments(request, get_object_or_404(cases, pk=pk))


@require_http_methods(FORM_METHODS)
@permission_required("commitment.name")
def engagement_commitments(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Of an engagement of one's programmes."""
    return edit_commitments(
        request, get_object_or_404(Engagement.objects.editable_by(request.user), pk=pk)
    )


def edit_commitments(
    request: AuthenticatedRequest, record: AssistanceRequest | Engagement
) -> HttpResponse:
    """Boxes to tick; what is ticked takes the place of what was named when the page was made. What
    somebody else has named since is shown first."""
    named = named_now(record)
    status = 200
    if request.method == "POST":
        form = CommitmentForm(request.POST)
        status = 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                name_commitments(
                    request.user,
                    record,
                    given.get("obligations", ()),
                    given.get("recommendations", ()),
                    expected=request.POST.get("named", ""),
                )
            except EditConflict as refusal:
                status = 409
                form.add_error(None, str(refusal))
                show_beside(form, CommitmentForm(initial=named.initial))
            else:
                messages.success(request, _("Saved."))
                return redirect(record)
    else:
        form = CommitmentForm(initial=named.initial)
    context = {"form": form, "record": record, "named": named.stamp}
    return render(request, "commitments/form.html", context, status=status)
