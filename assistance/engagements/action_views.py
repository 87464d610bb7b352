"""Pages on which an action of an engagement is taken."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.drafts.form_drafts import FormDraft
from accounts.types import AuthenticatedRequest
from assistance.engagements import visibility
from assistance.engagements.models import Engagement
from assistance.engagements.views import get_engagement_or_404
from assistance.engagements.workflow import ACTIONS, WORKFLOW
from core.decorators import allow_form_cache
from core.workflow.forms import form_for
from core.workflow.views import perform_sent, sent_version


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("engagement.edit")
@allow_form_cache
def engagement_action(request: AuthenticatedRequest, pk: int, action: str) -> HttpResponse:
    """One action: what it needs, whom it concerns, and then the doing of it.

    What was typed is kept when it fails.
    """
    user = request.user
    engagement = get_engagement_or_404(user, pk)
    chosen = ACTIONS.get(action)
    if chosen is None or not Engagement.objects.editable_by(user).filter(pk=pk).exists():
        raise Http404
    draft = FormDraft(request, f"engagement.{action}", pk, engagement.version)
    if (answer := draft.answer_buttons()) is not None:
        return answer
    status, version = 200, sent_version(request) or engagement.version
    sent = request.POST if request.method == "POST" and draft.other is None else None
    blank = partial(form_for, WORKFLOW, chosen, engagement, user)
    form = blank(sent)
    if sent is not None:
        was_valid = form.is_valid()
        status = perform_sent(request, WORKFLOW, chosen, engagement, form)
        if status == 200:
            draft.discard()
            return redirect(engagement)
        if was_valid:  # refused: the page shows what there is now
            version = engagement.version
    elif request.method != "POST" and not WORKFLOW.may_take(user, chosen, engagement):
        messages.error(request, WORKFLOW.why_not(user, chosen, engagement))
        if draft.kept is None:  # what somebody wrote is shown all the same
            return redirect(engagement)
    draft.show_in(form, blank)
    context = {
        "engagement": engagement,
        "action": chosen,
        "form": form,
        "draft": draft,
        "version": version,
        "countries": visibility.countries_by_engagement([engagement], user)[engagement.pk],
    }
    if chosen.beside:
        context |= chosen.beside(engagement, user)
    status = 409 if draft.other is not None else status
    return render(request, "engagements/act.html", context, status=status)
