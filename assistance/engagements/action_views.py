"""Pages on which an action of an engagement is taken."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.models import User
from assistance.engagements import effects, services, visibility
from assistance.engagements.models import Engagement
from assistance.engagements.views import STARTING, get_engagement_or_404
from assistance.engagements.workflow import ACTIONS, WORKFLOW
from assistance.requests import notifications
from assistance.requests.states import State
from assistance.requests.workflow import ACTIONS as CASE_ACTIONS
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
        "obstacle": missing_for_action(engagement, action),
        "countries": visibility.countries_by_engagement([engagement], user)[engagement.pk],
        "starting": requests_starting_delivery(engagement, action, user),
        "starting_unseen": starting_unseen(engagement, action, user),
    }
    return render(request, "engagements/act.html", context, status=status)


def missing_for_action(engagement: Engagement, action: str) -> str:
    """What the record still lacks for this action; said before anything is typed."""
    check = {"deliver": effects.check_delivered, "verify": effects.check_verified}.get(action)
    try:
        if check:
            check(engagement)
    except DomainError as refusal:
        return str(refusal)
    return ""


def requests_starting_delivery(
    engagement: Engagement, action: str, user: Any
) -> list[dict[str, Any]]:
    """Linked requests whose delivery starts with this action, and who is told of it."""
    if action not in STARTING:
        return []
    cases = (
        visibility.visible_requests(engagement, user)
        .filter(state=State.PLANNED)
        .select_related("programme", "country")
    )
    people: list[tuple[Any, list[User]]] = [
        (c, notifications.recipients_of(CASE_ACTIONS["start_delivery"], c, user)) for c in cases
    ]
    return [{"case": c, "told": told} for c, told in people]


def starting_unseen(engagement: Engagement, action: str, user: Any) -> int:
    """How many more there are of which this reader may know no more than that: cases of other
    programmes."""
    if action not in STARTING:
        return 0
    return (
        engagement.requests.filter(state=State.PLANNED)
        .exclude(pk__in=visibility.visible_requests(engagement, user).values("pk"))
        .count()
    )


def version_of(request: HttpRequest) -> int | None:
    """The version that the page was made from."""
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None
