"""Pages on which an action of an engagement is taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from assistance.engagements import services, visibility
from assistance.engagements.models import Engagement
from assistance.engagements.views import get_engagement_or_404
from assistance.engagements.workflow import ACTIONS, WORKFLOW
from core.decorators import allow_form_cache
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from core.workflow.forms import ActionForm


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("engagement.edit")
@allow_form_cache
def engagement_action(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """One action: what it needs, whom it concerns, and then the doing of it.

    What was typed is kept when it fails.
    """
    user: Any = request.user
    engagement = get_engagement_or_404(user, pk)
    chosen = ACTIONS.get(action)
    if chosen is None or not Engagement.objects.editable_by(user).filter(pk=pk).exists():
        raise Http404
    status = 200
    needs = WORKFLOW.fields_of(chosen, engagement)
    form = ActionForm(
        needs,
        engagement,
        user,
        request.POST if request.method == "POST" else None,
        initial={"outcome": engagement.outcome},
    )
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.perform_action(
                    user, pk, action, form.cleaned_data, expected_version=version_of(request)
                )
            except DomainError as refusal:
                status = 409 if isinstance(refusal, EditConflict | ActionNotAllowed) else 422
                refusal.add_to_form(form)
                engagement.refresh_from_db()
            else:
                messages.success(request, _("Done: %(what)s.") % {"what": chosen.past})
                return redirect(engagement)
    elif not WORKFLOW.may_take(user, chosen, engagement):
        messages.error(request, WORKFLOW.why_not(user, chosen, engagement))
        return redirect(engagement)
    context = {
        "engagement": engagement,
        "action": chosen,
        "form": form,
        "version": engagement.version,
        "countries": visibility.countries_by_engagement([engagement], user)[engagement.pk],
    }
    if chosen.beside:
        context |= chosen.beside(engagement, user)
    return render(request, "engagements/act.html", context, status=status)


def version_of(request: HttpRequest) -> int | None:
    """The version that the page was made from."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None
