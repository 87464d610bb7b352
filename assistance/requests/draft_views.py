"""Pages on which a request is written, step by step; every step is saved on its own."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.requests import fields, services
from assistance.requests.eligibility import eligible_countries
from assistance.requests.forms import StepForm
from assistance.requests.models import AssistanceRequest
from core.decorators import allow_form_cache
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from core.workflow.views import sent_version
from files.models import Attachment, attach_file

ORDER = list(fields.STEPS)


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
    form = StepForm(
        request.POST or None, user=request.user, step=ORDER[0], strict="later" not in request.POST
    )
    if request.method == "POST" and form.is_valid():
        case = services.begin_draft(request.user, **form.values())
        return redirect_onwards(request, case, ORDER[0])
    return render_step(request, form, None, ORDER[0])


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
    form = StepForm(
        request.POST or None,
        request.FILES or None,
        instance=case,
        user=request.user,
        step=step,
        strict="later" not in request.POST,
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_step(request, pk, form, sent_version(request))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
            case.refresh_from_db()
            return render_step(
                request,
                form,
                case,
                step,
                version=case.version,
                status=409 if isinstance(refusal, EditConflict | ActionNotAllowed) else 422,
            )
        else:
            return redirect_onwards(request, case, step)
    return render_step(request, form, case, step)


@transaction.atomic
def save_step(
    request: AuthenticatedRequest, pk: int, form: StepForm, expected_version: int | None
) -> None:
    """The words of a step and the letter that came with them: both or, where the letter cannot be
    stored, neither. Raises as `edit_draft` does."""
    services.edit_draft(request.user, pk, form.values(), expected_version=expected_version)
    if form.cleaned_data.get("letter"):
        attach_file("request", pk, form.cleaned_data["letter"], request.user, purpose="letter")


def redirect_onwards(
    request: AuthenticatedRequest, case: AssistanceRequest, step: str
) -> HttpResponse:
    """To the next step; after the last one, or to finish later, to the draft itself."""
    place = ORDER.index(step) + 1
    if "later" in request.POST or place == len(ORDER):
        messages.success(request, _("Saved. You find it under your drafts."))
        return redirect(case)
    return redirect("request_edit", pk=case.pk, step=ORDER[place])


def render_step(
    request: AuthenticatedRequest,
    form: StepForm,
    case: AssistanceRequest | None,
    step: str,
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
        "case": case,
        "step": step,
        "heading": fields.STEPS[step],
        "number": place + 1,
        "of": len(ORDER),
        "version": version,
        "before": ORDER[place - 1] if place and case else None,
        "steps": fields.STEPS.items(),
        "last": place + 1 == len(ORDER),
        "letters": (
            Attachment.objects.of("request", case.pk).filter(purpose="letter")
            if case and step == "authority"
            else []
        ),
    }
    return render(
        request,
        "requests/step.html",
        context,
        status=status if form.is_bound and form.errors else 200,
    )
