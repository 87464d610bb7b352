"""Writing processes, sessions, and what belongs to them.

Pages of a process and a session are in the portal, which knows what the programme did for them.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.types import AuthenticatedRequest
from core.forms import posted_data
from core.record_forms import edit_record
from core.workflow.exceptions import EditConflict
from countries.processes.forms import DocumentForm, ProcessForm, RecommendationsForm, SessionForm
from countries.processes.models import Process, ProcessSession, SessionDocument
from countries.processes.services import write_recommendations

EDIT = "process.edit"
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
@permission_required(EDIT)
def new_process(request: AuthenticatedRequest) -> HttpResponse:
    """A process that is not there yet."""
    return write_process(request, Process(), title=_("New process"), back=reverse("processes"))


@require_http_methods(FORM_METHODS)
@permission_required(EDIT)
def edit_process(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """Corrects a process."""
    process = get_object_or_404(Process, code=code)
    return write_process(
        request, process, title=_("Edit the process"), back=process.get_absolute_url()
    )


def write_process(
    request: AuthenticatedRequest, process: Process, *, title: str, back: str
) -> HttpResponse:
    """The form of a process."""
    data = posted_data(request)
    return edit_record(
        request, lambda row: ProcessForm(data, instance=row), process, title=title, back=back
    )


@require_http_methods(FORM_METHODS)
@permission_required(EDIT)
def new_session(request: AuthenticatedRequest, code: str) -> HttpResponse:
    """A session of a process, before or after it."""
    process = get_object_or_404(Process, code=code)
    return write_session(
        request,
        ProcessSession(process=process),
        title=_("New session"),
        back=process.get_absolute_url(),
    )


@require_http_methods(FORM_METHODS)
@permission_required(EDIT)
def edit_session(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Corrects a session."""
    session = get_object_or_404(ProcessSession, pk=pk)
    return write_session(
        request, session, title=_("Edit the session"), back=session.get_absolute_url()
    )


def write_session(
    request: AuthenticatedRequest, session: ProcessSession, *, title: str, back: str
) -> HttpResponse:
    """The form of a session."""
    data = posted_data(request)
    return edit_record(
        request, lambda row: SessionForm(data, instance=row), session, title=title, back=back
    )


@require_http_methods(FORM_METHODS)
@permission_required(EDIT)
def new_document(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A document before a session."""
    session = get_object_or_404(ProcessSession, pk=pk)
    return write_document(request, SessionDocument(session=session), title=_("Add a document"))


@require_http_methods(FORM_METHODS)
@permission_required(EDIT)
def edit_document(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Corrects a document."""
    document = get_object_or_404(SessionDocument.objects.visible_to(request.user), pk=pk)
    return write_document(request, document, title=_("Edit the document"))


def write_document(
    request: AuthenticatedRequest, document: SessionDocument, *, title: str
) -> HttpResponse:
    """The form of a document, which leads back to its session."""
    data, files, user = posted_data(request), request.FILES or None, request.user
    return edit_record(
        request,
        lambda row: DocumentForm(data, files, instance=row, user=user),
        document,
        title=title,
        back=document.session.get_absolute_url(),
        leads_to=lambda row: row.session,
    )


@require_http_methods(FORM_METHODS)
@permission_required(EDIT)
def edit_recommendations(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Corrects the recommendations of a session, and adds others."""
    session = get_object_or_404(ProcessSession.objects.select_related("process"), pk=pk)
    form = RecommendationsForm(posted_data(request), session=session)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                write_recommendations(session, form.corrections(), form.cleaned_data["more"])
            except EditConflict as refusal:
                status = 409
                refusal.add_to_form(form)
            else:
                messages.success(request, _("Saved."))
                return redirect(session)
    context = {
        "form": form,
        "title": _("Recommendations"),
        "back": session.get_absolute_url(),
    }
    return render(request, "parts/record_form.html", context, status=status)
