"""The page on which a call or a meeting is noted."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.decorators import permission_required
from accounts.drafts.form_drafts import FormDraft
from accounts.types import AuthenticatedRequest
from assistance.notes.forms import NoteForm
from assistance.notes.services import note_contact
from assistance.requests.field_sets import CALL_FIELDS
from assistance.requests.models import AssistanceRequest
from assistance.requests.workflow import WORKFLOW
from core.decorators import allow_form_cache
from core.workflow.exceptions import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("note.create")
@allow_form_cache
def new_note(request: AuthenticatedRequest) -> HttpResponse:
    """With a request it is an action on it, without one a note on the country; `?country=` names
    one."""
    draft = FormDraft(request, "note.new")
    if (answer := draft.answer_buttons()) is not None:
        return answer
    blank = partial(NoteForm, user=request.user)
    judged = request.POST if request.method == "POST" and draft.other is None else None
    form, status = blank(judged), 200
    if judged is not None:
        status = 422
        if form.is_valid():
            try:
                place = save_note(request, form)
            except DomainError as refusal:
                refusal.add_to_form(form)
            else:
                draft.discard()
                messages.success(request, _("Noted."))
                return redirect(place)
    else:
        form.initial["country"] = request.GET.get("country", "")[:120]
        draft.show_in(form, blank)
        status = 409 if draft.other is not None else 200
    context = {"form": form, "draft": draft, "names": form.names}
    return render(request, "notes/new.html", context, status=status)


def save_note(request: AuthenticatedRequest, form: NoteForm) -> str:
    """Writes it where it belongs; where it is read. Raises DomainError."""
    given = form.cleaned_data
    case = given["request"]
    if isinstance(case, AssistanceRequest):
        values = {field.name: given[field.name] for field in CALL_FIELDS}
        WORKFLOW.perform(request.user, case.pk, "note_call", values)
        return case.get_absolute_url()
    note = note_contact(
        request.user,
        programme=given["programme"],
        country=given["country"],
        whom=given["whom"],
        held_on=given["when"],
        by=given["by"],
        said=given["said"],
        is_shared=given["readers"] == "shared",
    )
    return note.get_absolute_url()
