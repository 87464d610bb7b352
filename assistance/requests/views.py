"""Pages of requests: the list, one case, its actions and messages."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.db.models import F, Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import permission_required
from accounts.drafts.form_drafts import FormDraft
from accounts.types import AuthenticatedRequest
from assistance.commitments.presentation import commitments_of
from assistance.due_diligence.services import needs_due_diligence
from assistance.engagements.models import Engagement
from assistance.plans.results import may_record
from assistance.plans.step_models import StepEngagement
from assistance.requests import consent, fields, presentation, services
from assistance.requests.assessment_presentation import assessment_for
from assistance.requests.awaited_facts import Reader, known_of
from assistance.requests.decision_page import DECISIONS
from assistance.requests.filters import RequestFilter
from assistance.requests.forms import MessageForm
from assistance.requests.models import AssistanceRequest
from assistance.requests.progress import progress_steps
from assistance.requests.questions import read_all
from assistance.requests.states import AWAITS_ENGAGEMENTS, State, shape_of
from assistance.requests.submission import coming_steps
from assistance.requests.tables import REQUESTS, request_rows
from assistance.requests.workflow import WORKFLOW
from assistance.timeline.models import CaseEvent
from assistance.timeline.presentation import TimelinePresenter
from core import access
from core.lists import list_context
from core.workflow.exceptions import DomainError
from files.models import Attachment
from files.parked_files import files_sent, forget_parked, park_files


@require_safe
@permission_required("request.read")
def request_list(request: AuthenticatedRequest) -> HttpResponse:
    """The list, filtered, sorted, in pages: what the reader may see of all requests."""
    found = RequestFilter(
        request.GET, queryset=AssistanceRequest.objects.visible_to(request.user), request=request
    )
    context = list_context(
        request,
        request.user,
        REQUESTS,
        found,
        found.qs.with_list_relations(),
        lambda cases: request_rows(request, cases),
    )
    return render(request, "requests/index.html", context)


@require_safe
@permission_required("request.read")
def request_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One case in full, with what the reader may do."""
    case = AssistanceRequest.objects.visible_to(request.user).in_detail(pk)
    return render(request, "requests/detail.html", page_of_case(request, case))


def page_of_case(
    request: AuthenticatedRequest,
    case: AssistanceRequest,
    message_form: MessageForm | None = None,
    draft: FormDraft | None = None,
) -> dict[str, object]:
    """Everything that the page of a case shows."""
    user = request.user
    actions = WORKFLOW.available(user, case)
    own = [a for a in actions if not WORKFLOW.is_on_behalf(user, a)]
    decisions = [a for a in own if a.code in DECISIONS]
    own = [a for a in own if a not in decisions]
    ready = any(a.code == "accept" for a in decisions)
    primary = next((a for a in own if a.weight <= 10), None)
    draft = draft or message_draft(request, case)
    events = list(CaseEvent.objects.visible_to(user).of_case(case).order_by("-id"))
    known = known_of([case], inside=user.is_programme_staff)[case.pk]
    awaited = presentation.awaited_words(case, known, Reader(user))
    plans = case.plans.prefetch_related(
        "steps",
        Prefetch(
            "steps__carried_out",
            StepEngagement.objects.filter(
                engagement__in=Engagement.objects.visible_to(user)
            ).select_related("engagement"),
        ),
        "steps__carried_out__engagement__parts",
        "indicators__values",
    ).select_related("proposed_by", "agreed_by")
    served = (
        commitments_of(case, may_name=bool(case.reference)) if user.is_programme_staff else None
    )
    return {
        **(served or {}),
        "case": case,
        "state": presentation.state_words(case, user),
        "shape": shape_of(case.state),
        "awaited": awaited,
        "my_turn": any(s.is_mine for s in awaited),
        # where all that can be decided stands on one page
        "decision": decisions[0].code if decisions else "",
        "decision_first": ready,
        "today": known.today,
        "primary": primary,
        "actions": [a for a in own if a is not primary],
        "behalf": [a for a in actions if WORKFLOW.is_on_behalf(user, a)],
        "stations": progress_steps(case) if case.reference else [],
        "timeline": TimelinePresenter(events, for_country=user.is_focal_point).entries(),
        "assessment": assessment_for(user, case),
        "asked": read_all(reversed(events))[::-1],  # the last time first, with the answers
        "open_questions": case.open_questions(),
        "consent": consent_of(case),
        "steps": fields.filled_values(case),
        "words_language": fields.language_of_words(case),
        "missing": fields.missing_fields(case) if case.state == State.DRAFT else [],
        "clocks": [c for c in case.clocks.all() if c.round == case.round],
        "plans": plans,
        "diligence": needs_due_diligence(case)
        and (case.lead_officer_id == user.pk or case.programme_id in access.managed_ids(user)),
        "may_log_steps": user.is_programme_staff and case.state in AWAITS_ENGAGEMENTS,
        "may_record_results": may_record(user, case),
        "may_log": user.is_programme_staff and case.state in AWAITS_ENGAGEMENTS,
        "log_first": user.is_programme_staff and case.state == State.IN_DELIVERY,
        "may_assign": user.is_programme_staff and case.is_open,
        "engagements": Engagement.objects.visible_to(user)
        .filter(links__request=case)
        .annotate(early_reason=F("links__early_reason"))
        .with_list_relations(),
        "files": Attachment.objects.visible_to(user).of("request", case.pk),
        "merged": case.merged_from.visible_to(user),
        "message_form": message_form or message_form_of(draft),
        "draft": draft,
        "first_step": next(iter(fields.STEPS)),
        "editable": case.state == State.DRAFT and case.author_id == user.pk,
    }


