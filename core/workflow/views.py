"""What pages of actions share: which version was read, and the doing of what was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.numbers import number_in
from core.workflow.actions import Action, T
from core.workflow.engine import Event, Workflow
from core.workflow.exceptions import ActionNotAllowed, DomainError, EditConflict
from core.workflow.forms import ActionForm

if TYPE_CHECKING:
    from core.types import User


def sent_version(request: HttpRequest) -> int | None:
    """The version that the page was made from."""
    return number_in(request.POST.get("version", ""))


def perform_sent(
    request: HttpRequest,
    workflow: Workflow[T, Event],
    action: Action,
    subject: T,
    form: ActionForm,
) -> int:
    """Takes the action that a page sent, and says so. Returns 200 where it was taken.

    Where it was not, the form holds the sentences: 422 for values that do not do, 409 for what
    cannot be done now or was changed meanwhile; the subject is then read anew.
    """
    if not form.is_valid():
        return 422
    try:
        workflow.perform(
            cast("User", request.user),  # a stranger gets to no page of an action
            subject.pk,
            action.code,
            form.cleaned_data,
            expected_version=sent_version(request),
        )
    except DomainError as refusal:
        refusal.add_to_form(form)
        subject.refresh_from_db()
        return 409 if isinstance(refusal, EditConflict | ActionNotAllowed) else 422
    messages.success(request, _("Done: %(what)s.") % {"what": action.past})
    return 200
