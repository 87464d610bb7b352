"""Pages on which an engagement is logged and changed."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.drafts.form_drafts import FormDraft
from accounts.drafts.services import as_data
from accounts.models import User
from accounts.permissions import may
from accounts.types import AuthenticatedRequest
from assistance.engagements.draft_names import OF_SESSION, OF_STEP
from assistance.engagements.form_assembly import EngagementFormSet
from assistance.engagements.models import Engagement
from assistance.engagements.planned_steps import note_step, step_asked
from assistance.engagements.request_search import linkable_requests
from assistance.engagements.views import EDITABLE, get_engagement_or_404
from assistance.plans.models import PlannedStep
from assistance.requests.models import AssistanceRequest
from core.decorators import allow_form_cache
from core.forms import posted_data
from core.numbers import ID_DIGITS, number_in
from core.workflow.views import sent_version
from countries.processes.models import ProcessSession

ANOTHER, LIKE = "another", "like"  # a button; the engagement like which another is logged
RECENT = 3  # of one's own, offered to start from


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("engagement.create")
@allow_form_cache
def new_engagement(request: AuthenticatedRequest) -> HttpResponse:
    """Logging an engagement; `?request=` names a request that it answers, `?step=` a step of its plan,
    `?session=` a session to which it brings delegates."""
    user = request.user
    if not may(user, "engagement.create"):
        raise PermissionDenied
    sent = (number_in(pk, ID_DIGITS) for pk in request.GET.getlist("request"))
    asked = [pk for pk in sent if pk is not None]
    like = engagement_like(request)
    session, step = session_asked(request), step_asked(request)
    if step is not None:
        asked = [step.plan.request_id]
    if like is not None:
        draft = FormDraft(request, "engagement.like", like.pk)
    elif session is not None:
        draft = FormDraft(request, OF_SESSION, session.pk)
    elif step is not None:
        draft = FormDraft(request, OF_STEP, step.pk)
    else:
        draft = FormDraft(request, "engagement.new", asked[0] if asked else 0)
    if (answer := draft.answer_buttons()) is not None:
        return answer
    entry = entry_of(
        request,
        draft,
        preselected=linkable_requests(user).filter(pk__in=asked) if asked else (),
        like=like,
        session=session,
        step=step,
    )
    status = 200
    if entry.judged:
        status = 422
        if entry.is_valid():
            with transaction.atomic():
                engagement, status = entry.save()
                if engagement and step is not None:
                    note_step(step, engagement)
            if engagement:
                draft.discard()
                messages.success(
                    request, _("Saved as %(reference)s.") % {"reference": engagement.reference}
                )
                if ANOTHER in request.POST:
                    return redirect(f"{reverse('engagement_new')}?{LIKE}={engagement.pk}")
                return redirect(engagement)
    return render_entry(request, entry, draft, status)


def engagement_like(request: AuthenticatedRequest) -> Engagement | None:
    """The engagement like which another one is logged, if the address names one that the person
    works on."""
    pk = number_in(request.GET.get(LIKE, ""), ID_DIGITS)
    own = Engagement.objects.editable_by(request.user)
    return own.filter(pk=pk).first() if pk is not None else None


def session_asked(request: AuthenticatedRequest) -> ProcessSession | None:
    """The session that the address names."""
    pk = number_in(request.GET.get("session", ""), ID_DIGITS)
    sessions = ProcessSession.objects.select_related("process")
    return sessions.filter(pk=pk).first() if pk is not None else None


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("engagement.edit")
@allow_form_cache
def edit_engagement(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Changing an engagement that is not verified or cancelled; staff of its programme."""
    user = request.user
    engagement = get_engagement_or_404(user, pk)
    if not Engagement.objects.editable_by(user).filter(pk=pk).exists():
        raise Http404
    draft = FormDraft(request, "engagement.edit", pk, engagement.version)
    if (answer := draft.answer_buttons()) is not None:
        return answer
    entry = entry_of(request, draft, engagement=engagement)
    status = 200
    if entry.judged:
        status = 422
        if entry.is_valid():
            saved, status = entry.save(sent_version(request))
            if saved:
                draft.discard()
                messages.success(request, _("Saved."))
                return redirect(saved)
    elif engagement.state not in EDITABLE:
        messages.error(
            request,
            _("A verified or cancelled engagement is not changed. Open it for correction first."),
        )
        if draft.kept is None:  # what somebody wrote is shown all the same
            return redirect(engagement)
    if status == 409 or draft.is_outdated:
        entry.show_beside(EngagementFormSet(user, engagement=Engagement.objects.get(pk=pk)))
    version = (
        request.POST.get("version", "")
        if request.method == "POST" and status != 409
        else current_version(pk)
    )
    return render_entry(request, entry, draft, status, version)


def entry_of(
    request: AuthenticatedRequest,
    draft: FormDraft,
    *,
    engagement: Engagement | None = None,
    preselected: Iterable[AssistanceRequest] = (),
    like: Engagement | None = None,
    session: ProcessSession | None = None,
    step: PlannedStep | None = None,
) -> EngagementFormSet:
    """The form from what was sent, from the draft, or from the record."""
    typed = draft.data
    sent = posted_data(request)
    entry = EngagementFormSet(
        request.user,
        data=sent if typed is None else typed,
        engagement=engagement,
        preselected=preselected,
        unjudged=typed is not None,
        like=like,
        session=session,
        step=step,
    )
    if draft.other is not None:
        texts = as_data(draft.other.texts)
        entry.show_beside(
            EngagementFormSet(request.user, data=texts, engagement=engagement, unjudged=True)
        )
    return entry


def recent_engagements(user: User) -> list[Engagement]:
    """The latest that the person leads."""
    own = Engagement.objects.editable_by(user).filter(lead_officer=user)
    return list(own.with_list_relations().order_by("-id")[:RECENT])


def current_version(pk: int) -> int:
    """As it is now: who was told of a change in the meantime, and looked at it, may save after all."""
    return Engagement.objects.values_list("version", flat=True).get(pk=pk)


def render_entry(
    request: AuthenticatedRequest,
    entry: EngagementFormSet,
    draft: FormDraft,
    status: int,
    version: int | str = "",
) -> HttpResponse:
    """The page."""
    context = {
        "entry": entry,
        "draft": draft,
        "form": entry.form,
        "parts": entry.parts,
        "engagement": entry.engagement,
        "version": version,
        "several": len(entry.parts) > 1,
        "recent": [] if entry.engagement else recent_engagements(request.user),
    }
    status = 409 if draft.other is not None else status
    return render(request, "engagements/edit.html", context, status=status)