def consent_of(case: AssistanceRequest) -> dict[str, object]:
    """What may be shown to others, and which of it strangers read by now."""
    donors = case.donor_consents.filter(until__isnull=True).values_list("donor__title", flat=True)
    return {
        "texts": consent.texts_for_strangers(case),
        "released": consent.released_texts(case),
        "waits": consent.waits_for_release(case),
        "donors": list(donors),
    }


@require_POST
@permission_required("request.message")
def post_message_view(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A message or an internal note on a case."""
    user = request.user
    case = get_object_or_404(
        AssistanceRequest.objects.visible_to(user).select_related("programme", "country", "pillar"),
        pk=pk,
    )
    draft = message_draft(request, case)
    if (answer := draft.answer_buttons()) is not None:
        return answer
    if draft.other is not None:
        page = page_of_case(request, case, draft=draft)
        return render(request, "requests/detail.html", page, status=409)
    form = MessageForm(request.POST, files_sent(request), staff=user.is_programme_staff)
    if form.is_valid():
        try:
            services.post_message(
                user,
                pk,
                form.cleaned_data["text"],
                internal=form.cleaned_data.get("internal", False),
                upload=form.cleaned_data.get("file"),
            )
        except DomainError as refusal:
            refusal.add_to_form(form)
        else:
            draft.discard()
            forget_parked(request)
            messages.success(
                request, _("Sent.") if not form.cleaned_data.get("internal") else _("Noted.")
            )
            return redirect(case)
    park_files(request, form)
    return render(request, "requests/detail.html", page_of_case(request, case, form), status=422)


@require_safe
@permission_required("request.read")
def request_submitted(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What the author reads once a request was sent: reference, what comes next, a copy."""
    case = get_object_or_404(
        AssistanceRequest.objects.visible_to(request.user).select_related("programme", "country"),
        pk=pk,
    )
    if case.state not in (State.SUBMITTED, State.AWAITING_CLEARANCE):
        return redirect(case)
    context = {
        "case": case,
        "coming": coming_steps(case),
        # staff who record a request get no receipt
        "mailed": case.state == State.SUBMITTED
        and case.author_id == request.user.pk
        and request.user.is_focal_point,
    }
    return render(request, "requests/submitted.html", context)


def message_draft(request: AuthenticatedRequest, case: AssistanceRequest) -> FormDraft:
    """What somebody has written below a case and not sent."""
    return FormDraft(
        request,
        "request.message",
        case.pk,
        page=f"{case.get_absolute_url()}#say",
        action=reverse("request_say", args=[case.pk]),
    )


def message_form_of(draft: FormDraft) -> MessageForm:
    """The form of a message, with what was written before."""
    blank = partial(MessageForm, staff=draft.user.is_programme_staff)
    form = blank()
    draft.show_in(form, blank)
    return form
