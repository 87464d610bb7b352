"""Pages on which a request is written, step by step; every step is saved on its own."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.drafts.form_drafts import FormDraft
from accounts.types import AuthenticatedRequest
from assistance.requests import fields, services
from assistance.requests.attachments import attach_files, files_by_kind
from assistance.requests.eligibility import eligible_countries
from assistance.requests.forms import StepForm
from assistance.requests.models import AssistanceRequest
from core.decorators import allow_form_cache
from core.side_by_side import show_beside
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from core.workflow.views import sent_version
from files.parked_files import files_sent, forget_parked, park_files

ORDER = list(fields.STEPS)
LATER, STEP = "later", "step"  # buttons: finish later; go to the step that is their value


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("request.create")
@allow_form_cache
def new_request(request: AuthenticatedRequest) -> HttpResponse:
    """The first step of a new request; a draft exists from its first saving on."""
    if not eligible_countries(request.user).exists():
        messages.error(
            request,
            _(
                "You are the focal point of no country at present. Ask the programme's"
                " administrator."
            ),
        )
        return redirect("home")
    draft = FormDraft(request, "request.new")
    if (answer := draft.answer_buttons()) is not None:
        return answer
    judged = request.POST if request.method == "POST" and draft.other is None else None
    blank = partial(StepForm, user=request.user, step=ORDER[0])
    form = blank(judged, strict=is_strict(request))
    if judged is not None and form.is_valid():
        case = services.begin_draft(request.user, **form.values())
        draft.discard()
        return redirect_onwards(request, case, ORDER[0])
    draft.show_in(form, blank)
    return render_step(request, form, None, ORDER[0], draft)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("request.edit_draft")
@allow_form_cache
def edit_draft(request: AuthenticatedRequest, pk: int, step: str) -> HttpResponse:
    """One step of a draft; only its author's."""
    case = get_object_or_404(
        AssistanceRequest.objects.visible_to(request.user).select_related("country", "programme"),
        pk=pk,
    )
    if case.state != "draft" or case.author_id != request.user.pk or step not in ORDER:
        raise Http404
    draft = FormDraft(request, f"request.step.{step}", pk, case.version)
    if (answer := draft.answer_buttons()) is not None:
        return answer
    judged = request.POST if request.method == "POST" and draft.other is None else None
    blank = partial(StepForm, user=request.user, step=step)
    form = blank(
        judged,
        files_sent(request) if judged is not None else None,
        instance=case,
        strict=is_strict(request),
    )
    if judged is None:
        draft.show_in(form, partial(blank, instance=case))
        return render_step(request, form, case, step, draft)
    if form.is_valid():
        try:
            save_step(request, pk, form, sent_version(request))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            case.refresh_from_db()
            show_beside(form, blank(instance=AssistanceRequest.objects.get(pk=pk)))
            park_files(request, form)
            is_conflict = isinstance(refusal, EditConflict | ActionNotAllowed)
            status = 409 if is_conflict else 422
            return render_step(
                request, form, case, step, draft, version=case.version, status=status
            )
        draft.discard()
        forget_parked(request)
        return redirect_onwards(request, case, step)
    park_files(request, form)
    return render_step(request, form, case, step, draft)


def is_strict(request: AuthenticatedRequest) -> bool:
    """Whether required fields must be filled: not where somebody leaves the step half done."""
    return LATER not in request.POST and STEP not in request.POST


@transaction.atomic
def save_step(
    request: AuthenticatedRequest, pk: int, form: StepForm, expected_version: int | None
) -> None:
    """The words of a step and the files that came with them: all or, where a file cannot be stored,
    none. Raises as `edit_draft` does."""
    services.edit_draft(request.user, pk, form.values(), expected_version=expected_version)
    attach_files(request.user, pk, form.uploads())


def redirect_onwards(
    request: AuthenticatedRequest, case: AssistanceRequest, step: str
) -> HttpResponse:
    """To the step that was asked for, else the next; after the last one, or to finish later, to the
    draft itself."""
    wanted = request.POST.get(STEP)
    if wanted in ORDER:
        return redirect("request_edit", pk=case.pk, step=wanted)
    place = ORDER.index(step) + 1
    if LATER in request.POST:
        messages.success(request, _("Saved. You find it under your drafts."))
        return redirect(case)
    if place == len(ORDER):
        return redirect("request_act", pk=case.pk, action="submit")
    return redirect("request_edit", pk=case.pk, step=ORDER[place])


def render_step(
    request: AuthenticatedRequest,
    form: StepForm,
    case: AssistanceRequest | None,
    step: str,
    draft: FormDraft,
    *,
    version: int | str | None = None,
    status: int = 422,
) -> HttpResponse:
    """The page of a step; 422 where something was not right, so that programs notice too.

    After a conflict `version` is the present one.
    """
    place = ORDER.index(step)
    if version is None:
        version = request.POST.get("version") if form.is_bound else case.version if case else ""
    context = {
        "form": form,
        "draft": draft,
        "case": case,
        "step": step,
        "heading": fields.STEPS[step],
        "number": place + 1,
        "of": len(ORDER),
        "version": version,
        "before": ORDER[place - 1] if place and case else None,
        "steps": steps_with_state(case),
        "last": place + 1 == len(ORDER),
        "letters": files_by_kind(case.pk) if case and step == "authority" else [],
    }
    if draft.other is not None:
        status = 409
    elif not (form.is_bound and form.errors):
        status = 200
    return render(request, "requests/step.html", context, status=status)


def steps_with_state(case: AssistanceRequest | None) -> list[tuple[str, object, bool]]:
    """Each step's code and name, and whether all that is needed in it is there."""
    missing = {field.step for field in fields.missing_fields(case)} if case else set(ORDER)
    return [(code, name, code not in missing) for code, name in fields.STEPS.items()]
