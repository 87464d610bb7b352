"""What is added to an engagement from its page: links to requests, next steps, files."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from assistance.engagements import follow_up, services, visibility
from assistance.engagements.addition_forms import FileForm, LinkForm, StepForm, UnlinkForm
from assistance.engagements.models import Engagement
from assistance.engagements.views import get_engagement_or_404, render_engagement, step_countries
from core.forms import posted_data
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict


def editable_engagement(request: AuthenticatedRequest, pk: int) -> Engagement:
    """The engagement, for staff of its programme; 404 for others."""
    engagement = get_engagement_or_404(request.user, pk)
    if not Engagement.objects.editable_by(request.user).filter(pk=pk).exists():
        raise Http404
    return engagement


def add_refusal(refusal: DomainError | ValidationError, form: BaseForm) -> int:
    """Puts the sentences into the form; the status that says what kind of refusal it is."""
    if isinstance(refusal, ValidationError):
        form.add_error(None, refusal.messages)
        return 422
    refusal.add_to_form(form)
    return 409 if isinstance(refusal, EditConflict | ActionNotAllowed) else 422


@require_POST
@permission_required("engagement.edit")
def link_request(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The engagement answers another request."""
    engagement, user = editable_engagement(request, pk), request.user
    form, status = LinkForm(request.POST, user=user), 422
    if form.is_valid():
        try:
            services.link_request(
                user,
                pk,
                form.cleaned_data["reference"],
                early_reason=form.cleaned_data["early_reason"],
            )
        except DomainError as refusal:
            status = add_refusal(refusal, form)
        else:
            messages.success(request, _("Linked."))
            return redirect(engagement)
    return render_engagement(request, engagement, status, link_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("engagement.edit")
def unlink_request(request: AuthenticatedRequest, pk: int, case: int) -> HttpResponse:
    """The engagement no longer answers a request; the reason is kept."""
    engagement = editable_engagement(request, pk)
    linked = get_object_or_404(visibility.visible_requests(engagement, request.user), pk=case)
    form, status = UnlinkForm(posted_data(request)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.unlink_request(request.user, pk, linked, form.cleaned_data["reason"])
            except DomainError as refusal:
                status = add_refusal(refusal, form)
            else:
                messages.success(request, _("No longer linked."))
                return redirect(engagement)
    return render(
        request,
        "engagements/unlink.html",
        {"engagement": engagement, "case": linked, "form": form},
        status=status,
    )


@require_POST
@permission_required("engagement.edit")
def add_step(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A next step."""
    engagement = editable_engagement(request, pk)
    countries = visibility.countries_by_engagement([engagement], request.user)[pk]
    form, status = StepForm(request.POST, countries=step_countries(countries)), 422
    if form.is_valid():
        try:
            follow_up.add_step(request.user, pk, form.cleaned_data)
        except (DomainError, ValidationError) as refusal:
            status = add_refusal(refusal, form)
        else:
            messages.success(request, _("Added."))
            return redirect(engagement)
    return render_engagement(request, engagement, status, step_form=form)


@require_POST
@permission_required("step.finish")
def finish_step(request: AuthenticatedRequest, pk: int, step: int) -> HttpResponse:
    """Marks a next step as done: an officer any, a focal point one of their country's."""
    engagement = get_engagement_or_404(request.user, pk)
    try:
        follow_up.finish_step(request.user, pk, step)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Marked as done."))
    return redirect(engagement)


@require_POST
@permission_required("engagement.edit")
def add_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A file, shared with the countries or not."""
    engagement = editable_engagement(request, pk)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid():
        follow_up.add_file(
            request.user, pk, form.cleaned_data["file"], shared=form.cleaned_data["shared"]
        )
        messages.success(request, _("Added."))
        return redirect(engagement)
    return render_engagement(request, engagement, 422, file_form=form)
